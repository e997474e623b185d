#ifndef MAGISTRAL_ACT_WRITER_H
#define MAGISTRAL_ACT_WRITER_H

#include "magistral/act/passwords.h"
#include "magistral/base/turn.h"

/* The one connection that writes, as the threads of a server share it: whoever uses `store` (a runner on it included) has
 * taken `turn`. Passwords are checked before. */
typedef struct writer {
    store *store;
    turn turn;
    passwords *passwords;
} writer;

#endif
