/* The weighings of a batch, in order. */
#include "magistral/act/weighings.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {0},
};

static ending run(call *call)
{
    batch batch = {0};
    batch_making making = {0};
    TRY(batches_find(call, "batch", &batch));
    TRY(batches_making(call, &batch, &making));
    put_link(call->done, "batch", "batch", batch.number);
    answer *list = put_list(call->done, "weighings");
    for (size_t i = 0; i < making.weighing_count; i++)
        TRY(weighings_put_row(call, add_object(list), &making.weighings[i]));
    return DONE;
}

const act weighing_list_act = {.name = "weighing list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
