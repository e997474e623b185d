/* Dispensings, newest first. */
#include "magistral/act/dispensings.h"
#include "magistral/act/journals.h"
#include "magistral/domain/quantity.h"

static const input_definition inputs[] = {
    {"state", INPUT_CHOICE, INPUT_OPTIONAL, "confirmed|checked|handed-over|cancelled", "confirmed"},
    {"batch", INPUT_NUMBER, INPUT_OPTIONAL, "batch", "B26-0001"},
    {"request", INPUT_NUMBER, INPUT_OPTIONAL, "request", "RX26-0001"},
    {"since", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-01-05"},
    {"until", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-01-31"},
    {0},
};

static ending next_dispensing(void *context, arena *arena, answer **ret_row)
{
    dispensing_row line = {0};
    bool found = false;
    *ret_row = NULL;
    TRY(store_next((store_cursor *)context, arena, &line, &found));
    if (!found)
        return DONE;
    answer *row = answer_object(arena);
    put_link(row, "dispensing", "dispensing", line.number);
    put_instant(row, "at", line.confirmed_at);
    put_state_of(row, "state", "dispensing", line.state);
    put_link(row, "batch", "batch", line.batch);
    put_link(row, "request", "request", line.request);
    put_text(row, "patient", line.patient);
    put_count(row, "units", line.units);
    put_decimal(row, "charged", money_text(arena, (money){line.charged}), "EUR");
    *ret_row = row;
    return DONE;
}

static ending run(call *call)
{
    dispensing_row filter = {.state = call_text(call, "state"), .batch = call_text(call, "batch"), .request = call_text(call, "request")};
    TRY(journals_period(call, "since", "until", &filter.since, &filter.until));
    const query *query = filter.batch ? &DISPENSING_ROWS_OF_BATCH : filter.request ? &DISPENSING_ROWS_OF_REQUEST : &DISPENSING_ROWS;
    store_cursor *cursor = NULL;
    TRY(store_rows(call->store, query, &filter, call->arena, &cursor));
    answer_put(call->done, "dispensings", answer_rows(call->arena, next_dispensing, cursor));
    return DONE;
}

const act dispensing_list_act = {.name = "dispensing list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
