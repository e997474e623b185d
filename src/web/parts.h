#ifndef MAGISTRAL_WEB_PARTS_H
#define MAGISTRAL_WEB_PARTS_H

/* Inside the web layer only. */
#include <pthread.h>

#include "magistral/act/runner.h"
#include "magistral/base/template.h"

/* target.c: what an address asks for. */
typedef enum target { TARGET_HOME, TARGET_STYLE, TARGET_CODE, TARGET_NOWHERE, TARGET_BAD, TARGET_TOO_LONG } target;

enum { LONGEST_TARGET = 512 };

/* Reads the target of a request as it was sent, before any decoding. */
target target_read(const char *raw);
/* True when a target could be the path of a code: its letters, its length. */
bool target_may_be_code(const char *raw);

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

/* pages.c: what is sent. */
typedef struct page {
    unsigned status;
    const char *type;
    language language;
    buffer body;
} page;

/* Makes the page of a target. `accept` is the header Accept-Language, or NULL. The body is whole, even when the database
 * cannot be read; the caller clears it. */
void pages_make(const page_template *template, readers *readers, target target, const char *raw, const char *accept, page *ret_page);
/* A page with a message alone, without looking at the database: "bad-request", "look-only", ... */
void pages_refuse(const page_template *template, unsigned status, const char *message, const char *accept, page *ret_page);

/* code.c: looks up the code at a path under every address of the site; *ret_answer is NULL when it is none of ours. */
ending code_scan(runner *runner, const house *house, const char *path, const char *clock, arena *arena, outcome *outcome,
                 answer **ret_answer) MUST_CHECK;
/* Puts what the page says of a genuine code, as the object "code" and the page's title. */
void code_put(answer *page, const answer *scanned, language language);

#endif
