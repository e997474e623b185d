#ifndef MAGISTRAL_WEB_ACCEPTOR_H
#define MAGISTRAL_WEB_ACCEPTOR_H

#include <microhttpd.h>

#include "magistral/base/outcome.h"

/* Hands each connection that comes in to the library, from a thread of its own. The library could accept by itself, but is told to stop accepting
 * only by MHD_quiesce_daemon, which races with its own threads: now and then under load 0.9.75 found its listening socket gone ("Failed to remove
 * listen FD from epoll set") and the process fell, with requests under way. */
typedef struct acceptor acceptor;

/* Begins; `listening` listens, and stays its owner's, who may close it after acceptor_stop. While the daemon has `most` connections, others wait in
 * the system's queue. FAILED without a thread or a descriptor. */
ending acceptor_start(struct MHD_Daemon *daemon, int listening, unsigned most, outcome *outcome, acceptor **ret_acceptor) MUST_CHECK;

/* When it returns, nobody new comes in: who is not yet accepted waits for whoever listens next. NULL is no acceptor. */
void acceptor_stop(acceptor *acceptor);

#endif
