/* Cancels a batch that was never started; its requests are free again. */
#include "magistral/act/batches.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"reason", INPUT_TEXT, 0, NULL, "Traitement arrêté avant la préparation"},
    {0},
};

static ending run(call *call)
{
    batch batch = {0};
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    batch.state = "cancelled";
    TRY(store_update(call->store, &BATCH_END, &batch));
    put_link(call->done, "batch", "batch", batch.number);
    put_state(call->done, "state", batch.state);
    return DONE;
}

const act batch_cancel_act = {.name = "batch cancel", .right = RIGHT_PLAN_BATCHES, .inputs = inputs, .states = "planned", .run = run};
