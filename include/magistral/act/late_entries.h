#ifndef MAGISTRAL_ACT_LATE_ENTRIES_H
#define MAGISTRAL_ACT_LATE_ENTRIES_H

#include "magistral/act/batches.h"
#include "magistral/store/late_entry.h"

/* What acts share on entries that were made late. Rule: BPP 4.39, 4.40. */

/* True of an act by which what was done on paper is entered: of the bench or the laboratory. */
bool late_entries_may_be(const char *act);

/* The last entry of the journal that the person of the call made on a batch by such an act; 0 when there is none. */
ending late_entries_last(call *call, const batch *batch, int64_t *ret_sequence) MUST_CHECK;

/* Refuses a late entry, made by `act` at `entered_at`, that was not done before it was entered (LATE-04), was done before its batch was planned
 * or its form printed (LATE-08, -12), names a form that it cannot be on (LATE-09 to -11; not the `same_form` as before), or would make a packaged batch another day (LATE-13). */
ending late_entries_check(call *call, const batch *batch, const char *act, const char *entered_at, const char *done_at, const char *form, bool same_form) MUST_CHECK;

/* A batch that was begun on another day than it was entered was made on that day: its expiry is counted from there. */
ending late_entries_make_on(call *call, batch *batch, const char *done_at) MUST_CHECK;

/* Puts the late entry that made a thing of this kind and number, as "late-entry"; nothing when none did. */
ending late_entries_put_of(call *call, answer *to, const char *kind, const char *number) MUST_CHECK;

/* Puts the late entries of a batch as a list named "late-entries", and marks each row of what was made, in the lists that stand in `to`
 * already, by the number of its own ("late-entry"); nothing when there is none. */
ending late_entries_put(call *call, answer *to, const batch *batch) MUST_CHECK;

#endif
