/* Requests, newest first. */
#include "magistral/act/requests.h"

static const input_definition inputs[] = {
    {"state", INPUT_CHOICE, INPUT_OPTIONAL, "received|accepted|refused", "accepted"},
    {"patient", INPUT_NUMBER, INPUT_OPTIONAL, "patient", "P-001"},
    {"formula", INPUT_NUMBER, INPUT_OPTIONAL, "formula", "BIR20"},
    {0},
};

static ending next(void *cursor, arena *arena, answer **ret_row)
{
    request_line line = {0};
    bool found = false;
    TRY(store_next((store_cursor *)cursor, arena, &line, &found));
    *ret_row = NULL;
    if (!found)
        return DONE;
    answer *row = *ret_row = answer_object(arena);
    put_link(row, "request", "request", line.number);
    put_link(row, "patient", "patient", line.patient);
    put_link(row, "formula", "formula", line.formula);
    put_day(row, "prescribed-on", line.prescribed_on);
    put_count(row, "daily-units", line.daily_units);
    put_count(row, "days", line.days);
    put_count(row, "units", line.units);
    put_state_of(row, "state", "request", line.state);
    put_link(row, "batch", "batch", line.batch);
    return DONE;
}

static ending run(call *call)
{
    store_cursor *cursor = NULL;
    request_line wanted = {.state = call_text(call, "state"), .patient = call_text(call, "patient"), .formula = call_text(call, "formula")};
    TRY(store_rows(call->store, &REQUEST_LINES, &wanted, call->arena, &cursor));
    answer_put(call->done, "requests", answer_rows(call->arena, next, cursor));
    return DONE;
}

const act request_list_act = {.name = "request list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
