#ifndef MAGISTRAL_WEB_WEB_H
#define MAGISTRAL_WEB_WEB_H

#include "magistral/base/outcome.h"

/* The pages that QR codes lead to, over HTTP on the loopback address: GET and HEAD of /C/NUMBER/DIGEST/SIGNATURE and
 * /L/TOKEN, of / and of /style.css; nothing else, and nothing about a patient. What a code means is asked of the view
 * "scan", on connections that only read. Whoever publishes the address puts a proxy with TLS before it. */
typedef struct web web;

/* Starts serving DATABASE on 127.0.0.1:`port` (0: a free one) by threads of its own; fails when the port is taken.
 * `clock`: the instant of every page, in a rehearsal only, or NULL. */
ending web_start(const char *database, int port, const char *clock, outcome *outcome, web **ret_web) MUST_CHECK;

/* The port that is served. */
int web_port(const web *web);

/* Stops and gives back everything; NULL is allowed. Requests under way are answered first. */
void web_stop(web *web);

#endif
