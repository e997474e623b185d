#ifndef MAGISTRAL_ACT_DEVIATIONS_H
#define MAGISTRAL_ACT_DEVIATIONS_H

#include "magistral/act/call.h"
#include "magistral/store/batch.h"
#include "magistral/store/deviation.h"

/* What several acts on deviations share. */

/* Finds a deviation by the number in the input `field`; refused (DEVIATION-01) when there is none. */
ending deviations_find(call *call, const char *field, deviation *ret_deviation) MUST_CHECK;

/* Opens a deviation of a batch in the name of the person of the call and returns its number. `subject` may be NULL.
 * Rule: BPP 5.03 (recorded in the batch's list of anomalies). */
ending deviations_open(call *call, const batch *batch, const char *subject, const char *class, const char *description,
                       const char **ret_number) MUST_CHECK;

#endif
