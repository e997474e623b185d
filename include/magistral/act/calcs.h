#ifndef MAGISTRAL_ACT_CALCS_H
#define MAGISTRAL_ACT_CALCS_H

#include "magistral/act/call.h"
#include "magistral/domain/entered.h"
#include "magistral/domain/figure.h"

/* What the calculations that are reached directly share: values with comma or point, with or without their unit. */

/* Reads the values of a list; a unit may stand behind its number as a word of its own. Refuses every malformed value with
 * its position (CALC-01). */
ending calc_read_list(call *call, const char *input, entered_unit unit, decimal **ret_values, size_t *ret_count) MUST_CHECK;

/* Joins units to the numbers before them: "19.48" "mg" becomes "19.48 mg". */
void calc_join_units(call *call, const char *input, const char ***ret_texts, size_t *ret_count);

/* Reads the one value of an input; false after refusing it: malformed (CALL-04) or not above 0 (CALC-02). */
bool calc_read_one(call *call, const char *input, entered_unit unit, decimal *ret_value);

/* Puts a figure whose JSON is its decimal alone. */
void calc_put_figure(call *call, const char *name, figure figure);

#endif
