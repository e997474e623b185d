#ifndef MAGISTRAL_ACT_LOSSES_H
#define MAGISTRAL_ACT_LOSSES_H

#include "magistral/act/batches.h"

/* What the acts on losses share. */

/* True of a kind of loss that is weighed, false of one that is counted. */
bool losses_is_powder(const char *kind);

/* What there is to lose of a kind: powder verified (ng), shells in hand, capsules in bulk. */
ending losses_most(call *call, const batch *batch, const batch_making *making, const char *kind, int64_t *ret_most) MUST_CHECK;

#endif
