#ifndef MAGISTRAL_ACT_HOLDS_H
#define MAGISTRAL_ACT_HOLDS_H

#include "magistral/act/batches.h"
#include "magistral/store/lot.h"
#include "magistral/store/result.h"

/* Puts a batch on hold or lifts the hold, with the decision and its reason, in the name of the person of the call. Also for the program
 * itself: a control due after release that is overdue or fails holds the batch at once. */
ending batches_hold(call *call, const batch *batch, const char *reason, bool hold) MUST_CHECK;

/* Puts every unfinished batch that holds something of a recalled lot on hold, in the act that recalls it, and lists them in the
 * answer; one already on hold gets the further reason. Rule: BPP 8.09 to 8.11. */
ending batches_hold_for_lot(call *call, const lot *lot) MUST_CHECK;

/* The first control due after the release of a batch whose days have passed without a verified result that complies, with its name and
 * last day. That it is overdue follows from the day, so it is computed, never stored. Rule: BPP 6.68. */
ending batches_overdue(call *call, const batch *batch, control_overdue *ret_overdue, bool *ret_found) MUST_CHECK;

/* True when a batch is on hold: put there, or by a control that is overdue. */
ending batches_is_held(call *call, const batch *batch, bool *ret_held) MUST_CHECK;

/* Adds every hold since the last lift to a list: its reason, who and when. One lift ends them all. */
ending batches_put_holds(call *call, const batch *batch, answer *list) MUST_CHECK;

#endif
