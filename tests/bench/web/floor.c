/* What the library and SQLite could do at best with a page of this size: three selections of a batch, their rows escaped, nothing of
 * a session, a right or a language.  floor DATABASE SIZE prints its port and serves /BATCH until it is ended. */
#include <microhttpd.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 4, SELECTIONS = 3, ROWS = 60 };

static const char *const selections[SELECTIONS] = {
    "SELECT id, number, state, units, expiry FROM batch WHERE id = ?1",
    "SELECT w.number, w.target, w.net, l.number, l.limit_day FROM weighing w JOIN container c ON c.id = w.container JOIN lot l ON l.id = c.lot WHERE w.batch = ?1",
    "SELECT number, patient, units, state, confirmed_at FROM dispensing WHERE batch = ?1 LIMIT 60",
};

typedef struct reader {
    sqlite3 *database;
    sqlite3_stmt *statements[SELECTIONS];
} reader;

typedef struct text {
    char *bytes;
    size_t length, room;
} text;

static const char *path;
static size_t size;
static __thread reader own;

static void add(text *to, const char *bytes, size_t length)
{
    if (to->length + length > to->room) {
        to->room = 2 * to->room + length;
        to->bytes = realloc(to->bytes, to->room);
    }
    memcpy(to->bytes + to->length, bytes, length);
    to->length += length;
}

static void add_escaped(text *to, const char *value)
{
    for (const char *p = value ? value : ""; *p; p++)
        switch (*p) {
        case '<': add(to, "&lt;", 4); break;
        case '>': add(to, "&gt;", 4); break;
        case '&': add(to, "&amp;", 5); break;
        case '"': add(to, "&quot;", 6); break;
        default: add(to, p, 1);
        }
}

static void open_own(void)
{
    if (own.database)
        return;
    if (sqlite3_open_v2(path, &own.database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        exit(74);
    for (int i = 0; i < SELECTIONS; i++)
        if (sqlite3_prepare_v2(own.database, selections[i], -1, &own.statements[i], NULL) != SQLITE_OK)
            exit(70);
}

static void select_rows(text *to, sqlite3_stmt *statement, int batch)
{
    sqlite3_bind_int(statement, 1, batch);
    for (int row = 0; row < ROWS && sqlite3_step(statement) == SQLITE_ROW; row++) {
        add(to, "<tr>", 4);
        for (int column = 0; column < sqlite3_column_count(statement); column++) {
            add(to, "<td class=\"cell\">", 17);
            add_escaped(to, (const char *)sqlite3_column_text(statement, column));
            add(to, "</td>", 5);
        }
        add(to, "</tr>\n", 6);
    }
    sqlite3_reset(statement);
}

static text make_page(int batch)
{
    text page = {0};
    open_own();
    add(&page, "<!doctype html><html lang=fr><head><meta charset=utf-8><title>Lot</title></head><body><table>", 92);
    for (int i = 0; i < SELECTIONS; i++)
        select_rows(&page, own.statements[i], batch);
    while (page.length < size)
        add_escaped(&page, "<p class=\"row\">L'été, & un peu de texte \"échappé\" jusqu'à la taille voulue</p>\n");
    page.length = page.length > size ? size : page.length;
    return page;
}

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
                              const char *data, size_t *length, void **noted)
{
    (void)context, (void)method, (void)version, (void)data, (void)length;
    static int begun;
    if (!*noted) {
        *noted = &begun;
        return MHD_YES;
    }
    text page = make_page(atoi(url + 1));
    struct MHD_Response *response = MHD_create_response_from_buffer(page.length, page.bytes, MHD_RESPMEM_MUST_FREE);
    MHD_add_response_header(response, "Content-Type", "text/html; charset=utf-8");
    MHD_add_response_header(response, "Content-Security-Policy", "default-src 'self'");
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return result;
}

int main(int argc, char **argv)
{
    sigset_t ending;
    int signal_number = 0;
    if (argc != 3)
        return 64;
    path = argv[1];
    size = (size_t)atol(argv[2]);
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigprocmask(SIG_BLOCK, &ending, NULL);
    struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer, NULL, MHD_OPTION_THREAD_POOL_SIZE,
                                                 (unsigned)THREADS, MHD_OPTION_CONNECTION_LIMIT, 512U, MHD_OPTION_END);
    if (!daemon)
        return 70;
    printf("%d\n", MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    sigwait(&ending, &signal_number);
    MHD_stop_daemon(daemon);
    return 0;
}
