#ifndef MAGISTRAL_WEB_WEB_H
#define MAGISTRAL_WEB_WEB_H

#include "magistral/act/writer.h"

/* The pages, over HTTP: those that QR codes lead to, /C/NUMBER/DIGEST/SIGNATURE and /L/TOKEN, without sign-in and without a
 * word about a patient; and, for who has signed in, every act and view of the table at /NOUN/VERB. Pages are read on
 * connections that only read; acts take their turn on the writer's. */
typedef struct web web;

typedef struct web_setting {
    writer *writer;          /* outlives the pages */
    const char *listen;      /* ADDRESS or ADDRESS:PORT as numbers, IPv6 in brackets before a port; NULL: 127.0.0.1 */
    int port;                /* 0: a free one; -1: the address's, else 8080 */
    int socket;              /* one that listens already, taken over; -1: none */
    const char *certificate; /* paths of PEM files, both or none; with them TLS is spoken */
    const char *key;
    bool behind_proxy;       /* what browsers speak to is a proxy with TLS */
    const char *clock; /* the instant of every page and act, in a rehearsal only, or NULL */
    void (*broken)(void *context); /* called once by a thread whose write failed: the server is to end */
    void *broken_context;
} web_setting;

/* Starts serving by threads of its own. An address that other machines reach is a wrong use without TLS and without a proxy that
 * speaks it; fails when the address is taken or a file of TLS is not what it should be. */
ending web_start(const web_setting *setting, outcome *outcome, web **ret_web) MUST_CHECK;

/* The address that is served: "https://[::1]:8443/"; lives as long as the pages. */
const char *web_address(const web *web);

/* Stops and gives back everything; NULL is allowed. Requests that were accepted are answered first. */
void web_stop(web *web);

#endif
