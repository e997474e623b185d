/* One result with its values and its computation; how it stands, and the act by which it goes on. */
#include "magistral/act/amendments.h"
#include "magistral/act/investigations.h"
#include "magistral/act/late_entries.h"

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

/* What does not comply is investigated, while the batch is not decided. */
static ending is_to_investigate(call *call, const result_whole *whole, bool *ret_is)
{
    investigation last = {0};
    bool found = false;
    *ret_is = text_equal(whole->result.state, "verified") && text_equal(whole->result.verdict, "does not comply") &&
              text_is_among("in-preparation|quarantine", whole->batch.state);
    if (*ret_is)
        TRY(store_find(call->store, &INVESTIGATION_LAST, (&(investigation){.result = whole->result.id}), call->arena, &last, &found));
    *ret_is = *ret_is && !found;
    return DONE;
}

static ending put_task(call *call, const result_whole *whole)
{
    bool investigate = false;
    const char *series = NULL, *act = results_next_act(whole, &series);
    TRY(is_to_investigate(call, whole, &investigate));
    act = investigate ? "investigation open" : act;
    if (!act) {
        put_text(call->done, "task", NULL);
        return DONE;
    }
    answer *inputs_of_door = put_door(put_object(call->done, "task"), "door", act);
    door_give(inputs_of_door, "result", whole->result.number);
    door_give(inputs_of_door, "series", series);
    return DONE;
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
    TRY(late_entries_put_of(call, call->done, "result", number));
    TRY(amendments_put(call, call->done, whole.batch.id, whole.result.number));
    if (results_is_staged(&whole) && whole.result.stage == 1)
        TRY(results_put_reserve(call, put_object(call->done, "second-stage"), &whole));
    TRY(investigations_put(call, call->done, whole.batch.id, whole.result.id));
    results_put_course(call, call->done, &whole);
    return put_task(call, &whole);
}

const act result_show_act = {.name = "result show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
