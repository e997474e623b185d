#ifndef MAGISTRAL_ACT_LATE_ENTRIES_H
#define MAGISTRAL_ACT_LATE_ENTRIES_H

#include "magistral/act/batches.h"
#include "magistral/store/late_entry.h"

/* What acts share on entries that were made late. Rule: BPP 4.39, 4.40. */

/* True of an act by which what was done on paper is entered: of the bench or the laboratory. */
bool late_entries_may_be(const char *act);

/* The last entry of the journal that the person of the call made on a batch by such an act; 0 when there is none. */
ending late_entries_last(call *call, const batch *batch, int64_t *ret_sequence) MUST_CHECK;

/* Puts the late entries of a batch as a list named "late-entries"; nothing when there is none. */
ending late_entries_put(call *call, answer *to, int64_t batch) MUST_CHECK;

#endif
