/* The capsules leave; from here on nothing is cancelled. A batch held or expired since the check stays here. */
#include "magistral/act/dispensings.h"

static const input_definition inputs[] = {
    {"dispensing", INPUT_NUMBER, INPUT_POSITIONAL, "dispensing", "2026/0001"},
    {"collected-by", INPUT_TEXT, INPUT_OPTIONAL, NULL, "mère du patient"},
    {0},
};

/* The request is served once all that it asks for was handed over. */
static ending serve(call *call, int64_t id)
{
    request request = {0};
    dispensing_row *rows = NULL;
    size_t count = 0;
    int64_t given = 0;
    bool found = false;
    TRY(store_find(call->store, &REQUEST_BY_ID, (&(struct request){.id = id}), call->arena, &request, &found));
    TRY(store_list(call->store, &DISPENSING_ROWS_OF_REQUEST, (&(dispensing_row){.request = request.number, .state = "handed-over"}), call->arena, &rows, &count));
    for (size_t i = 0; i < count; i++)
        given += rows[i].units;
    if (given < request.units || !text_equal(request.state, "accepted"))
        return DONE;
    call_concerns(call, "request", request.number);
    return store_update(call->store, &REQUEST_SERVE, &request);
}

static ending run(call *call)
{
    dispensing dispensing = {0};
    TRY(dispensings_find(call, &dispensing));
    TRY(dispensings_check_state(call, &dispensing));
    TRY(dispensings_check_its_batch(call, &dispensing, "dispensing"));
    dispensing.handed_over_by = call->person.id;
    dispensing.handed_over_at = call->now;
    dispensing.collected_by = call_text(call, "collected-by");
    TRY(store_update(call->store, &DISPENSING_HAND_OVER, &dispensing));
    TRY(serve(call, dispensing.request));
    dispensings_put(call, &dispensing, "handed-over");
    return DONE;
}

const act dispensing_hand_over_act = {.name = "dispensing hand-over", .right = RIGHT_DISPENSE, .inputs = inputs, .states = "checked", .run = run};
