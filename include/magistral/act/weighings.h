#ifndef MAGISTRAL_ACT_WEIGHINGS_H
#define MAGISTRAL_ACT_WEIGHINGS_H

#include "magistral/act/batches.h"
#include "magistral/act/lots.h"
#include "magistral/domain/figure.h"
#include "magistral/domain/quantity.h"
#include "magistral/store/equipment.h"

/* What acts on weighings and issues share. */

/* Reads the inputs tare, gross and net of a weighing on its balance; net and gross agree, or are refused (WEIGHING-15 to -17, -19, -20). What
 * is not given stays as it stands in the weighing. */
ending weighings_read(call *call, const equipment *balance, weighing *weighing) MUST_CHECK;

/* True when the net mass is within the weighing's own limits. */
bool weighings_within(const weighing *weighing);

/* More left a container than its movements held: what was read stays, and a deviation on the container opens for a pharmacist to decide;
 * it says nothing about the weighing's tolerance. */
ending weighings_note_negative(call *call, const batch *batch, const weighing *weighing, const char *container) MUST_CHECK;

/* How far the weighing of a component is. */
typedef struct component_need {
    ratio total;    /* due of the component in all, g: of a dose its pure active, else its mass */
    ratio taken;    /* of it, verified so far */
    bool complete;  /* within the tolerance of the total, or a pharmacist accepted what was weighed */
    bool pending;   /* a weighing is open, or recorded and not verified */
    const char *pending_number;
} component_need;

/* Finds a weighing by its number in the input `field`; refused (WEIGHING-01) when there is none. */
ending weighings_find(call *call, const char *field, weighing *ret_weighing, batch *ret_batch) MUST_CHECK;

/* How far a component weighed by mass is. The filler's total is what the others, really weighed, leave of the content. */
ending weighings_need(call *call, const batch *batch, const formula_content *formula, const batch_making *making,
                      const formula_component_line *component, component_need *ret_need) MUST_CHECK;

/* The first component weighed by mass that is not complete, or that waits for its verification; NULL when all are ready.
 * `but` is passed over. */
ending weighings_first_unready(call *call, const batch *batch, const formula_content *formula, const batch_making *making,
                               const formula_component_line *but, const formula_component_line **ret_component) MUST_CHECK;

/* The fraction of active substance in a lot, as fixed at its acceptance; false when it was not. */
bool weighings_lot_purity(arena *arena, const lot *lot, figure *ret_purity);

/* The mass due of what is left, from a lot of this purity, in g, with its formula. */
ending weighings_due(call *call, const batch *batch, const formula_content *formula, const batch_making *making,
                     const formula_component_line *component, const figure *purity, figure *ret_due) MUST_CHECK;

/* Checks the container scanned for a component: of its material (WEIGHING-05), usable today, first to expire unless the input
 * "reason" says why another is taken (WEIGHING-06). A wrong or unusable one is a near miss. */
ending weighings_check_container(call *call, const char *field, const formula_component_line *component, const container *container,
                                 const lot *lot) MUST_CHECK;

/* Checks that the container scanned again is the one that was taken (WEIGHING-18); another one is a near miss. */
ending weighings_check_same_container(call *call, const char *field, int64_t container_id) MUST_CHECK;

/* Refuses (WEIGHING-07) unless the person has looked at the substance and the label: both inputs say yes. Rule: BPP 5.39. */
void weighings_check_seen(call *call);

/* The deviation on a subject, decided "accepted" since its last amendment: its id, ABSENT when there is none. */
ending weighings_accepted_deviation(call *call, int64_t batch, const char *subject, int64_t *ret_deviation) MUST_CHECK;

/* Decimals of a gram that a balance of this readability (ng) shows. */
int weighings_places(int64_t readability);

/* How far a net mass (ng) is from the mass due (decimal grams), in percent. */
figure weighings_deviation(arena *arena, const char *due, int64_t net);

/* Puts the row of a weighing in a list. */
ending weighings_put_row(call *call, answer *row, const weighing_line *line) MUST_CHECK;

/* Puts a weighing with its figures into an object. */
ending weighings_put(call *call, answer *to, const weighing_line *line) MUST_CHECK;

#endif
