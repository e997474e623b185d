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

ending batches_overdue(call *call, const batch *batch, control_overdue *ret_overdue, bool *ret_found)
{
    *ret_found = false;
    if (!text_equal(batch->state, "released"))
        return DONE;
    return store_find(call->store, &CONTROL_OVERDUE, (&(control_overdue){.batch = batch->id, .day = call->today}), call->arena, ret_overdue,
                      ret_found);
}

ending batches_is_held(call *call, const batch *batch, bool *ret_held)
{
    control_overdue overdue = {0};
    bool found = false;
    TRY(batches_overdue(call, batch, &overdue, &found));
    *ret_held = batch->held == 1 || found;
    return DONE;
}

ending batches_put_holds(call *call, const batch *batch, answer *list)
{
    decision_line *decisions = NULL;
    size_t count = 0, first = 0;
    TRY(store_list(call->store, &DECISIONS_OF, (&(decision){.batch = batch->id}), call->arena, &decisions, &count));
    for (size_t i = 0; i < count; i++)
        if (text_equal(decisions[i].kind, "lift"))
            first = i + 1;
    for (size_t i = first; i < count; i++) {
        if (!text_equal(decisions[i].kind, "hold"))
            continue;
        answer *row = add_object(list);
        put_text(row, "reason", decisions[i].reason);
        put_text(row, "name", decisions[i].name);
        put_instant(row, "at", decisions[i].at);
    }
    return DONE;
}
