#ifndef MAGISTRAL_DOMAIN_RECONCILIATION_H
#define MAGISTRAL_DOMAIN_RECONCILIATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "magistral/base/arena.h"
#include "magistral/domain/comparison.h"
#include "magistral/domain/figure.h"
#include "magistral/domain/quantity.h"

/* What became of the powder of a batch. Rule: BPP 5.12 (yields and reconciliation). */
typedef struct powder_input {
    mass weighed;       /* sum of the net masses that went into the blend, above 0 */
    int64_t filled;     /* capsules filled, 0 or more */
    ratio mean_content; /* mean content mass of the sampled capsules, mg */
    mass residue;       /* weighed, then destroyed; 0 or more */
} powder_input;

typedef struct powder_result {
    figure in_capsules;         /* g, to 4 decimals: filled x mean content */
    figure unaccounted;         /* g, to 4 decimals: weighed - in capsules - residue; below 0 when more was found than weighed */
    figure unaccounted_percent; /* %, to 3 decimals, of what was weighed */
    figure loss;                /* g, to 4 decimals: weighed - in capsules */
    figure loss_percent;        /* %, to 3 decimals */
} powder_result;

/* Computes the balance of the powder; false for values outside their ranges. */
bool powder_reconcile(arena *arena, const powder_input *input, powder_result *ret_result);

/* Judges the two percentages. The unaccounted share is judged by its size: powder found beyond what was weighed is as wrong as
 * powder missing. */
judgement powder_judge_unaccounted(const powder_result *result, const limit *limit);
judgement powder_judge_loss(const powder_result *result, const limit *limit);

/* What became of counted things: capsules, shells, labels. */
typedef struct count_result {
    figure sum;        /* of the parts */
    figure difference; /* expected - sum: above 0 when some are missing, below 0 when there are too many */
    bool balanced;     /* the difference is 0 */
} count_result;

/* Compares an expected count with the sum of its parts, in their order; false when a count is below 0 or the sum overflows.
 * Rule: BPP 5.12 and 5.59. */
bool counts_reconcile(arena *arena, int64_t expected, const int64_t *parts, size_t count, count_result *ret_result);

#endif
