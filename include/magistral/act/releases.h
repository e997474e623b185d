#ifndef MAGISTRAL_ACT_RELEASES_H
#define MAGISTRAL_ACT_RELEASES_H

#include "magistral/act/amendments.h"
#include "magistral/act/results.h"
#include "magistral/domain/release.h"
#include "magistral/store/deviation.h"

/* The review of a batch before its decision: what is recorded against what its frozen formula expects. Rule: BPP 6.68. */
typedef struct review {
    batch batch;
    formula_content formula;
    batch_making making;
    deviation *deviations;
    result_line *results;
    reconciliation *reconciliations;
    amendment_line *amendments;
    release_record record;
    release_block *blocks;
    size_t deviation_count, result_count, reconciliation_count, block_count, amendment_count;
} review;

/* Reads the whole record of a batch and decides what blocks its release. */
ending releases_review(call *call, const batch *batch, review *ret_review) MUST_CHECK;

/* How often the person of the call took part in a batch: PART_OPERATED, PART_CONTROLLED or PART_VERIFIED. */
ending releases_parts(call *call, const query *query, const batch *batch, int64_t *ret_parts) MUST_CHECK;

/* What the person of the call had to do with a batch, for release_right_of(); no reason is given yet. */
ending releases_person(call *call, const batch *batch, release_person *ret_person) MUST_CHECK;

/* Refuses whoever may not release the batch: an operator (RELEASE-30), who controlled it (RELEASE-31), or with a reason alone that is
 * not given (RELEASE-32). DONE also when it refused. Rule: BPP 6.18. */
ending releases_check_person(call *call, const batch *batch, bool *ret_controller) MUST_CHECK;

/* Puts what blocks the release into a list named "blocks": rule, sentence, way out, link. */
void releases_put_blocks(call *call, answer *to, const review *review);

/* Puts what deviated into a list named "exceptions": what a pharmacist reviews before deciding. */
ending releases_put_exceptions(call *call, answer *to, const review *review) MUST_CHECK;

/* The same in the site's language: what a decision signs and what its papers print. */
ending releases_put_exceptions_of_site(call *call, answer *to, const review *review) MUST_CHECK;
/* One exception more. */
void releases_put_exception(call *call, answer *list, const char *kind, const char *link_kind, const char *number, const char *text);

/* The reason proposed for a refusal, in the site's language, from the results that do not comply or are not concluded; NULL when
 * there is none. */
ending releases_proposal(call *call, const review *review, const char **ret_text) MUST_CHECK;

/* Records the signed decision with the exceptions reviewed and the journal's head, changes the batch's state, and makes the
 * labels of its former state void. Rule: BPP 4.42, 6.69. */
ending releases_decide(call *call, const review *review, const char *kind, const char *state, answer *exceptions) MUST_CHECK;

#endif
