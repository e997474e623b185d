#ifndef MAGISTRAL_ACT_LABELS_H
#define MAGISTRAL_ACT_LABELS_H

#include "magistral/act/documents.h"
#include "magistral/store/batch.h"
#include "magistral/store/dispensing.h"
#include "magistral/store/formula.h"
#include "magistral/store/request.h"

/* What a label of each kind shows, drawn from the record: fills `record` for the thing with this number and tells the state
 * that the label shows and the batch that it counts for (ABSENT for none). Refuses LABEL-01 on `field` when there is no such thing. */
ending labels_fill(call *call, const char *field, const char *kind, const char *number, size_t copy, answer *record) MUST_CHECK;
/* How many labels the thing takes: a dispensing one a bottle, everything else one. `copy` counts them from 0. */
ending labels_copies(call *call, const char *field, const char *kind, const char *number, size_t *ret_copies) MUST_CHECK;
ending labels_about(call *call, const char *kind, const char *number, const char **ret_state, int64_t *ret_batch) MUST_CHECK;

/* Draws the labels of capsules that this version will make, by the layouts in force, with the longest that all else may be, and refuses
 * each of its texts that will not fit: FORMULA-53 by its own input, or FORMULA-54 on the input `field` where the version is only named. */
ending labels_try_version(call *call, const formula_version *version, const char *field) MUST_CHECK;
/* The same for the texts of a request, beside those of the formula that it asks for (REQUEST-09). */
ending labels_try_request(call *call, const request *request) MUST_CHECK;

/* Puts into `to` the picture of the first label that a dispensing would print if it were confirmed now with these bottles (documents_show()); the
 * others differ by their bottle alone. */
ending labels_show_proposed(call *call, const request *request, const batch *batch, const taken_bottle *bottles, size_t count, answer *to) MUST_CHECK;

/* True of a label that is stuck somewhere, or lies ready to be. */
bool labels_is_live(const label *label);

/* Finds the label in the input `label`, scanned or by its number; refused (LABEL-05, or as a scan) when there is none. */
ending labels_find(call *call, const char *text, label *ret_label) MUST_CHECK;

/* Reconciles the labels of a batch in quarantine again once none waits, if they were reconciled: others were printed, or became something else.
 * Nothing for ABSENT. Rule: BPP 5.59. */
ending labels_reconcile_again(call *call, int64_t batch) MUST_CHECK;

/* Makes the labels of a thing void, those printed or applied, and its specimens where wanted: another takes their place, or none does. */
ending labels_void(call *call, const char *kind, const char *number, const char *reason, bool specimens) MUST_CHECK;

/* The layout of a kind: "bottle" -> "bottle_label". */
const char *labels_layout(const char *kind);

#endif
