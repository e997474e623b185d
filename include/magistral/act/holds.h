#ifndef MAGISTRAL_ACT_HOLDS_H
#define MAGISTRAL_ACT_HOLDS_H

#include "magistral/act/call.h"
#include "magistral/store/batch.h"

/* Puts a batch on hold or lifts the hold, with the decision and its reason, in the name of the person of the call. Also for the program
 * itself: a control due after release that is overdue or fails holds the batch at once. */
ending batches_hold(call *call, const batch *batch, const char *reason, bool hold) MUST_CHECK;

#endif
