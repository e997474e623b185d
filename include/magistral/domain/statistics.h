#ifndef MAGISTRAL_DOMAIN_STATISTICS_H
#define MAGISTRAL_DOMAIN_STATISTICS_H

#include <stdbool.h>
#include <stddef.h>

#include "magistral/base/decimal.h"
#include "magistral/base/ratio.h"

/* Mean and spread of a sample. Sum, mean and variance are exact. */
typedef struct statistics {
    size_t count;
    ratio sum;
    ratio mean;
    ratio variance;           /* of the sample: divided by n - 1 */
    ratio standard_deviation; /* right to 15 significant digits */
} statistics;

/* Computes them for `count` values (2 or more); false when there are fewer or when the exact sums do not fit in 127 bits.
 * Rule: Ph. Eur. 2.9.40, USP <905>: s is the standard deviation of the sample, with n - 1. */
bool statistics_of(const decimal *values, size_t count, statistics *ret_statistics);

#endif
