#ifndef MAGISTRAL_DOMAIN_MASS_UNIFORMITY_H
#define MAGISTRAL_DOMAIN_MASS_UNIFORMITY_H

#include <stddef.h>

#include "magistral/base/arena.h"
#include "magistral/base/decimal.h"
#include "magistral/domain/figure.h"

/* Uniformity of mass of capsules. Rule: Ph. Eur. 2.9.5. */

enum { UNIFORMITY_UNITS = 20 };

typedef enum uniformity_error {
    UNIFORMITY_GOOD,
    UNIFORMITY_COUNT,   /* not 20 gross masses, or shells neither 20, 1 nor 0 */
    UNIFORMITY_CONTENT, /* a shell is as heavy as its capsule, or a mass is not above 0 */
    UNIFORMITY_RANGE    /* figures too long to be computed exactly */
} uniformity_error;

typedef struct uniformity_input {
    const decimal *gross; /* masses of 20 intact capsules, mg */
    size_t count;
    const decimal *shells; /* masses of their 20 empty shells in the same order, or one mean shell mass, mg */
    size_t shell_count;    /* 20 or 1; 0: `gross` already holds the content masses */
} uniformity_input;

typedef struct uniformity_result {
    decimal contents[UNIFORMITY_UNITS];    /* gross - shell, mg */
    figure deviations[UNIFORMITY_UNITS];   /* from the mean, %, shown to 4 decimals */
    figure mean;                           /* mean content mass, mg */
    figure s;                              /* sample standard deviation, mg */
    figure limit;                          /* 10 % below a mean of 300 mg, else 7.5 % */
    figure lowest, highest;                /* the extreme deviations, %, shown to 4 decimals */
    size_t outside;                        /* units that deviate by more than the limit */
    size_t outside_twice;                  /* units that deviate by more than twice the limit */
    bool complies;                         /* at most two outside, none outside twice */
} uniformity_result;

/* The deviation from a mean content mass (mg, a number) that a capsule may have, in %: 10 below 300 mg, else 7.5. */
ratio mass_uniformity_limit(ratio mean);

/* Judges 20 capsules. "More than" is strict and compared without rounding: exactly 10 % is not more than 10 %. Deviations are
 * from the mean of the sample, so an evenly underfilled batch passes: judge the mean content mass as well. Written only on
 * UNIFORMITY_GOOD. Rule: Ph. Eur. 2.9.5, capsules. */
uniformity_error mass_uniformity_judge(arena *arena, const uniformity_input *input, uniformity_result *ret_result);

#endif
