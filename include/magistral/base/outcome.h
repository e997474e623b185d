#ifndef MAGISTRAL_BASE_OUTCOME_H
#define MAGISTRAL_BASE_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>

#include "magistral/base/arena.h"

/* The three endings of every call (README, rules of the house, 1).
 * DONE:    it happened.
 * REFUSED: a person can act on it; the outcome holds at least one refusal.
 * FAILED:  the machine or a defect; the outcome holds one sentence for the log; never shown as success. */
typedef enum ending { DONE = 0, REFUSED = 1, FAILED = 2 } ending;

#define MUST_CHECK __attribute__((warn_unused_result))

/* Returns from the calling function unless `call` is DONE. */
#define TRY(call)                 \
    do {                          \
        ending try_ending = (call); \
        if (try_ending != DONE)   \
            return try_ending;    \
    } while (0)

/* Goes on after a refusal, so that all of them show at once; returns from the calling function when `call` FAILED. Ask
 * outcome_ending() before anything is written. */
#define COLLECT(call)             \
    do {                          \
        if ((call) == FAILED)     \
            return FAILED;        \
    } while (0)

/* One named value inside a refusal's sentence. */
typedef struct refusal_value {
    const char *name;
    const char *value;
} refusal_value;

/* One reason why something is refused: a numbered rule whose sentence stands in templates/, in both languages. */
typedef struct refusal {
    struct refusal *next;
    const char *rule;  /* for example "LOT-04": the key of the sentence in the catalogue */
    const char *field; /* the input that it concerns, or NULL when it concerns the whole */
    refusal_value *values;
    size_t count;
} refusal;

/* What one call came to; its memory is the arena's. */
typedef struct outcome {
    arena *arena;
    refusal *first;
    refusal *last;
    size_t refusals;
    const char *failure;  /* set when something FAILED: for the log */
    const refusal *said;  /* the sentence that a person is shown for it; NULL for a defect, which has one sentence for all */
    bool input_output;    /* the failure is of a file or device: exit status 74 instead of 70 */
    bool usage;           /* the refusal is of the command's own words: exit status 64 */
} outcome;

/* Makes an empty outcome whose texts live in `arena`. */
outcome outcome_new(arena *arena);

/* Adds a refusal and returns REFUSED. After `field` (may be NULL) come pairs of name and text, ended by NULL:
 * refuse(out, "LOT-04", "container", "lot", number, "state", state, NULL). Texts are copied; a NULL text is shown as "". */
ending refuse(outcome *outcome, const char *rule, const char *field, ...) __attribute__((sentinel));

/* DONE when nothing was refused and nothing failed so far, else the ending that stands. */
ending outcome_ending(const outcome *outcome) MUST_CHECK;

/* Notes a failure of the machine or a defect (the first one stays) and returns FAILED. */
ending fail(outcome *outcome, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same for a file, device or full disk, by a key of the catalogue and pairs as in refuse(): the person who is shown it
 * can often do something about it. */
ending fail_input_output(outcome *outcome, const char *key, ...) __attribute__((sentinel));

/* The file at `path` cannot be read or written (FILE-01); `error` is errno. */
ending fail_file(outcome *outcome, const char *path, int error);

/* Hands on a failure that another outcome came to; returns FAILED. */
ending fail_as(outcome *outcome, const struct outcome *failed);

/* The name of an errno ("EACCES"), whose words stand in the catalogue as "errno.NAME". */
const char *errno_name(int error);

#endif
