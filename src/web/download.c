/* The list of a view as a file, streamed: its rows are read while they are sent, in one read transaction on a connection of its own, so
 * that a million of them need no memory and nobody waits. The transaction has an end, or the database's log would grow without one: a
 * file that is not through by then is cut off, and its last chunk is missing, which the client sees. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "desk.h"
#include "magistral/base/csv.h"

enum { MOST_AT_ONCE = 4, MOST_SECONDS = 120, ROWS_A_TURN = 64 };

struct download {
    core *core;
    reader reader;
    arena *arena;     /* of the call: cursor, texts */
    outcome outcome;
    csv csv;
    const answer *rows; /* read by a cursor; or a list, `next` its row that comes */
    const answer *next;
    bool headed, ended;
    buffer waiting;   /* made, from `sent` on not sent yet */
    size_t sent;
    time_t end;
};

static time_t seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

void download_free(void *freed)
{
    download *download = freed;
    if (!download)
        return;
    atomic_fetch_sub(&download->core->downloads, 1);
    buffer_clear(&download->waiting);
    runner_free(download->reader.runner);
    store_close(download->reader.store);
    arena_free(download->arena);
    free(download);
}

static ending next_row(download *d, arena *arena, const answer **ret_row)
{
    answer *row = NULL;
    if (d->rows->kind == ANSWER_LIST) {
        *ret_row = d->next;
        d->next = d->next ? d->next->next : NULL;
        return DONE;
    }
    TRY(d->rows->read(d->rows->cursor, arena, &row));
    *ret_row = row;
    return DONE;
}

static ending make_rows(download *d)
{
    ARENA_SCOPE arena *arena = arena_new();
    for (int i = 0; i < ROWS_A_TURN && !d->ended; i++) {
        const answer *row = NULL;
        TRY(next_row(d, arena, &row));
        d->ended = !row;
        if (!row)
            break;
        if (!d->headed)
            csv_add_heads(&d->waiting, &d->csv, row);
        d->headed = true;
        csv_add_row(&d->waiting, &d->csv, row);
    }
    return DONE;
}

long download_read(void *read, unsigned long long at, char *to, size_t room)
{
    (void)at;
    download *d = read;
    if (d->sent == d->waiting.length) {
        buffer_empty(&d->waiting);
        d->sent = 0;
        if (seconds() > d->end || (!d->ended && make_rows(d) != DONE)) {
            pages_log(&d->outcome);
            return DOWNLOAD_BROKEN;
        }
        if (d->waiting.length == 0)
            return DOWNLOAD_ENDED;
    }
    size_t length = d->waiting.length - d->sent < room ? d->waiting.length - d->sent : room;
    memcpy(to, d->waiting.bytes + d->sent, length);
    d->sent += length;
    return (long)length;
}

/* A child of the answer that is a list: what there is to download. */
static const answer *list_of(const answer *tree)
{
    for (const answer *child = tree->first; child; child = child->next)
        if (child->kind == ANSWER_ROWS || child->kind == ANSWER_LIST)
            return child;
    return NULL;
}

/* The columns of a list in memory that have units. */
static const char *units_of(const answer *rows, arena *arena)
{
    BUFFER_SCOPE buffer units = BUFFER_EMPTY;
    if (rows->kind == ANSWER_ROWS)
        return rows->unit;
    for (const answer *cell = rows->first ? rows->first->first : NULL; cell; cell = cell->next)
        if (csv_has_unit(rows, cell->name))
            buffer_add_format(&units, "%s%s", units.length > 0 ? "|" : "", cell->name);
    return arena_text(arena, buffer_text(&units));
}

static ending start(desk *desk, const act *view, csv_flavour flavour, download *d)
{
    answer *tree = NULL;
    struct desk own = *desk; /* the view runs here, on a connection and in an arena that outlive the request */
    own.arena = d->arena;
    TRY(store_open(desk->core->readers.database, STORE_READS, &d->outcome, &d->reader.store));
    TRY(store_read_once(d->reader.store));
    TRY(runner_new(d->reader.store, NULL, &d->outcome, &d->reader.runner));
    TRY(view_run(&own, view, d->reader.runner, true, &d->outcome, &tree));
    d->rows = list_of(tree);
    if (!d->rows)
        return fail(&d->outcome, "%s answers no list", view->name);
    d->next = d->rows->first;
    d->csv = (csv){flavour, desk->language, arena_text(d->arena, desk->house.zone), units_of(d->rows, d->arena)};
    return DONE;
}

/* Takes one of the few places; NULL when there is none, or no memory. */
static download *take_place(core *core)
{
    download *made = atomic_fetch_add(&core->downloads, 1) < MOST_AT_ONCE ? calloc(1, sizeof *made) : NULL;
    if (!made) {
        atomic_fetch_sub(&core->downloads, 1);
        return NULL;
    }
    made->core = core;
    made->arena = arena_new();
    made->outcome = outcome_new(made->arena);
    made->end = seconds() + MOST_SECONDS;
    return made;
}

static ending refuse_download(desk *desk, ending result, download *refused)
{
    bool forbidden = result == REFUSED && refused->outcome.first && strcmp(refused->outcome.first->rule, "CALL-14") == 0;
    if (result == FAILED)
        pages_log(&refused->outcome);
    download_free(refused);
    if (result == FAILED)
        return fail(desk->outcome, "the list cannot be read");
    return desk_message(desk, forbidden ? 403 : 422, forbidden ? "forbidden" : "bad-request");
}

ending download_page(desk *desk, const act *view)
{
    const char *asked = form_text(&desk->query, "_csv");
    bool excel = strcmp(asked, "excel") == 0;
    if (!act_page_input(view, "sort") || (!excel && strcmp(asked, "rfc4180") != 0))
        return desk_message(desk, 404, "nowhere");
    download *made = take_place(desk->core);
    if (!made)
        return desk_message(desk, 503, "busy");
    ending result = start(desk, view, excel ? CSV_EXCEL : CSV_RFC4180, made);
    if (result != DONE)
        return refuse_download(desk, result, made);
    char *file = arena_text(desk->arena, view->name);
    for (char *p = file; *p; p++)
        *p = *p == ' ' ? '-' : *p;
    desk->page->status = 200;
    desk->page->type = "text/csv; charset=utf-8";
    desk->page->download = made;
    desk->page->file = arena_format(desk->arena, "attachment; filename=\"%s.csv\"", file);
    return DONE;
}
