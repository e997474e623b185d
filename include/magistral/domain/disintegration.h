#ifndef MAGISTRAL_DOMAIN_DISINTEGRATION_H
#define MAGISTRAL_DOMAIN_DISINTEGRATION_H

#include <stdbool.h>
#include <stddef.h>

#include "magistral/base/decimal.h"

/* Disintegration of hard capsules. Rule: Ph. Eur. 2.9.1 and Capsules (0016). */

enum { DISINTEGRATION_FIRST_UNITS = 6, DISINTEGRATION_ALL_UNITS = 18, DISINTEGRATION_USUAL_MINUTES = 30 };

/* One unit: the minutes it took, or that it had not disintegrated when the test ended. */
typedef struct disintegration_unit {
    bool disintegrated;
    decimal minutes; /* read only when it disintegrated */
} disintegration_unit;

typedef enum disintegration_verdict {
    DISINTEGRATION_COMPLIES,
    DISINTEGRATION_TEST_12_MORE, /* one or two of the first six failed */
    DISINTEGRATION_DOES_NOT_COMPLY
} disintegration_verdict;

typedef struct disintegration_result {
    size_t count;
    size_t disintegrated; /* within the limit */
    disintegration_verdict verdict;
} disintegration_result;

/* Judges 6 units, or the same 6 followed by 12 more (at least 16 of 18 disintegrate; three failures among the first six never
 * allow the 12 more). A unit disintegrates in time when its minutes are at most `limit` (usually 30), compared without
 * rounding. False, and nothing written, for another count, a limit not above 0 or minutes below 0. */
bool disintegration_judge(const disintegration_unit *units, size_t count, decimal limit, disintegration_result *ret_result);

#endif
