/* Dispensings, newest first. */
#include "magistral/act/dispensings.h"
#include "magistral/act/journals.h"
#include "magistral/act/lists.h"
#include "magistral/domain/quantity.h"

static const input_definition inputs[] = {
    {"state", INPUT_CHOICE, INPUT_OPTIONAL, "confirmed|checked|handed-over|cancelled", "confirmed"},
    {"batch", INPUT_NUMBER, INPUT_OPTIONAL, "batch", "B26-0001"},
    {"request", INPUT_NUMBER, INPUT_OPTIONAL, "request", "RX26-0001"},
    {"patient", INPUT_NUMBER, INPUT_OPTIONAL, "patient", "P-001"},
    {"since", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-01-05"},
    {"until", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-01-31"},
    LIST_INPUTS("dispensing|at|batch"),
    {0},
};

static void put(answer *row, const void *listed, const char *context)
{
    (void)context;
    const listed_dispensing *line = listed;
    put_link(row, "dispensing", "dispensing", line->number);
    put_instant(row, "at", line->confirmed_at);
    put_state_of(row, "state", "dispensing", line->state);
    put_link(row, "batch", "batch", line->batch);
    put_link(row, "request", "request", line->request);
    put_text(row, "patient", line->patient);
    put_count(row, "units", line->units);
    put_decimal(row, "charged", money_text(row->arena, (money){line->charged}), "EUR");
}

static const list_way ways[] = {
    {"dispensing", LIST_WITH(request), &LIST_DISPENSINGS_OF_REQUEST},
    {"dispensing", LIST_WITH(patient), &LIST_DISPENSINGS_OF_PATIENT},
    {"dispensing", LIST_WITH(batch), &LIST_DISPENSINGS_OF_BATCH},
    {"dispensing", LIST_WITH(find), &LIST_DISPENSINGS_FOUND},
    {"dispensing", LIST_WITH(state), &LIST_DISPENSINGS_OF_STATE},
    {"dispensing", 0, &LIST_DISPENSINGS},
    {"at", 0, &LIST_DISPENSINGS_BY_AT},
    {"batch", 0, &LIST_DISPENSINGS_BY_BATCH},
    {0},
};
static const list dispensings = {.name = "dispensings", .ways = ways, .line = sizeof(listed_dispensing), .put = put, .newest_first = true,
                                 .units = "charged"};

static ending run(call *call)
{
    list_wanted wanted = {.state = call_text(call, "state"), .batch = call_text(call, "batch"), .request = call_text(call, "request"),
                          .patient = call_text(call, "patient")};
    TRY(journals_period(call, "since", "until", &wanted.since, &wanted.until));
    lists_find_number(call, &wanted);
    bool few = wanted.batch || wanted.request || wanted.patient || wanted.find;
    return lists_answer(call, &dispensings, wanted, (wanted.since || wanted.until) && !few ? "at" : "dispensing", NULL);
}

const act dispensing_list_act = {.name = "dispensing list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
