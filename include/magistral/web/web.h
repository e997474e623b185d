#ifndef MAGISTRAL_WEB_WEB_H
#define MAGISTRAL_WEB_WEB_H

#include "magistral/act/writer.h"

/* The pages, over HTTP: those that QR codes lead to, /C/NUMBER/DIGEST/SIGNATURE and /L/TOKEN, without sign-in and without a
 * word about a patient; and, for who has signed in, every act and view of the table at /NOUN/VERB. Pages are read on
 * connections that only read; acts take their turn on the writer's. */
typedef struct web web;

typedef struct web_setting {
    writer *writer;    /* outlives the pages */
    int port;          /* on the loopback address; 0: a free one */
    const char *clock; /* the instant of every page and act, in a rehearsal only, or NULL */
    void (*broken)(void *context); /* called once by a thread whose write failed: the server is to end */
    void *broken_context;
} web_setting;

/* Starts serving by threads of its own; fails when the port is taken. */
ending web_start(const web_setting *setting, outcome *outcome, web **ret_web) MUST_CHECK;

/* The port that is served. */
int web_port(const web *web);

/* Stops and gives back everything; NULL is allowed. Requests that were accepted are answered first. */
void web_stop(web *web);

#endif
