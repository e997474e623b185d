#ifndef MAGISTRAL_ACT_INTERRUPTIONS_H
#define MAGISTRAL_ACT_INTERRUPTIONS_H

#include "magistral/act/batches.h"
#include "magistral/store/interruption.h"

/* What acts share on work that was interrupted. Rule: BPP 5.34, 5.51. */

/* The interruption of a batch that is under way; its id is 0 when work goes on. */
ending interruptions_under_way(call *call, const batch *batch, interruption *ret_interruption) MUST_CHECK;

/* The portions that wait in containers of their own: weighed, not discarded, and nothing made of the powder since. */
ending interruptions_portions(call *call, const batch *batch, const char ***ret_numbers, size_t *ret_count) MUST_CHECK;

/* How long it lasted, in words ("1 h 25 min"); until now when it lasts. */
const char *interruptions_duration(call *call, const char *from, const char *to);

/* The same of an interruption; of a batch that ended meanwhile nobody resumed it: it has no length. */
const char *interruptions_lasted(call *call, const interruption_line *line);

/* Puts the interruptions of a batch as a list named "interruptions"; nothing when there is none. */
ending interruptions_put(call *call, answer *to, int64_t batch) MUST_CHECK;

/* The same as its record prints them. */
ending interruptions_put_record(call *call, answer *record, int64_t batch) MUST_CHECK;

#endif
