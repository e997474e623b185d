#ifndef MAGISTRAL_DOMAIN_DOSAGE_UNITS_H
#define MAGISTRAL_DOMAIN_DOSAGE_UNITS_H

#include <stddef.h>

#include "magistral/base/arena.h"
#include "magistral/base/decimal.h"
#include "magistral/domain/figure.h"

/* Uniformity of dosage units by content. Rule: Ph. Eur. 2.9.40, USP <905>. */

enum { DOSAGE_FIRST_UNITS = 10, DOSAGE_ALL_UNITS = 30, DOSAGE_PRINTED_PLACES = 3 };

typedef enum dosage_verdict {
    DOSAGE_COMPLIES,
    DOSAGE_TEST_20_MORE,   /* after 10 units, acceptance value above 15.0: not a failure, the test is not finished */
    DOSAGE_DOES_NOT_COMPLY /* after 30 units only */
} dosage_verdict;

typedef enum dosage_error {
    DOSAGE_GOOD,
    DOSAGE_COUNT,    /* neither 10 nor 30 values */
    DOSAGE_CLAIM,    /* label claim or target not above 0 */
    DOSAGE_NEGATIVE, /* a content below 0 */
    DOSAGE_RANGE     /* figures too long to be computed exactly */
} dosage_error;

/* What was measured: 10 values, or the same 10 followed by 20 more. */
typedef struct dosage_input {
    const decimal *contents; /* in mg when `claim` is given, else in percent of the label claim */
    size_t count;
    const decimal *claim;  /* label claim in mg a unit, or NULL */
    const decimal *target; /* T, target content at the time of making in percent of the claim; NULL stands for 100 */
} dosage_input;

typedef struct dosage_result {
    size_t count;
    figure mean;             /* X, % of the claim */
    figure s;                /* sample standard deviation, % */
    figure k;                /* acceptability constant: 2.4 for 10 units, 2.0 for 30 */
    figure reference;        /* M, % */
    figure acceptance_value; /* AV = |M - X| + k s */
    figure rounded;          /* AV to one decimal: what is compared with 15.0. Exactly rounded, whatever the digits of s. */
    figure s_printed;        /* s and AV to 3 decimals, as a certificate shows them: exactly rounded like the one that decides */
    figure value_printed;
    figure low;              /* 0.75 M, % */
    figure high;             /* 1.25 M, % */
    size_t outside;          /* units below `low` or above `high`: judged only after 30 units */
    dosage_verdict verdict;
} dosage_result;

/* M for a mean (% of the claim, a number) where the target content is 100 %: the mean between 98.5 and 101.5, else the nearer of the two. */
ratio dosage_units_reference(ratio mean);

/* Computes the acceptance value and judges it: L1 = 15.0 at both stages, L2 = 25.0 for single units at the second. Written only
 * on DOSAGE_GOOD; texts are the arena's. Rule: Ph. Eur. 2.9.40, tables 2.9.40.-1 and -2; rounding, General Notices 1. */
dosage_error dosage_units_judge(arena *arena, const dosage_input *input, dosage_result *ret_result);

#endif
