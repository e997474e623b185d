#ifndef MAGISTRAL_ACT_EMERGENCIES_H
#define MAGISTRAL_ACT_EMERGENCIES_H

#include "magistral/act/formulas.h"
#include "magistral/store/batch.h"
#include "magistral/store/emergency.h"

/* A formula approved in an emergency: by one pharmacist, for one batch, to be completed by another. Rule: BPP 1.22. */

/* The approval in an emergency of a version; id 0 when there is none. */
ending emergencies_of_version(call *call, int64_t version, emergency_line *ret_emergency) MUST_CHECK;

/* The one that a batch was made from; id 0 when there is none. */
ending emergencies_of_batch(call *call, int64_t batch, emergency_line *ret_emergency) MUST_CHECK;

/* The state of a version as people are told it: "emergency" beside those of the record. */
ending emergencies_state(call *call, const formula_version *version, const char **ret_state) MUST_CHECK;

/* Whether batches may be made from a version: approved, or in an emergency and not withdrawn. */
ending emergencies_may_be_made(call *call, const formula_version *version, bool *ret_may) MUST_CHECK;

/* Refuses (EMERGENCY-05) that who approved the formula alone makes something of its batch. DONE also when it refused. */
ending emergencies_check_operator(call *call, const batch *batch) MUST_CHECK;

/* One sentence for a paper or a page: approved in an emergency, by whom, why, completed or not. */
const char *emergencies_words(call *call, language language, const emergency_line *emergency);

/* Puts an approval in an emergency as an object named "emergency"; nothing when there is none. */
ending emergencies_put(call *call, answer *to, int64_t version) MUST_CHECK;

#endif
