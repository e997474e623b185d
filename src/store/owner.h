#ifndef MAGISTRAL_STORE_OWNER_H
#define MAGISTRAL_STORE_OWNER_H

#include "magistral/base/text.h"

/* What the lock file says of the process that holds it, so that a refusal can name it. */

/* Writes this process's number into the lock file, which it has just locked. */
bool owner_write(int file);

/* Appends who holds the lock: number and command line of the process ("1234: magistral apply -"), as far as they are known. */
void owner_read(int file, buffer *to);

#endif
