#include "magistral/act/holds.h"

#include <string.h>

#include "magistral/act/papers.h"
#include "magistral/act/results.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/day.h"
#include "magistral/store/deviation.h"

/* A hold is not signed: what stands for its meaning says who asks for it. */
static ending decide(call *call, const batch *batch, const char *reason, bool hold, int64_t lot)
{
    struct batch changed = *batch;
    changed.held = hold;
    decision made = {.batch = batch->id, .kind = hold ? "hold" : "lift", .lot = lot, .reason = reason, .exceptions = "[]",
                     .person = call->person.id, .at = call->now,
                     .meaning = call->meaning ? call->meaning : catalogue_word(call->site_language, "hold.", "unsigned")};
    TRY(journal_head(call->store, call->arena, &made.sequence, &made.head));
    if (batch->held != changed.held)
        TRY(store_update(call->store, &BATCH_HOLD, &changed));
    return store_insert(call->store, &DECISION_INSERT, &made);
}

ending batches_hold(call *call, const batch *batch, const char *reason, bool hold)
{
    return decide(call, batch, reason, hold, ABSENT);
}

ending batches_hold_for_lot(call *call, const lot *lot)
{
    batch *batches = NULL;
    size_t count = 0;
    refusal_value values[] = {{"lot", lot->number}, {"reason", lot->recall_reason}};
    const char *reason = catalogue_fill(call->arena, call->site_language, "hold.recalled-lot", values, 2);
    TRY(store_list(call->store, &BATCHES_WITH_LOT, lot, call->arena, &batches, &count));
    answer *list = put_list(call->done, "batches");
    for (size_t i = 0; i < count; i++) {
        TRY(decide(call, &batches[i], reason, true, lot->id));
        call_concerns(call, "batch", batches[i].number);
        answer *row = add_object(list);
        put_link(row, "batch", "batch", batches[i].number);
        put_state(row, "before", batches[i].held ? "held" : batches[i].state);
        put_state(row, "state", "held-by-recall");
    }
    return DONE;
}

/* The days within which a control is due count from the signed release. */
static ending release_day(call *call, const batch *batch, const char **ret_day)
{
    decision_line *decisions = NULL;
    size_t count = 0;
    *ret_day = NULL;
    TRY(store_list(call->store, &DECISIONS_OF, (&(decision){.batch = batch->id}), call->arena, &decisions, &count));
    for (size_t i = 0; i < count; i++)
        if (text_equal(decisions[i].kind, "release"))
            *ret_day = papers_day_of(call, decisions[i].at);
    return DONE;
}

static bool has_complied(const result_line *results, size_t count, const formula_control *control)
{
    for (size_t i = 0; i < count; i++)
        if (results[i].control == control->id && text_equal(results[i].state, "verified") && text_equal(results[i].verdict, "complies"))
            return true;
    return false;
}

ending batches_overdue(call *call, const batch *batch, const formula_control **ret_control, const char **ret_day)
{
    formula_content formula = {0};
    result_line *results = NULL;
    size_t count = 0;
    const char *released = NULL;
    *ret_control = NULL;
    if (!text_equal(batch->state, "released"))
        return DONE;
    TRY(batches_formula(call, batch, &formula));
    TRY(store_list(call->store, &RESULTS_OF, (&(result){.batch = batch->id}), call->arena, &results, &count));
    TRY(release_day(call, batch, &released));
    for (size_t i = 0; i < formula.control_count && released && !*ret_control; i++) {
        const formula_control *control = &formula.controls[i];
        const char *last = control->within_days == ABSENT ? NULL : day_after(call->arena, released, control->within_days);
        if (last && strcmp(last, call->today) < 0 && !has_complied(results, count, control)) {
            *ret_control = control;
            *ret_day = last;
        }
    }
    return DONE;
}

ending batches_is_held(call *call, const batch *batch, bool *ret_held)
{
    const formula_control *overdue = NULL;
    const char *day = NULL;
    TRY(batches_overdue(call, batch, &overdue, &day));
    *ret_held = batch->held == 1 || overdue;
    return DONE;
}
