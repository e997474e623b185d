#ifndef MAGISTRAL_ACT_BATCHES_H
#define MAGISTRAL_ACT_BATCHES_H

#include "magistral/act/call.h"
#include "magistral/act/formulas.h"
#include "magistral/store/batch.h"
#include "magistral/store/sample.h"
#include "magistral/store/weighing.h"

/* What acts on batches share: finding one, its state, its frozen formula, what was done at the bench. */

/* Finds a batch by the number in the input `field`; refused (BATCH-01) when there is none. */
ending batches_find(call *call, const char *field, batch *ret_batch) MUST_CHECK;

/* The same, in one of `states` (words separated by |), else refused (BATCH-02). */
ending batches_find_in(call *call, const char *field, const char *states, batch *ret_batch) MUST_CHECK;

/* Refuses a batch on hold (BATCH-03): nothing goes on until a pharmacist lifts it; and one that is suspended (INTERRUPTION-07): nothing
 * goes on until it is resumed; and who approved its formula alone in an emergency (EMERGENCY-05). DONE also when it refused: what else is wrong is told with it. */
ending batches_check_under_way(call *call, const char *field, const batch *batch) MUST_CHECK;

/* Refuses (INTERRUPTION-08) what is made behind an interruption before the line is cleared anew. DONE also when it refused. Rule: BPP 5.35. */
ending batches_check_cleared_again(call *call, const char *field, const batch *batch) MUST_CHECK;

/* Refuses (BATCH-04) when the person of the call is the first person: a second person verifies. Rule: BPP 5.44. */
void batches_check_second_person(call *call, const char *field, int64_t first_person);

/* True when the state is one that ends the use of a batch: recalled, refused, cancelled, abandoned or destroyed. */
bool batch_fell(const char *state);

/* The state of a batch today, as everybody is told it: "expired" and "held-by-recall" among them. */
ending batches_state(call *call, int64_t batch, const char **ret_state) MUST_CHECK;

/* The formula version that the batch was planned from, frozen since its approval. */
ending batches_formula(call *call, const batch *batch, formula_content *ret_content) MUST_CHECK;

/* The frozen JSON copy of that version, as an answer tree (what formulas_put() wrote when the batch was planned). */
ending batches_frozen(call *call, const batch *batch, answer **ret_formula) MUST_CHECK;

/* The last line clearance of a phase ("making", "packaging") of a batch, behind the last interruption of that phase. */
ending batches_clearance(call *call, const batch *batch, const char *phase, clearance *ret_clearance, bool *ret_found) MUST_CHECK;
/* Whether the line was cleared for a phase ("making" or "packaging"). */
ending batches_line_cleared(call *call, const batch *batch, const char *phase, bool *ret_cleared) MUST_CHECK;

/* What was done at the bench, in order. */
typedef struct batch_making {
    weighing_line *weighings;
    issue_line *issues;
    step_record *steps;
    loss *losses;
    sample_line *samples;
    bottle *bottles;
    size_t weighing_count, issue_count, step_count, loss_count, sample_count, bottle_count;
} batch_making;

ending batches_making(call *call, const batch *batch, batch_making *ret_making) MUST_CHECK;

/* Sums over what was done: losses of a kind; sampled units; units issued of a material kind or component, verified or not. */
int64_t making_lost(const batch_making *making, const char *kind);
int64_t making_sampled(const batch_making *making);
int64_t making_issued(const batch_making *making, const char *material_kind, bool verified);

/* Capsules in bulk: filled - sampled - rejected - lost. */
int64_t making_left(const batch *batch, const batch_making *making);

/* Powder in hand before filling: weighed and verified - residue - spilled. */
int64_t making_powder_left(const batch_making *making);

/* True when a sample with these destinations serves the control of this code. */
bool sample_serves(const char *destinations, const char *code);
/* Units of a sample that are there: as many as the laboratory received, or were drawn, less those used or gone. */
int64_t sample_left(const sample_line *sample);

/* Shells in hand: issued and verified - filled - defective - destroyed - returned to the stock. */
ending batches_shells_left(call *call, const batch *batch, const formula_content *formula, const batch_making *making, int64_t *ret_left) MUST_CHECK;

/* Shells that went back to the stock. */
ending batches_shells_returned(call *call, const batch *batch, const formula_content *formula, int64_t *ret_returned) MUST_CHECK;

/* True when a step of the formula is recorded. */
bool making_has_step(const batch_making *making, int64_t step);
/* The first step of the formula that is not recorded, NULL when all are. */
const formula_step *making_next_step(const formula_content *formula, const batch_making *making);

/* Before a batch ends without use: every weighing is verified or discarded (BATCH-31), every issue verified (BATCH-22), every
 * label printed is settled (BATCH-33). */
ending batches_check_settled(call *call, const batch *batch, const batch_making *making) MUST_CHECK;

/* Destroys the powder and the shells that the batch still holds: losses, with the input "reason" as their cause. */
ending batches_destroy_left(call *call, const batch *batch, const batch_making *making) MUST_CHECK;

/* Destroys the capsules that are left, as many as the input "units" says, else refused (BATCH-32): in bulk or in bottles, the
 * reserve that no second stage used, the samples of controls that were not begun. */
ending batches_destroy_capsules(call *call, const batch *batch, const batch_making *making) MUST_CHECK;

/* How many of a packaging article are out for a batch: issued, less what was given back; 0 of any other component. */
ending batches_articles_out(call *call, const batch *batch, const formula_component_line *component, const batch_making *making, int64_t *ret_out) MUST_CHECK;

/* Computes the expiry of a batch and its cause into `batch`; its formula, with its values, comes back. It may lie before the day of making, when a
 * lot's date was entered wrongly. */
ending batches_find_expiry(call *call, const formula_content *formula, const batch_making *making, batch *batch, const char **ret_formula) MUST_CHECK;

/* Puts what limits the expiry: its cause ("by-stability", "by-expiry", ...) and the lot or container, where one limits it. */
void batches_put_expiry_cause(answer *to, const batch *batch);
/* The same in words for a paper; "" before filling. */
const char *batches_expiry_words(arena *arena, language language, const batch *batch);

/* Puts everything recorded about making and packaging into an object. */
ending batches_put(call *call, answer *to, const batch *batch) MUST_CHECK;

#endif
