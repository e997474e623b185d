/* How a batch ends without use, refused, abandoned or destroyed: what was weighed, counted and printed for it is accounted for.
 * Rule: BPP 5.12, 5.53, 5.59. */
#include <string.h>

#include "magistral/act/materials.h"
#include "magistral/act/results.h"
#include "magistral/domain/figure.h"
#include "magistral/store/document.h"
#include "magistral/store/laboratory_order.h"

static ending check_labels(call *call, const batch *batch)
{
    label *labels = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &LABEL_OF_BATCH, (&(label){.batch = batch->id}), call->arena, &labels, &count));
    for (size_t i = 0; i < count; i++)
        if (text_equal(labels[i].state, "printed"))
            call_refuse(call, "BATCH-39", "batch", "label", labels[i].number, NULL);
    return DONE;
}

ending batches_check_settled(call *call, const batch *batch, const batch_making *making)
{
    for (size_t i = 0; i < making->weighing_count; i++)
        if (text_equal(making->weighings[i].state, "open") || text_equal(making->weighings[i].state, "recorded"))
            call_refuse(call, "BATCH-31", "batch", "weighing", making->weighings[i].number, NULL);
    for (size_t i = 0; i < making->issue_count; i++)
        if (making->issues[i].verified_by == ABSENT)
            call_refuse(call, "BATCH-22", "batch", "issue", making->issues[i].number, NULL);
    TRY(check_labels(call, batch));
    return call_ending(call);
}

static ending destroy(call *call, const batch *batch, const char *kind, int64_t quantity, const char *unit)
{
    if (quantity <= 0)
        return DONE;
    loss made = {.batch = batch->id, .kind = kind, .quantity = quantity, .cause = call_text(call, "reason"),
                 .person = call->person.id, .at = call->now};
    TRY(store_insert(call->store, &LOSS_INSERT, &made));
    put_quantity(call->done, text_equal(unit, "mass") ? "powder-destroyed" : "shells-destroyed", quantity, unit);
    return DONE;
}

/* Before filling all powder and shells are left; after it, the shells that were not filled. */
ending batches_destroy_left(call *call, const batch *batch, const batch_making *making)
{
    formula_content formula = {0};
    int64_t shells = 0;
    TRY(batches_formula(call, batch, &formula));
    TRY(batches_shells_left(call, batch, &formula, making, &shells));
    if (batch->filled == ABSENT)
        TRY(destroy(call, batch, "powder-residue", making_powder_left(making), "mass"));
    return destroy(call, batch, "shells-destroyed", shells, "count");
}

/* A control has used its capsules once its result is opened. */
static bool is_used(const sample_line *sample, const result_line *results, size_t count, const formula_content *formula)
{
    for (size_t i = 0; i < count; i++) {
        const formula_control *control = formulas_control(formula, results[i].code);
        if (sample_serves(sample->destinations, results[i].code) || (control && control->shares && sample_serves(sample->destinations, control->shares)))
            return true;
    }
    return false;
}

/* What an outside laboratory was sent is there. */
static bool is_sent(const sample_line *sample, const laboratory_order_line *orders, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (orders[i].sample == sample->id && !text_equal(orders[i].state, "cancelled"))
            return true;
    return false;
}

static ending capsules_left(call *call, const batch *batch, const batch_making *making, figure *ret_left)
{
    formula_content formula = {0};
    result_line *results = NULL;
    laboratory_order_line *orders = NULL;
    size_t count = 0, order_count = 0;
    int64_t bulk = batch->conforming != ABSENT ? batch->conforming : making_left(batch, making), reserve = 0, unused = 0;
    for (size_t i = 0; i < making->bottle_count; i++)
        bulk -= making->bottles[i].ended ? making->bottles[i].units : 0; /* lost or broken: none is opened before the release */
    TRY(batches_formula(call, batch, &formula));
    TRY(store_list(call->store, &RESULTS_OF, (&(result){.batch = batch->id}), call->arena, &results, &count));
    TRY(store_list(call->store, &LABORATORY_ORDERS_OF, (&(laboratory_order_line){.batch = batch->id}), call->arena, &orders, &order_count));
    for (size_t i = 0; i < making->sample_count; i++) {
        const sample_line *sample = &making->samples[i];
        if (text_equal(sample->purpose, "reserve"))
            reserve += sample_left(sample);
        else if (!is_used(sample, results, count, &formula) && !is_sent(sample, orders, order_count))
            unused += sample_left(sample);
    }
    *ret_left = figure_of(call->arena, ratio_whole(bulk + reserve + unused), NULL, unused > 0 ? "%lld + %lld + %lld" : "%lld + %lld",
                          (long long)bulk, (long long)reserve, (long long)unused);
    return DONE;
}

ending batches_destroy_capsules(call *call, const batch *batch, const batch_making *making)
{
    figure left = {0};
    TRY(capsules_left(call, batch, making, &left));
    if (ratio_compare(ratio_whole(call_integer(call, "units")), left.value) != 0)
        return call_refuse(call, "BATCH-32", "units", "due", left.text, "formula", left.formula, NULL);
    for (size_t i = 0; i < making->bottle_count; i++)
        if (!making->bottles[i].destroyed && !making->bottles[i].ended)
            TRY(store_update(call->store, &BOTTLE_DESTROY, &making->bottles[i]));
    put_figure(call->done, "destroyed", left.text, NULL, left.formula);
    return DONE;
}
