/* One result with its values and its computation; how it stands, and the act by which it goes on. */
#include "magistral/act/amendments.h"
#include "magistral/act/investigations.h"

static const input_definition inputs[] = {
    {"result", INPUT_NUMBER, INPUT_POSITIONAL, "result", "B26-0001/R5"},
    {0},
};

static ending put_line(call *call, const result *result)
{
    result_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RESULTS_OF, (&(struct result){.batch = result->batch}), call->arena, &lines, &count));
    for (size_t i = 0; i < count; i++)
        if (lines[i].id == result->id)
            TRY(results_put(call, call->done, &lines[i]));
    return DONE;
}

static void put_task(call *call, const result_whole *whole)
{
    const char *series = NULL, *act = results_next_act(whole, &series);
    if (!act) {
        put_text(call->done, "task", NULL);
        return;
    }
    answer *inputs_of_door = put_door(put_object(call->done, "task"), "door", act);
    door_give(inputs_of_door, "result", whole->result.number);
    door_give(inputs_of_door, "series", series);
}

static ending run(call *call)
{
    result_whole whole = {0};
    bool found = false;
    const char *number = call_text(call, "result");
    TRY(store_find(call->store, &RESULT_BY_NUMBER, (&(result){.number = number}), call->arena, &whole.result, &found));
    if (!found)
        return call_refuse(call, "RESULT-01", "result", "result", number, NULL);
    TRY(results_load(call, &whole));
    TRY(put_line(call, &whole.result));
    put_link(call->done, "batch", "batch", whole.batch.number);
    TRY(amendments_put(call, call->done, whole.batch.id, whole.result.number));
    if (results_is_staged(&whole) && whole.result.stage == 1)
        TRY(results_put_reserve(call, put_object(call->done, "second-stage"), &whole));
    TRY(investigations_put(call, call->done, whole.batch.id, whole.result.id));
    results_put_course(call, call->done, &whole);
    put_task(call, &whole);
    return DONE;
}

const act result_show_act = {.name = "result show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
