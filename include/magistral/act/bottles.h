#ifndef MAGISTRAL_ACT_BOTTLES_H
#define MAGISTRAL_ACT_BOTTLES_H

#include "magistral/act/batches.h"
#include "magistral/store/bottle.h"
#include "magistral/store/dispensing.h"

/* What acts on bottles share. */

/* Finds the bottle in the input `bottle`, with what holds it, and its batch, which the act then concerns; refused (BOTTLE-01) when there is
 * none. */
ending bottles_find(call *call, taken_bottle *ret_bottle, batch *ret_batch) MUST_CHECK;

/* Refuses a bottle whose capsules are not here and of nobody: destroyed (BOTTLE-02), opened, lost or broken (BOTTLE-03), or of a
 * dispensing that is not cancelled (BOTTLE-04). */
void bottles_check_here(call *call, const taken_bottle *bottle);

/* The bottle's state beside that of its batch: "opened", "lost", "broken", "destroyed", "to-be-verified", or NULL. */
ending bottles_state(call *call, const bottle *bottle, const char **ret_state) MUST_CHECK;

/* Puts the lists "openings" and "bottle-losses" of a batch, where there are any. */
ending bottles_put(call *call, answer *to, const batch *batch) MUST_CHECK;
/* The same for the batch record: "openings", beside its packaging. */
ending bottles_put_record(call *call, answer *record, const batch *batch) MUST_CHECK;

#endif
