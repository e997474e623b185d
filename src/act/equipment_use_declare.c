/* Hours of equipment that a batch took. */
#include "magistral/act/costs.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"rate", INPUT_NUMBER, 0, "rate", "hood"},
    {"hours", INPUT_DECIMAL, 0, "h", "3.5"},
    {0},
};

enum { MOST_HOURS = 1000, MOST_PLACES = 3 };

static ending run(call *call)
{
    batch batch = {0};
    decimal hours = {0};
    COLLECT(costs_open_batch(call, &batch));
    COLLECT(costs_check_rate(call, "rate", "equipment-hour"));
    bool read = decimal_parse(call_text(call, "hours"), &hours) == DECIMAL_GOOD;
    if (!read || hours.digits <= 0 || hours.places > MOST_PLACES || decimal_compare(hours, decimal_whole(MOST_HOURS)) > 0)
        call_refuse(call, "COST-08", "hours", "hours", call_text(call, "hours"), NULL);
    TRY(call_ending(call));
    equipment_use use = {.batch = batch.id, .rate = call_text(call, "rate"), .hours = call_text(call, "hours"),
                         .declared_by = call->person.id, .at = call->now};
    TRY(store_insert(call->store, &EQUIPMENT_USE_INSERT, &use));
    put_link(call->done, "batch", "batch", batch.number);
    put_link(call->done, "rate", "rate", use.rate);
    put_decimal(call->done, "hours", use.hours, "h");
    return DONE;
}

const act equipment_use_declare_act = {.name = "equipment-use declare", .right = RIGHT_DECLARE_COSTS, .inputs = inputs, .run = run};
