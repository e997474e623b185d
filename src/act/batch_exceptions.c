/* What deviated: what a pharmacist reviews before deciding. Rule: BPP 6.68. */
#include "magistral/act/releases.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {0},
};

static ending run(call *call)
{
    batch batch = {0};
    review review = {0};
    const char *state = NULL;
    TRY(batches_find(call, "batch", &batch));
    TRY(releases_review(call, &batch, &review));
    put_link(call->done, "batch", "batch", batch.number);
    TRY(batches_state(call, batch.id, &state));
    put_state(call->done, "state", state);
    return releases_put_exceptions(call, call->done, &review);
}

const act batch_exceptions_act = {.name = "batch exceptions", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
