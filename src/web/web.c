/* The only file that knows libmicrohttpd. A page is made whole, then sent: no reading of the database waits for a
 * network. What the library lets through is checked here: the target as it was sent, bodies where none is due. */
#include "magistral/web/web.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "magistral/base/embedded.h"
#include "parts.h"

enum { THREADS = 4, SECONDS = 10, MOST_CONNECTIONS = 512 };

struct web {
    struct MHD_Daemon *daemon;
    arena *arena;
    const page_template *template;
    readers readers;
    bool has_readers;
    int port;
};

/* One request: its target as it was sent. */
typedef struct request {
    bool begun;
    char target[LONGEST_TARGET + 2];
} request;

static const char *const headers[][2] = {
    {"Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"},
    {"Strict-Transport-Security", "max-age=31536000"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
    {"X-Robots-Tag", "noindex"},
    {"Vary", "Accept-Language"},
};

static void *note_target(void *context, const char *target, struct MHD_Connection *connection)
{
    (void)context, (void)connection;
    request *made = calloc(1, sizeof *made);
    if (made)
        strncpy(made->target, target, sizeof made->target - 1);
    return made;
}

static void forget(void *context, struct MHD_Connection *connection, void **request, enum MHD_RequestTerminationCode why)
{
    (void)context, (void)connection, (void)why;
    free(*request);
    *request = NULL;
}

static enum MHD_Result send_page(struct MHD_Connection *connection, page *page, bool close)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(page->body.length, page->body.bytes, MHD_RESPMEM_MUST_COPY);
    buffer_clear(&page->body);
    if (!response)
        return MHD_NO;
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        MHD_add_response_header(response, headers[i][0], headers[i][1]);
    MHD_add_response_header(response, "Content-Type", page->type);
    MHD_add_response_header(response, "Content-Language", language_code(page->language));
    if (page->status == MHD_HTTP_METHOD_NOT_ALLOWED)
        MHD_add_response_header(response, "Allow", "GET, HEAD");
    if (page->status == MHD_HTTP_SERVICE_UNAVAILABLE)
        MHD_add_response_header(response, "Retry-After", "5");
    if (close)
        MHD_add_response_header(response, "Connection", "close");
    enum MHD_Result result = MHD_queue_response(connection, page->status, response);
    MHD_destroy_response(response);
    return result;
}

static const char *header_of(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static enum MHD_Result refuse_request(const web *web, struct MHD_Connection *connection, unsigned status, const char *message)
{
    page page;
    pages_refuse(web->template, status, message, header_of(connection, "Accept-Language"), &page);
    return send_page(connection, &page, true);
}

static enum MHD_Result note_body(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    bool *has = context;
    *has = *has || strcasecmp(name, "Transfer-Encoding") == 0 ||
           (strcasecmp(name, "Content-Length") == 0 && (!value || strcmp(value, "0") != 0));
    return MHD_YES;
}

/* A body where none is due is how one request is smuggled behind another one. Of two lengths the library takes the
 * first: all are looked at. Rule: RFC 9112, 11.2. */
static bool has_body(struct MHD_Connection *connection)
{
    bool has = false;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, note_body, &has);
    return has;
}

static enum MHD_Result answer_request(void *context, struct MHD_Connection *connection, const char *decoded, const char *method,
                                      const char *version, const char *data, size_t *length, void **noted)
{
    (void)decoded, (void)version, (void)data;
    web *web = context;
    request *request = *noted;
    if (!request)
        return MHD_NO;
    if (!request->begun) {
        request->begun = true;
        if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
            return refuse_request(web, connection, MHD_HTTP_METHOD_NOT_ALLOWED, "look-only");
        return has_body(connection) ? refuse_request(web, connection, MHD_HTTP_BAD_REQUEST, "bad-request") : MHD_YES;
    }
    if (*length > 0)
        return MHD_NO;
    target target = target_read(request->target);
    if (target == TARGET_BAD)
        return refuse_request(web, connection, MHD_HTTP_BAD_REQUEST, "bad-request");
    if (target == TARGET_TOO_LONG)
        return refuse_request(web, connection, MHD_HTTP_URI_TOO_LONG, "too-long");
    page page;
    pages_make(web->template, &web->readers, target, request->target, header_of(connection, "Accept-Language"), &page);
    return send_page(connection, &page, false);
}

static ending start_daemon(web *web, int port, outcome *outcome)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    errno = 0;
    web->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD, (uint16_t)port, NULL, NULL, answer_request, web, MHD_OPTION_SOCK_ADDR, &address,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SECONDS, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)MOST_CONNECTIONS, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, note_target, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, forget, NULL, MHD_OPTION_END);
    if (!web->daemon)
        return fail_input_output(outcome, "FILE-05", "port", arena_format(outcome->arena, "%d", port), "why",
                                 errno_name(errno ? errno : EADDRINUSE), NULL);
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(web->daemon, MHD_DAEMON_INFO_BIND_PORT);
    web->port = info ? info->port : port;
    return DONE;
}

ending web_start(const char *database, int port, const char *clock, outcome *outcome, web **ret_web)
{
    web *made = calloc(1, sizeof *made);
    if (!made)
        return fail(outcome, "no memory left");
    made->arena = arena_new();
    const embedded_file *file = embedded_template("page.html");
    ending result = template_parse(file->name, (const char *)file->bytes, made->arena, outcome, &made->template);
    made->has_readers = result == DONE && readers_start(&made->readers, arena_text(made->arena, database), arena_text(made->arena, clock));
    if (result == DONE && !made->has_readers)
        result = fail(outcome, "no key for the threads left");
    if (result == DONE)
        result = start_daemon(made, port, outcome);
    if (result != DONE) {
        web_stop(made);
        return result;
    }
    *ret_web = made;
    return DONE;
}

int web_port(const web *web)
{
    return web->port;
}

void web_stop(web *web)
{
    if (!web)
        return;
    if (web->daemon)
        MHD_stop_daemon(web->daemon);
    if (web->has_readers)
        readers_stop(&web->readers);
    arena_free(web->arena);
    free(web);
}
