#ifndef MAGISTRAL_ACT_RECONCILIATIONS_H
#define MAGISTRAL_ACT_RECONCILIATIONS_H

#include "magistral/act/batches.h"

/* What the acts that reconcile a batch share. A kind is "powder", "shells", "capsules" or "labels"; several are separated by |. */

/* The edition in force of a kind: 1 when it was reconciled once, 0 when it was not. */
ending reconciliations_edition(call *call, const batch *batch, const char *kind, int64_t *ret_edition) MUST_CHECK;

/* Reconciles the kinds, each as its next edition, and puts every figure in a list "figures"; one outside its limit opens a deviation.
 * Refused (BATCH-26) when the powder is wanted and the laboratory has no mean mass. Rule: BPP 5.12, 4.40, 5.59. */
ending reconciliations_make(call *call, const batch *batch, const char *kinds) MUST_CHECK;

/* The weighing that powder waits for, the issue that shells wait for: not verified, it is in no figure. NULL when nothing waits. Rule: BPP 5.44. */
const char *reconciliations_waits(const batch_making *making, const char *kind);

/* The same, behind an amendment, of those of the kinds that were reconciled already; the former edition stays. Nothing when none was. What
 * waits for a second person (reconciliations_waits) is reconciled again once the last of it is verified. */
ending reconciliations_again(call *call, const batch *batch, const char *kinds) MUST_CHECK;

#endif
