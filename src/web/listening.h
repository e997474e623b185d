#ifndef MAGISTRAL_WEB_LISTENING_H
#define MAGISTRAL_WEB_LISTENING_H

#include "magistral/base/outcome.h"
#include "magistral/web/web.h"

/* Where requests come in. */
typedef struct listening {
    int socket;          /* listens; owned by who asked for it */
    const char *address; /* "127.0.0.1:8080", "[::1]:8080" */
    int port;
    bool loopback;       /* nobody outside this machine reaches it */
} listening;

/* Listens where the setting says, or takes the socket that was handed over. Refused as a wrong use: what is no address (SERVE-01),
 * one that others reach without TLS and without a proxy that speaks it (SERVE-02), a socket that is none to listen on (SERVE-04). */
ending listening_open(const web_setting *setting, outcome *outcome, listening *ret_listening) MUST_CHECK;

#endif
