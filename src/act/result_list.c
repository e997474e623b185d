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
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(results);
        put_link(row, "result", "result", lines[i].number);
        put_text(row, "control", lines[i].code);
        put_text(row, "name", lines[i].name);
        put_state(row, "state", lines[i].state);
        put_text(row, "stated", lines[i].stated);
        put_state(row, "verdict", lines[i].verdict);
        put_link(row, "entered-by", "person", lines[i].entered_identifier);
        put_link(row, "verified-by", "person", lines[i].verified_identifier);
    }
    return DONE;
}

const act result_list_act = {.name = "result list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
