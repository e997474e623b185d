/* Abandons a batch that was started: everything taken is accounted for, and what is left of powder and shells is destroyed.
 * Rule: BPP 5.12, 5.53. */
#include "magistral/act/batches.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"reason", INPUT_TEXT, 0, NULL, "Panne de la hotte pendant le mélange"},
    {0},
};

static ending run(call *call)
{
    batch batch = {0};
    batch_making making = {0};
    bool pharmacist = false;
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    TRY(call_is_pharmacist(call, &pharmacist));
    if (batch.held && !pharmacist)
        return call_refuse(call, "BATCH-03", "batch", "batch", batch.number, NULL);
    TRY(batches_making(call, &batch, &making));
    TRY(batches_check_settled(call, &batch, &making));
    put_link(call->done, "batch", "batch", batch.number);
    TRY(batches_destroy_left(call, &batch, &making));
    batch.state = "abandoned";
    TRY(store_update(call->store, &BATCH_END, &batch));
    put_state(call->done, "state", batch.state);
    return DONE;
}

const act batch_abandon_act = {.name = "batch abandon", .right = RIGHT_MAKE, .inputs = inputs, .states = "in-preparation|quarantine", .run = run};
