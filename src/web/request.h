#ifndef MAGISTRAL_WEB_REQUEST_H
#define MAGISTRAL_WEB_REQUEST_H

/* Inside the two files that know libmicrohttpd: web.c starts and stops it, request.c answers. */
#include <microhttpd.h>
#include <stdatomic.h>

#include "magistral/web/web.h"
#include "parts.h"
#include "patience.h"
#include "tls.h"

struct web {
    struct MHD_Daemon *daemon;
    int listening; /* socket; -1: none yet */
    struct acceptor *acceptor;
    core core;
    lanes *lanes;
    patience *patience;
    tls tls;
    atomic_int under_way; /* requests whose head is whole and that are not answered yet: a half one holds nobody up */
    atomic_bool ending;   /* each connection is closed once it has its answer */
    const char *address;
};

/* What the library calls, with a `web` as its context. */
void request_note_connection(void *context, struct MHD_Connection *connection, void **noted, enum MHD_ConnectionNotificationCode what);
void *request_note_target(void *context, const char *target, struct MHD_Connection *connection);
void request_forget(void *context, struct MHD_Connection *connection, void **noted, enum MHD_RequestTerminationCode why);
enum MHD_Result request_answer(void *context, struct MHD_Connection *connection, const char *decoded, const char *method, const char *version,
                               const char *data, size_t *length, void **noted);
/* What a worker does with an item. */
void request_work(void *item);

#endif
