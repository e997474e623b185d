/* The results of a batch, one line each. */
#include "magistral/act/results.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {0},
};

static ending run(call *call)
{
    batch batch = {0};
    result_line *lines = NULL;
    size_t count = 0;
    TRY(batches_find(call, "batch", &batch));
    TRY(store_list(call->store, &RESULTS_OF, (&(result){.batch = batch.id}), call->arena, &lines, &count));
    answer *results = put_list(call->done, "results");
    for (size_t i = 0; i < count; i++)
        results_put_line(add_object(results), &lines[i]);
    return DONE;
}

const act result_list_act = {.name = "result list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
