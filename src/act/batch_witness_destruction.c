/* Another person sees the capsules that are left of a released batch and types how many they counted: only then are they destroyed, and
 * never dispensed again. Rule: BPP 5.53, 8.11. */
#include "magistral/act/destructions.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"units", INPUT_COUNT, 0, NULL, "112"},
    {0},
};

/* Another person, the same number, and nothing left since the first one counted. */
static ending check(call *call, const batch *batch, const destruction *counted, const batch_left *left)
{
    if (counted->counted_by == call->person.id)
        call_refuse(call, "BATCH-47", "as", "person", call->person.identifier, NULL);
    if (counted->units != left->sum)
        call_refuse(call, "BATCH-50", "batch", "batch", batch->number, NULL);
    else if (call_integer(call, "units") != counted->units)
        call_refuse(call, "BATCH-49", "units", "batch", batch->number, NULL);
    return call_ending(call);
}

static ending destroy(call *call, const batch_left *left)
{
    for (size_t i = 0; i < left->count; i++) {
        if (!destructions_takes(&left->bottles[i]))
            continue;
        TRY(store_update(call->store, &BOTTLE_DESTROY, (&(bottle){.id = left->bottles[i].id})));
        call_concerns(call, "bottle", left->bottles[i].number);
    }
    return DONE;
}

static ending run(call *call)
{
    batch batch = {0};
    destruction counted = {0};
    batch_left left = {0};
    bool found = false;
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    TRY(store_find(call->store, &DESTRUCTION_PROPOSED, (&(destruction){.batch = batch.id}), call->arena, &counted, &found));
    if (!found)
        return call_refuse(call, "BATCH-48", "batch", "batch", batch.number, NULL);
    TRY(destructions_left(call, &batch, &left));
    TRY(check(call, &batch, &counted, &left));
    counted.state = "witnessed";
    counted.witnessed_by = call->person.id;
    counted.witnessed_at = call->now;
    TRY(store_update(call->store, &DESTRUCTION_SETTLE, &counted));
    TRY(destroy(call, &left));
    put_link(call->done, "batch", "batch", batch.number);
    put_figure(call->done, "destroyed", left.units.text, NULL, left.units.formula);
    put_state_of(call->done, "state", "destruction", counted.state);
    return DONE;
}

const act batch_witness_destruction_act = {.name = "batch witness-destruction", .right = RIGHT_MAKE, .second_person = true, .inputs = inputs, .states = "released|recalled", .run = run};
