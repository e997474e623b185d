/* Destroys the capsules of a refused or abandoned batch, counted: what is left, and what was sampled and not used. Of a released or
 * recalled one it counts what is left, and another person witnesses it. Rule: BPP 5.53, 6.34, 8.11. */
#include "magistral/act/destructions.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0002"},
    {"units", INPUT_COUNT, 0, NULL, "142"},
    {"reference", INPUT_TEXT, 0, NULL, "Bordereau de destruction BD-2026-007"},
    {0},
};

static ending run(call *call)
{
    batch batch = {0};
    batch_making making = {0};
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    if (text_equal(batch.state, "released") || text_equal(batch.state, "recalled"))
        return destructions_propose(call, &batch);
    TRY(batches_making(call, &batch, &making));
    TRY(batches_check_settled(call, &batch, &making));
    put_link(call->done, "batch", "batch", batch.number);
    TRY(batches_destroy_capsules(call, &batch, &making));
    batch.state = "destroyed";
    batch.destroyed_units = call_integer(call, "units");
    batch.destroyed_by = call->person.id;
    batch.destroyed_at = call->now;
    batch.destruction_reference = call_text(call, "reference");
    TRY(store_update(call->store, &BATCH_DESTROY, &batch));
    put_state(call->done, "state", batch.state);
    return DONE;
}

const act batch_destroy_act = {.name = "batch destroy", .right = RIGHT_MAKE, .inputs = inputs, .states = "refused|abandoned|released|recalled", .run = run};
