#ifndef MAGISTRAL_ACT_REATTRIBUTIONS_H
#define MAGISTRAL_ACT_REATTRIBUTIONS_H

#include "magistral/act/call.h"
#include "magistral/store/batch.h"
#include "magistral/store/reattribution.h"
#include "magistral/store/request.h"

/* What a batch is still to give to one of its requests: never below 0, never beyond what is prescribed. */
int64_t share_left(const share *share);

/* Capsules that a request lacks: prescribed, less what was dispensed to it and what waits for it by reattribution. */
ending reattributions_lacking(call *call, const request *request, int64_t *ret_units) MUST_CHECK;

/* Capsules of a batch that are here and of nobody (`here`), those of them that its accepted requests wait for (`reserved`), and what its
 * ended requests did not get (`given_up`). */
typedef struct batch_free {
    int64_t here, reserved, given_up;
} batch_free;
ending reattributions_free(call *call, const batch *batch, batch_free *ret_free) MUST_CHECK;

/* Capsules of a batch that one of its requests can still get: its share, less what is not here any more of all the shares together and
 * is not made again by a later batch, or by `made_again`, capsules of a plan that is being made. */
ending reattributions_serve(call *call, int64_t batch, int64_t request, int64_t made_again, int64_t *ret_units) MUST_CHECK;

/* Puts the list "reattributions" of a batch, or of a request, where there are any. */
ending reattributions_put(call *call, answer *to, const batch *batch, const request *request) MUST_CHECK;

#endif
