/* A pharmacist lifts a hold, with the reason. Rule: BPP 6.68, 6.69. */
#include "magistral/act/batches.h"
#include "magistral/act/holds.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"reason", INPUT_TEXT, 0, NULL, "Température restée entre 15 et 25 °C d'après l'enregistreur"},
    {0},
};

static ending run(call *call)
{
    batch batch = {0};
    TRY(batches_find(call, "batch", &batch));
    if (!batch.held)
        return call_refuse(call, "BATCH-30", "batch", "batch", batch.number, NULL);
    TRY(batches_hold(call, &batch, call_text(call, "reason"), false));
    put_link(call->done, "batch", "batch", batch.number);
    put_truth(call->done, "held", false);
    return DONE;
}

const act batch_lift_act = {.name = "batch lift", .right = RIGHT_LIFT_HOLD, .signed_act = true, .inputs = inputs, .run = run};
