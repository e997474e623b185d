#ifndef MAGISTRAL_ACT_HOLDS_H
#define MAGISTRAL_ACT_HOLDS_H

#include "magistral/act/call.h"
#include "magistral/store/batch.h"
#include "magistral/store/lot.h"

/* Puts a batch on hold or lifts the hold, with the decision and its reason, in the name of the person of the call. Also for the program
 * itself: a control due after release that is overdue or fails holds the batch at once. */
ending batches_hold(call *call, const batch *batch, const char *reason, bool hold) MUST_CHECK;

/* Puts every unfinished batch that holds something of a recalled lot on hold, in the act that recalls it, and lists them in the
 * answer; one already on hold gets the further reason. Rule: BPP 8.09 to 8.11. */
ending batches_hold_for_lot(call *call, const lot *lot) MUST_CHECK;

#endif
