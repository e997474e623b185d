/* Requests, newest first. */
#include "magistral/act/lists.h"
#include "magistral/act/requests.h"

static const input_definition inputs[] = {
    {"state", INPUT_CHOICE, INPUT_OPTIONAL, "received|accepted|served|refused|withdrawn", "accepted"},
    {"patient", INPUT_NUMBER, INPUT_OPTIONAL, "patient", "P-001"},
    {"formula", INPUT_NUMBER, INPUT_OPTIONAL, "formula", "BIR20"},
    LIST_INPUTS("request|prescribed-on"),
    {0},
};

static void put(answer *row, const void *listed, const char *context)
{
    (void)context;
    const listed_request *line = listed;
    put_link(row, "request", "request", line->number);
    put_link(row, "patient", "patient", line->patient);
    put_link(row, "formula", "formula", line->formula);
    put_day(row, "prescribed-on", line->prescribed_on);
    put_count(row, "daily-units", line->daily_units);
    put_count(row, "days", line->days);
    put_count(row, "units", line->units);
    put_state_of(row, "state", "request", line->state);
    put_link(row, "batch", "batch", line->batch);
}

static const list_way ways[] = {
    {"request", LIST_WITH(patient), &LIST_REQUESTS_OF_PATIENT},
    {"request", LIST_WITH(find), &LIST_REQUESTS_FOUND},
    {"request", LIST_WITH(state), &LIST_REQUESTS_OF_STATE},
    {"request", 0, &LIST_REQUESTS},
    {"prescribed-on", 0, &LIST_REQUESTS_BY_PRESCRIBED_ON},
    {0},
};
static const list requests = {.name = "requests", .ways = ways, .line = sizeof(listed_request), .put = put, .newest_first = true};

static ending run(call *call)
{
    list_wanted wanted = {.state = call_text(call, "state"), .patient = call_text(call, "patient"), .formula = call_text(call, "formula")};
    lists_find_number(call, &wanted);
    return lists_answer(call, &requests, wanted, "request", NULL);
}

const act request_list_act = {.name = "request list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
