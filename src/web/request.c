/* One request, from its head to its answer. A page is made whole, then sent: no reading of the database waits for a network. What
 * takes time waits suspended for a worker, so that others go on. What the library lets through is checked here: the target as
 * it was sent, lengths, bodies where none is due. */
#include "request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* One request: its target as it was sent, its body as it comes, its answer once a worker has made it. */
typedef struct request {
    web *web;
    struct MHD_Connection *connection;
    arena *arena;
    asked asked;
    buffer body;
    page page;
    bool begun, worked;
    char target[LONGEST_TARGET + 2];
} request;

static const char *const headers[][2] = {
    {"Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
                                "frame-ancestors 'none'; base-uri 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    {"X-Robots-Tag", "noindex"},
    {"Vary", "Accept-Language, Cookie"},
};

/* One connection. The library forgets some requests without telling (0.9.75: when the parameters or cookies of one do not fit its
 * memory): what was noted of such a one is freed with its connection. */
typedef struct client {
    waiting *waiting;
    request *noted;
} client;

static client *client_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static waiting *waiting_of(struct MHD_Connection *connection)
{
    const client *client = client_of(connection);
    return client ? client->waiting : NULL;
}

static void free_request(request *request)
{
    if (!request)
        return;
    if (request->body.bytes)
        explicit_bzero(request->body.bytes, request->body.room);
    buffer_clear(&request->body);
    buffer_clear(&request->page.body);
    download_free(request->page.download);
    arena_free(request->arena);
    if (request->begun)
        atomic_fetch_sub(&request->web->under_way, 1);
    free(request);
}

void request_note_connection(void *context, struct MHD_Connection *connection, void **noted, enum MHD_ConnectionNotificationCode what)
{
    client *client = what == MHD_CONNECTION_NOTIFY_STARTED ? calloc(1, sizeof *client) : *noted;
    if (!client)
        return;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        client->waiting = patience_begin(((web *)context)->patience, MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd);
        *noted = client;
        return;
    }
    patience_end(client->waiting);
    free_request(client->noted);
    free(client);
    *noted = NULL;
}

void *request_note_target(void *context, const char *target, struct MHD_Connection *connection)
{
    client *client = client_of(connection);
    request *made = client ? calloc(1, sizeof *made) : NULL;
    if (!made)
        return NULL;
    made->web = context;
    made->connection = connection;
    strncpy(made->target, target, sizeof made->target - 1);
    free_request(client->noted);
    client->noted = made;
    return made;
}

void request_forget(void *context, struct MHD_Connection *connection, void **noted, enum MHD_RequestTerminationCode why)
{
    (void)context, (void)why;
    client *client = client_of(connection);
    if (!*noted || !client)
        return;
    patience_wait(client->waiting, 0); /* for the next one */
    free_request(client->noted);
    client->noted = NULL;
    *noted = NULL;
}

static void add_headers(struct MHD_Response *response, const core *core, const page *page)
{
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        MHD_add_response_header(response, headers[i][0], headers[i][1]);
    if (core->secure)
        MHD_add_response_header(response, "Strict-Transport-Security", "max-age=31536000");
    MHD_add_response_header(response, "Content-Type", page->type);
    MHD_add_response_header(response, "Cache-Control", page->kept ? "private, max-age=3600" : "no-store");
    if (strncmp(page->type, "text/html", 9) == 0)
        MHD_add_response_header(response, "Content-Language", language_code(page->language));
    if (page->location)
        MHD_add_response_header(response, "Location", page->location);
    if (page->cookie)
        MHD_add_response_header(response, "Set-Cookie", page->cookie);
    if (page->file)
        MHD_add_response_header(response, "Content-Disposition", page->file);
    if (page->status == MHD_HTTP_METHOD_NOT_ALLOWED)
        MHD_add_response_header(response, "Allow", page->looks_only ? "GET, HEAD" : "GET, HEAD, POST");
    if (page->status == MHD_HTTP_SERVICE_UNAVAILABLE)
        MHD_add_response_header(response, "Retry-After", "5");
}

_Static_assert(DOWNLOAD_ENDED == (int)MHD_CONTENT_READER_END_OF_STREAM && DOWNLOAD_BROKEN == (int)MHD_CONTENT_READER_END_WITH_ERROR, "the library's");

/* The library asks for a block whenever the client has taken the one before it. */
static ssize_t read_block(void *read, uint64_t at, char *to, size_t room)
{
    return download_read(read, at, to, room);
}

static struct MHD_Response *stream(download *download)
{
    enum { BLOCK = 32 * 1024 };
    struct MHD_Response *made = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, read_block, download, download_free);
    if (!made)
        download_free(download);
    return made;
}

static enum MHD_Result send_page(const web *web, struct MHD_Connection *connection, page *page, bool close)
{
    struct MHD_Response *response = page->download ? stream(page->download)
                                                   : MHD_create_response_from_buffer(page->body.length, page->body.bytes, MHD_RESPMEM_MUST_FREE);
    if (!response)
        return MHD_NO;
    if (page->download)
        patience_rest(waiting_of(connection)); /* it has an end of its own */
    else
        patience_wait(waiting_of(connection), page->body.length);
    page->download = NULL; /* the response's now */
    page->body = BUFFER_EMPTY; /* the response owns its bytes now */
    add_headers(response, &web->core, page);
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

static enum MHD_Result refuse_request(web *web, struct MHD_Connection *connection, unsigned status, const char *message)
{
    page page;
    pages_refuse(&web->core, status, message, header_of(connection, "Accept-Language"), &page);
    return send_page(web, connection, &page, true);
}

/* What the library lets through: more than one length, a transfer encoding, a length that is no number.
 * Rule: RFC 9112, 6.3 and 11.2. */
typedef struct lengths {
    unsigned count;
    bool encoded, bad;
    unsigned long long length;
} lengths;

static enum MHD_Result note_length(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    lengths *lengths = context;
    if (strcasecmp(name, "Transfer-Encoding") == 0)
        lengths->encoded = true;
    if (strcasecmp(name, "Content-Length") != 0)
        return MHD_YES;
    lengths->count++;
    lengths->bad = lengths->bad || !value || !*value || strlen(value) > 12 || value[strspn(value, "0123456789")] != 0;
    lengths->length = lengths->bad ? 0 : strtoull(value, NULL, 10);
    return MHD_YES;
}

/* Before the body: 0, or the status with which the request is refused. A body stays in memory until it is whole: only who has
 * signed in may send a large one. */
static unsigned check_head(const web *web, struct MHD_Connection *connection, bool post, const char **ret_message)
{
    lengths lengths = {0};
    MHD_get_connection_values(connection, MHD_HEADER_KIND, note_length, &lengths);
    *ret_message = "bad-request";
    if (lengths.encoded || lengths.bad || lengths.count > 1 || (!post && lengths.length > 0) || (post && lengths.count == 0))
        return MHD_HTTP_BAD_REQUEST;
    *ret_message = "too-large";
    patience_wait(waiting_of(connection), lengths.length);
    if (lengths.length <= LONGEST_BODY_OF_A_STRANGER)
        return 0;
    ARENA_SCOPE arena *arena = arena_new();
    bool known = desk_knows(&web->core, header_of(connection, "Cookie"), arena);
    return lengths.length > LONGEST_BODY || !known ? MHD_HTTP_CONTENT_TOO_LARGE : 0;
}

static enum MHD_Result begin(web *web, struct MHD_Connection *connection, request *request, const char *method)
{
    const char *message = "look-only";
    bool post = strcmp(method, "POST") == 0;
    request->begun = true;
    atomic_fetch_add(&web->under_way, 1);
    if (!post && strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        return refuse_request(web, connection, MHD_HTTP_METHOD_NOT_ALLOWED, message);
    unsigned status = check_head(web, connection, post, &message);
    if (status)
        return refuse_request(web, connection, status, message);
    target target = target_read(request->target);
    if (target == TARGET_BAD)
        return refuse_request(web, connection, MHD_HTTP_BAD_REQUEST, "bad-request");
    if (target == TARGET_TOO_LONG)
        return refuse_request(web, connection, MHD_HTTP_URI_TOO_LONG, "too-long");
    request->arena = arena_new();
    request->asked = (asked){.post = post, .target = request->target, .accept = header_of(connection, "Accept-Language"),
                             .cookie = header_of(connection, "Cookie"), .fetch_site = header_of(connection, "Sec-Fetch-Site"),
                             .origin = header_of(connection, "Origin"), .host = header_of(connection, "Host"),
                             .content_type = header_of(connection, "Content-Type")};
    return MHD_YES;
}

static void make_answer(void *item)
{
    request *request = item;
    request->asked.body = buffer_text(&request->body);
    request->asked.length = request->body.length;
    pages_answer(&request->web->core, &request->asked, request->arena, &request->page);
}

/* On a worker's thread. */
void request_work(void *item)
{
    request *request = item;
    lanes_time(request->web->lanes, &request->asked, make_answer, request);
    request->worked = true;
    MHD_resume_connection(request->connection);
}

static enum MHD_Result hand_to_worker(web *web, request *request)
{
    MHD_suspend_connection(request->connection);
    if (lanes_add(web->lanes, &request->asked, request))
        return MHD_YES;
    pages_refuse(&web->core, MHD_HTTP_SERVICE_UNAVAILABLE, "busy", request->asked.accept, &request->page);
    request->worked = true;
    MHD_resume_connection(request->connection);
    return MHD_YES;
}

enum MHD_Result request_answer(void *context, struct MHD_Connection *connection, const char *decoded, const char *method,
                               const char *version, const char *data, size_t *length, void **noted)
{
    (void)decoded, (void)version;
    web *web = context;
    request *request = *noted;
    if (!request)
        return MHD_NO;
    if (!request->begun)
        return begin(web, connection, request, method);
    if (*length > 0) {
        if (!request->asked.post || request->body.length + *length > LONGEST_BODY)
            return MHD_NO;
        buffer_add(&request->body, data, *length);
        *length = 0;
        return MHD_YES;
    }
    if (!request->worked)
        patience_rest(waiting_of(connection));
    if (!request->worked && lanes_needs(&request->asked))
        return hand_to_worker(web, request);
    if (!request->worked)
        make_answer(request);
    enum MHD_Result result = send_page(web, connection, &request->page, atomic_load(&web->ending));
    arena_free(request->arena); /* what the page was made from may be twenty times as large; the client may read slowly */
    request->arena = NULL;
    return result;
}
