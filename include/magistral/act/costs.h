#ifndef MAGISTRAL_ACT_COSTS_H
#define MAGISTRAL_ACT_COSTS_H

#include "magistral/act/call.h"
#include "magistral/domain/cost.h"
#include "magistral/store/batch.h"
#include "magistral/store/cost.h"

/* Micro-euro: no declaration is of more. */
#define MOST_AMOUNT INT64_C(100000000000000)

/* What acts on rates, declarations and the cost price share. */

/* Finds the batch named by the input `batch`, for a declaration: refused when there is none (BATCH-01), when it was cancelled
 * (COST-03) and when its sheet is frozen (COST-02). */
ending costs_open_batch(call *call, batch *ret_batch) MUST_CHECK;

/* Refuses (COST-04) when the input `field` names no rate of this kind. */
ending costs_check_rate(call *call, const char *field, const char *kind) MUST_CHECK;

/* Refuses (COST-09) when the money in the input `field` is not above 0, or is a slip of the keyboard. */
void costs_check_amount(call *call, const char *field);

/* How much of a lot can be used: received less the samples taken for its own control and kept of it, in the unit of the
 * material ("(250 g - 20 g)"); false when nothing is left to bear anything. */
bool costs_usable(arena *arena, const lot_analysis_sum *lot, const char *unit, ratio *ret_usable, const char **ret_words);

/* The parts of a cost price, in the order of the sheet. */
enum { COST_PARTS = 5 };
extern const char *const cost_parts[COST_PARTS];

/* A cost price as it is computed from what the batch consumed. */
typedef struct cost_draft {
    cost_line *lines;
    figure *amounts; /* of the lines */
    size_t count, room;
    figure parts[COST_PARTS];
    figure exact;
    money total;
    int64_t dispensable;
    const char *rates_of;
} cost_draft;

/* Computes the cost price of a batch. Rule: every input at what was really paid or declared: materials at the price of the lots
 * really used, discarded weighings included, and where the site's setting lot-analysis-amortised is on what their own analyses
 * cost, by usable gram; time, hours and overhead at the rates in force on the day of making. Refused
 * (COST-05) when a rate declared is not in force on that day. */
ending costs_compute(call *call, const batch *batch, cost_draft *ret_draft) MUST_CHECK;

/* A sum of euro for people: exact, at least two places. */
const char *costs_euro(arena *arena, ratio euros);

/* What the dispensings of a batch took and were charged so far, cancelled ones apart. */
ending costs_charged(call *call, int64_t batch, int64_t *ret_units, money *ret_charged) MUST_CHECK;

/* Puts the cost price of a batch into an object: sections with their lines and computations, cost, charges so far, balance;
 * as frozen, or as it would be now (ret_sheet->id is 0 then). On paper a section has its lines in groups, each with a heading. */
ending costs_put(call *call, const batch *batch, bool on_paper, cost_sheet *ret_sheet, answer *to) MUST_CHECK;

#endif
