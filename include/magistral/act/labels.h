#ifndef MAGISTRAL_ACT_LABELS_H
#define MAGISTRAL_ACT_LABELS_H

#include "magistral/act/documents.h"

/* What a label of each kind shows, drawn from the record: fills `record` for the thing with this number and tells the state
 * that the label shows and the batch that it counts for (ABSENT for none). Refuses LABEL-01 when there is no such thing. */
ending labels_fill(call *call, const char *kind, const char *number, size_t copy, answer *record) MUST_CHECK;
/* How many labels the thing takes: a dispensing one a bottle, everything else one. `copy` counts them from 0. */
ending labels_copies(call *call, const char *kind, const char *number, size_t *ret_copies) MUST_CHECK;
ending labels_about(call *call, const char *kind, const char *number, const char **ret_state, int64_t *ret_batch) MUST_CHECK;

/* The layout of a kind: "bottle" -> "bottle_label". */
const char *labels_layout(const char *kind);

#endif
