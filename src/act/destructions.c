#include "magistral/act/destructions.h"

#include "magistral/act/numbers.h"
#include "magistral/act/people.h"

bool destructions_takes(const taken_bottle *bottle)
{
    return !bottle->destroyed && !bottle->ended && bottle->dispensing == ABSENT;
}

static ending check_dispensings(call *call, const batch *batch)
{
    dispensing *given = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &DISPENSINGS_OF_BATCH, (&(dispensing){.batch = batch->id}), call->arena, &given, &count));
    for (size_t i = 0; i < count; i++)
        if (text_equal(given[i].state, "confirmed") || text_equal(given[i].state, "checked"))
            call_refuse(call, "BATCH-44", "batch", "dispensing", given[i].number, NULL);
    return call_ending(call);
}

ending destructions_left(call *call, const batch *batch, batch_left *ret_left)
{
    BUFFER_SCOPE buffer formula = BUFFER_EMPTY;
    batch_left left = {0};
    TRY(check_dispensings(call, batch));
    TRY(store_list(call->store, &BOTTLES_OF_BATCH, (&(taken_bottle){.batch = batch->id}), call->arena, &left.bottles, &left.count));
    for (size_t i = 0; i < left.count; i++) {
        if (!destructions_takes(&left.bottles[i]))
            continue;
        buffer_add_format(&formula, "%s%lld", left.sum > 0 ? " + " : "", (long long)left.bottles[i].units);
        left.sum += left.bottles[i].units;
    }
    if (left.sum == 0)
        return call_refuse(call, "BATCH-45", "batch", "batch", batch->number, NULL);
    left.units = figure_of(call->arena, ratio_whole(left.sum), NULL, "%s", buffer_text(&formula));
    *ret_left = left;
    return DONE;
}

/* What may still be given is not destroyed by whoever finds it in a cupboard. */
static ending check_person(call *call, const batch *batch)
{
    const char *state = NULL;
    bool pharmacist = false;
    TRY(batches_state(call, batch->id, &state));
    TRY(call_is_pharmacist(call, &pharmacist));
    if (!pharmacist && !text_equal(state, "expired") && !text_equal(state, "recalled"))
        return call_refuse(call, "BATCH-46", "as", "batch", batch->number, "state", call_word(call, "state.", state), NULL);
    return DONE;
}

static ending replace_former(call *call, const batch *batch)
{
    destruction former = {0};
    bool found = false;
    TRY(store_find(call->store, &DESTRUCTION_PROPOSED, (&(destruction){.batch = batch->id}), call->arena, &former, &found));
    former.state = "replaced";
    return found ? store_update(call->store, &DESTRUCTION_SETTLE, &former) : DONE;
}

ending destructions_propose(call *call, const batch *batch)
{
    batch_left left = {0};
    TRY(check_person(call, batch));
    TRY(destructions_left(call, batch, &left));
    if (call_integer(call, "units") != left.sum)
        return call_refuse(call, "BATCH-32", "units", "due", left.units.text, "formula", left.units.formula, NULL);
    TRY(replace_former(call, batch));
    destruction made = {.batch = batch->id, .units = left.sum, .reference = call_text(call, "reference"), .state = "proposed",
                        .counted_by = call->person.id, .counted_at = call->now, .witnessed_by = ABSENT};
    TRY(store_insert(call->store, &DESTRUCTION_INSERT, &made));
    put_link(call->done, "batch", "batch", batch->number);
    put_figure(call->done, "units", left.units.text, NULL, left.units.formula);
    put_state_of(call->done, "state", "destruction", made.state);
    return DONE;
}

ending destructions_put(call *call, answer *to, const batch *batch)
{
    destruction *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &DESTRUCTIONS_OF, (&(destruction){.batch = batch->id}), call->arena, &rows, &count));
    answer *list = put_list(to, "destructions");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_count(row, "units", rows[i].units);
        put_text(row, "reference", rows[i].reference);
        put_state_of(row, "state", "destruction", rows[i].state);
        TRY(put_person(call, row, "counted-by", rows[i].counted_by));
        put_instant(row, "counted-at", rows[i].counted_at);
        TRY(put_person(call, row, "witnessed-by", rows[i].witnessed_by));
        put_instant(row, "witnessed-at", rows[i].witnessed_at);
    }
    return DONE;
}
