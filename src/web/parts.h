#ifndef MAGISTRAL_WEB_PARTS_H
#define MAGISTRAL_WEB_PARTS_H

/* Inside the web layer only. */
#include <pthread.h>
#include <stdatomic.h>

#include "form.h"
#include "magistral/act/writer.h"
#include "magistral/base/template.h"
#include "sessions.h"

enum { LONGEST_TARGET = 4096, LONGEST_BODY = 11 * 1024 * 1024, LONGEST_BODY_OF_A_STRANGER = 64 * 1024 };

/* target.c: what an address asks for. */
typedef enum target { TARGET_HOME, TARGET_STYLE, TARGET_SCRIPT, TARGET_CODE, TARGET_DESK, TARGET_BAD, TARGET_TOO_LONG } target;

/* Reads the target of a request as it was sent, before any decoding. */
target target_read(const char *raw);
/* True when a target could be the path of a code: its letters, its length. */
bool target_may_be_code(const char *raw);
/* The value of a hexadecimal digit, or -1. */
int hexadecimal_digit(char digit);

/* accepted.c: the language that a header Accept-Language asks for; `otherwise` when it names neither, or is NULL. */
language accepted_language(const char *header, language otherwise);

/* readers.c: one connection that only reads for each thread. */
typedef struct reader {
    store *store;
    runner *runner;
} reader;

typedef struct readers {
    const char *database;
    const char *clock; /* set clock, or NULL */
    pthread_key_t key;
} readers;

bool readers_start(readers *readers, const char *database, const char *clock);
void readers_stop(readers *readers);
/* The reader of this thread, opened at its first use. */
ending readers_get(readers *readers, outcome *outcome, reader **ret_reader) MUST_CHECK;
/* Closes it after a failure, so that the next request opens a fresh one. */
void readers_drop(readers *readers);

/* templates.c: the pages of templates/, read once. */
typedef struct page_templates {
    const char *const *names;
    const page_template **list;
    size_t count;
} page_templates;
ending templates_read(arena *arena, outcome *outcome, page_templates *ret_templates) MUST_CHECK;
bool templates_has(const page_templates *templates, const char *name);
/* Asking for a page that is not there ends the process: it is a defect. */
const page_template *templates_find(const page_templates *templates, const char *name);

/* uploads.c: the folder for files that come with forms, readable by its owner alone; gone afterwards. */
typedef struct uploads uploads;
ending uploads_start(outcome *outcome, uploads **ret_uploads) MUST_CHECK;
void uploads_stop(uploads *uploads);
/* The session with this identifier is over: its files go. `context` is the uploads. */
void uploads_end_session(void *context, const char *session);

/* download.c: a file that is read while it is sent. `download_read` writes at most `room` bytes and says how many; or how it ended. */
typedef struct download download;
enum { DOWNLOAD_ENDED = -1, DOWNLOAD_BROKEN = -2 };
long download_read(void *download, unsigned long long at, char *to, size_t room);
void download_free(void *download);

/* What all requests share. */
typedef struct core {
    arena *arena;
    page_templates templates;
    readers readers;
    bool has_readers;
    uploads *uploads; /* files that came with a form */
    bool secure;      /* behind TLS: cookies say so */
    sessions *sessions;
    writer *writer;
    runner *writing;  /* on the writer's connection; used in its turn */
    void (*broken)(void *context); /* called when a write failed: the server is to end */
    void *broken_context;
    atomic_int downloads; /* under way */
} core;

/* pages.c: what is sent. */
typedef struct page {
    unsigned status;
    const char *type;
    language language;
    const char *location; /* where to go instead, or NULL; the request's arena owns it */
    const char *cookie;   /* a whole Set-Cookie, or NULL */
    const char *file;     /* a whole Content-Disposition, or NULL */
    bool looks_only;      /* nothing can be posted to this address */
    bool kept;            /* may be kept by the browser: style, script, what is known by its digest */
    download *download;   /* sent instead of the body; whoever sends it frees it */
    buffer body;
} page;

/* One request as it came. */
typedef struct asked {
    bool post;
    const char *target;    /* as it was sent */
    const char *accept;    /* headers, or NULL */
    const char *cookie;
    const char *fetch_site;
    const char *origin;
    const char *host;
    const char *content_type;
    const char *body;
    size_t length;
} asked;

/* Makes the page that answers a request. The body is whole, even when the database cannot be read; the caller clears it.
 * Texts that the page points to live in `arena`. */
void pages_answer(core *core, const asked *asked, arena *arena, page *ret_page);
/* desk.c: true when a cookie is that of a session, though it be idle. */
bool desk_knows(const core *core, const char *cookie, arena *arena);
/* A page with a message alone, without looking at the database: "bad-request", "look-only", ... */
void pages_refuse(core *core, unsigned status, const char *message, const char *accept, page *ret_page);
/* The names that the public page knows, none of them standing yet. */
answer *pages_begin(arena *arena, const house *house, language language);
/* Writes an outcome that failed to the log. */
void pages_log(const outcome *outcome);

/* code.c: looks up the code at a path under every address of the site; *ret_answer is NULL when it is none of ours. */
ending code_scan(runner *runner, const house *house, const char *path, const char *clock, arena *arena, outcome *outcome,
                 answer **ret_answer) MUST_CHECK;
/* Puts what the page says of a genuine code, as the object "code" and the page's title. */
void code_put(answer *page, const answer *scanned, language language);
/* "good", "wait" or "stop" for a state of a lot, batch, label, ...; "plain" for what is none of them. */
const char *code_shape(const char *state);

/* workers.c: threads that take one item after the other from a queue. */
typedef struct workers workers;
ending workers_start(size_t threads, void (*work)(void *), outcome *outcome, workers **ret_workers) MUST_CHECK;
/* False when too many wait. */
bool workers_add(workers *workers, void *item);
/* Ends the threads once what was accepted is done; whatever is added from then on is one too many. */
void workers_finish(workers *workers);
/* When nobody can add any more; NULL is allowed. */
void workers_free(workers *workers);

/* lanes.c: workers for what changes something, for what only looks, and for what took long to look at the last time. */
typedef struct lanes lanes;
ending lanes_start(void (*work)(void *), outcome *outcome, lanes **ret_lanes) MUST_CHECK;
/* As those of workers. */
void lanes_finish(lanes *lanes);
void lanes_free(lanes *lanes);
/* False for what is answered at once. */
bool lanes_needs(const asked *asked);
/* False when too many wait. */
bool lanes_add(lanes *lanes, const asked *asked, void *item);
/* Makes the answer, and notes how long that took. */
void lanes_time(lanes *lanes, const asked *asked, void (*make)(void *), void *item);

#endif
