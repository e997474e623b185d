#ifndef MAGISTRAL_WEB_PATIENCE_H
#define MAGISTRAL_WEB_PATIENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "magistral/base/outcome.h"

/* Ends connections whose requests come in, or whose answers go out, drop by drop. Used by several threads. */
typedef struct patience patience;
typedef struct waiting waiting;

enum { LONGEST_WAIT = 20 /* seconds for what is small */, SLOWEST_BYTES_A_SECOND = 50000 /* of what is larger */ };

ending patience_start(outcome *outcome, patience **ret_patience) MUST_CHECK;
/* After the last connection ended; NULL is allowed. */
void patience_stop(patience *patience);

/* A connection begins: its first request is to come. NULL when memory is short: it is then not watched; allowed below. */
waiting *patience_begin(patience *patience, int socket);
/* So many bytes are to come in or to go out from now on. */
void patience_wait(waiting *waiting, size_t bytes);
/* The server is at work: the client is waited for no longer. */
void patience_rest(waiting *waiting);
/* Shuts every connection; true when there is none any more. */
bool patience_leave(patience *patience);
/* Before the connection's socket is closed. */
void patience_end(waiting *waiting);

#endif
