#ifndef MAGISTRAL_ACT_CALCS_H
#define MAGISTRAL_ACT_CALCS_H

#include "magistral/act/call.h"
#include "magistral/base/decimal.h"
#include "magistral/domain/figure.h"

/* What the calculations that are reached directly share: values with comma or point, with or without their unit. */

typedef enum calc_unit {
    CALC_MILLIGRAMS, /* mg when none is written; g, kg, µg are converted exactly */
    CALC_PERCENT,    /* % may be written */
    CALC_MINUTES,    /* min may be written */
} calc_unit;

/* Reads the values of a list; a unit may stand behind its number as a word of its own. Refuses every malformed value with
 * its position (CALC-01). */
ending calc_read_list(call *call, const char *input, calc_unit unit, decimal **ret_values, size_t *ret_count) MUST_CHECK;

/* Joins units to the numbers before them: "19.48" "mg" becomes "19.48 mg". */
void calc_join_units(call *call, const char *input, const char ***ret_texts, size_t *ret_count);

/* Reads the one value of an input; false after refusing it: malformed (CALL-04) or not above 0 (CALC-02). */
bool calc_read_one(call *call, const char *input, calc_unit unit, decimal *ret_value);

/* Reads a number with its unit; false, and why in *ret_why, when it is none. */
bool calc_parse(const char *text, calc_unit unit, decimal *ret_value, const char **ret_why);

/* Puts a figure whose JSON is its decimal alone. */
void calc_put_figure(call *call, const char *name, figure figure);

#endif
