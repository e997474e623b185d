/* One result with its values and its computation. */
#include "magistral/act/results.h"

static const input_definition inputs[] = {
    {"result", INPUT_NUMBER, INPUT_POSITIONAL, "result", "B26-0001/R5"},
    {0},
};

static ending run(call *call)
{
    result result = {0};
    result_line *lines = NULL;
    size_t count = 0;
    bool found = false;
    const char *number = call_text(call, "result");
    TRY(store_find(call->store, &RESULT_BY_NUMBER, (&(struct result){.number = number}), call->arena, &result, &found));
    if (!found)
        return call_refuse(call, "RESULT-01", "result", "result", number, NULL);
    TRY(store_list(call->store, &RESULTS_OF, (&(struct result){.batch = result.batch}), call->arena, &lines, &count));
    for (size_t i = 0; i < count; i++)
        if (lines[i].id == result.id)
            TRY(results_put(call, call->done, &lines[i]));
    return DONE;
}

const act result_show_act = {.name = "result show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
