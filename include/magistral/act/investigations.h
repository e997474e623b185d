#ifndef MAGISTRAL_ACT_INVESTIGATIONS_H
#define MAGISTRAL_ACT_INVESTIGATIONS_H

#include "magistral/act/results.h"
#include "magistral/store/investigation.h"

/* Results out of specification: why, what was found, what a pharmacist concluded. Rule: BPP 5.03, 6.68; EU GMP 6.35. */

/* Finds the investigation named in the input "investigation"; refused (INVESTIGATION-01) when there is none. */
ending investigations_find(call *call, investigation *ret_investigation) MUST_CHECK;

/* Whether an investigation of the result concluded that the laboratory erred: only then may it be set aside. */
ending investigations_explain(call *call, int64_t result, bool *ret_explained) MUST_CHECK;

/* Puts the investigations of a batch, or of one result of it, as the list "investigations"; nothing when there is none. */
ending investigations_put(call *call, answer *to, int64_t batch, int64_t result) MUST_CHECK;

/* The same for the batch record, in the site's words. */
ending investigations_put_record(call *call, answer *record, int64_t batch) MUST_CHECK;

#endif
