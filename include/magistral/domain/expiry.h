#ifndef MAGISTRAL_DOMAIN_EXPIRY_H
#define MAGISTRAL_DOMAIN_EXPIRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "magistral/base/arena.h"

/* What limits the life of a batch; the word is the cause's name in a record. */
#define EXPIRY_CAUSES(X)                  \
    X(EXPIRY_OF_STABILITY, "stability")   \
    X(EXPIRY_OF_EXPIRY, "expiry")         \
    X(EXPIRY_OF_RETEST, "retest")         \
    X(EXPIRY_OF_OPENING, "end-of-use")

#define EXPIRY_CAUSE_NAME(name, word) name,
typedef enum expiry_cause { EXPIRY_CAUSES(EXPIRY_CAUSE_NAME) } expiry_cause;
#undef EXPIRY_CAUSE_NAME

const char *expiry_cause_word(expiry_cause cause);

/* A date of one input: the expiry or retest date of a lot, or the end of use of an opened container. */
typedef struct expiry_input {
    expiry_cause cause;
    int64_t day;        /* as day_parse() counts */
    const char *number; /* of the lot or container, or NULL */
} expiry_input;

typedef struct expiry_result {
    int64_t day;         /* the batch may be used to the end of this day */
    expiry_cause cause;  /* what limits it; at a tie stability, then the first input */
    const char *number;  /* of the limiting input, or NULL */
    const char *formula; /* "2026-01-12 + 180", or the limiting date */
} expiry_result;

/* The earliest of the made day + stability days and of all dates of the inputs; false when the stability is not above 0 (to
 * 36,500 days). A day before the made day says that the batch was born expired: who fills one refuses that.
 * Rule: BPP 6.79 to 6.82, counted from the day of making; no input outlives its own date. */
bool expiry_of_batch(arena *arena, int64_t made, int64_t stability_days, const expiry_input *inputs, size_t count,
                     expiry_result *ret_result);

#endif
