#ifndef MAGISTRAL_ACT_DISPENSINGS_H
#define MAGISTRAL_ACT_DISPENSINGS_H

#include "magistral/act/call.h"
#include "magistral/store/batch.h"
#include "magistral/domain/cost.h"
#include "magistral/store/dispensing.h"
#include "magistral/store/request.h"

/* What acts on dispensings share. */

/* Finds the dispensing named by the input `dispensing`; refused (DISPENSING-01) when there is none. */
ending dispensings_find(call *call, dispensing *ret_dispensing) MUST_CHECK;

/* Refuses (DISPENSING-02) when the dispensing is in none of the states of the act. */
ending dispensings_check_state(call *call, const dispensing *dispensing) MUST_CHECK;

/* Refuses when the batch is not released (DISPENSING-05), held (DISPENSING-06) or expired (DISPENSING-07): at confirmation,
 * and again before anything leaves. */
ending dispensings_check_batch(call *call, const batch *batch, const char *field) MUST_CHECK;

/* True when every capsule of a treatment that starts today may be taken by the expiry of the batch; else `ret_last` is the day of the
 * last one. The days are those of the units at the daily dose of the request. */
bool dispensings_fit_expiry(const call *call, const batch *batch, const request *request, int64_t units, const char **ret_last);

/* The same for the batch of a dispensing, and DISPENSING-33 when since its confirmation too few days are left for the treatment. */
ending dispensings_check_its_batch(call *call, const dispensing *dispensing, const char *field) MUST_CHECK;

/* Refuses (DISPENSING-26) a bottle without a label that stands, was applied and says "released": in quarantine it was labelled so,
 * and the decision made that label void. Rule: BPP 5.08. */
ending dispensings_check_bottle_label(call *call, const char *field, const char *bottle) MUST_CHECK;

/* True when the bottle was scanned together with a label of the patient that still stands. */
bool dispensings_is_scanned(const taken_bottle *bottle);

/* Capsules of a dispensing that came back, and that were reported lost. */
ending dispensings_gone(call *call, const dispensing *dispensing, int64_t *ret_back, int64_t *ret_lost) MUST_CHECK;

/* The short answer of an act on a dispensing. */
void dispensings_put(call *call, const dispensing *dispensing, const char *state);

/* Chooses the bottles of a dispensing: those of the input "bottles" when it is given, else the first free ones that make up the units due. */
ending dispensings_choose(call *call, const batch *batch, int64_t due, bool given, const taken_bottle **ret_chosen, size_t *ret_count) MUST_CHECK;

/* What a batch has for a request now, and what that costs. */
typedef struct dispensing_quote {
    int64_t due;     /* capsules */
    int64_t lacking; /* of those prescribed, what is dispensed neither with these nor before */
    charge_result charge;
} dispensing_quote;

/* Refused when the cost is not frozen (DISPENSING-16), the batch was not made for the request (DISPENSING-09), nothing is due
 * (DISPENSING-17, -41), or more would be dispensed than the batch has (DISPENSING-40). */
ending dispensings_quoted(call *call, const request *request, const batch *batch, dispensing_quote *ret_quote) MUST_CHECK;

#endif
