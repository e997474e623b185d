#ifndef MAGISTRAL_ACT_DESTRUCTIONS_H
#define MAGISTRAL_ACT_DESTRUCTIONS_H

#include "magistral/act/batches.h"
#include "magistral/domain/figure.h"
#include "magistral/store/dispensing.h"

/* What is left of a released or recalled batch: the bottles that no dispensing took. Rule: BPP 4.38, 5.53, 8.11. */
typedef struct batch_left {
    taken_bottle *bottles; /* every bottle of the batch */
    size_t count;
    figure units;          /* of those that are here and of nobody */
    int64_t sum;
} batch_left;

/* Counts it; refused while a dispensing is confirmed and not handed over (BATCH-44), and when nothing is left (BATCH-45). */
ending destructions_left(call *call, const batch *batch, batch_left *ret_left) MUST_CHECK;

/* True when the bottle is here and of nobody. */
bool destructions_takes(const taken_bottle *bottle);

/* Records what one person counted: nothing changes before another has witnessed it. */
ending destructions_propose(call *call, const batch *batch) MUST_CHECK;

/* Puts the list "destructions" of a batch. */
ending destructions_put(call *call, answer *to, const batch *batch) MUST_CHECK;

#endif
