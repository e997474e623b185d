#ifndef MAGISTRAL_ACT_DEVIATIONS_H
#define MAGISTRAL_ACT_DEVIATIONS_H

#include "magistral/act/call.h"
#include "magistral/store/batch.h"
#include "magistral/store/deviation.h"

/* What several acts on deviations share. */

/* True when a deviation is of a result that was due after the release of its batch, which is released: it is opened and decided then. */
ending deviations_after_release(call *call, const batch *batch, const char *subject, bool *ret_is) MUST_CHECK;

/* Refuses (BATCH-02) a deviation of a batch that is decided, unless it is of such a result. */
ending deviations_check_open(call *call, const char *field, const batch *batch, const char *subject) MUST_CHECK;

/* Finds a deviation by the number in the input `field`; refused (DEVIATION-01) when there is none. */
ending deviations_find(call *call, const char *field, deviation *ret_deviation) MUST_CHECK;

/* Opens a deviation of a batch in the name of the person of the call and returns its number. `subject` may be NULL.
 * Rule: BPP 5.03 (recorded in the batch's list of anomalies). */
ending deviations_open(call *call, const batch *batch, const char *subject, const char *class, const char *description,
                       const char **ret_number) MUST_CHECK;

#endif
