/* A batch: everything recorded about its making and packaging. */
#include "magistral/act/batches.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {0},
};

static ending run(call *call)
{
    batch batch = {0};
    TRY(batches_find(call, "batch", &batch));
    return batches_put(call, call->done, &batch);
}

const act batch_show_act = {.name = "batch show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
