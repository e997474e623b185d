/* The rates in force on a day. */
#include "magistral/act/costs.h"
#include "magistral/act/lists.h"

static const input_definition inputs[] = {
    {"at", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-01-12"},
    LIST_INPUTS("code|name|kind|starts"),
    {0},
};

static ending run(call *call)
{
    rate *rates = NULL;
    size_t count = 0;
    const char *day = call_has(call, "at") ? call_text(call, "at") : call->today;
    TRY(store_list(call->store, &RATES_AT, (&(rate){.starts = day}), call->arena, &rates, &count));
    put_day(call->done, "day", day);
    answer *list = put_list(call->done, "rates");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "code", "rate", rates[i].code);
        put_text(row, "name", rates[i].name);
        put_state(row, "kind", rates[i].kind);
        put_day(row, "starts", rates[i].starts);
        if (rates[i].percent)
            put_decimal(row, "value", rates[i].percent, "%");
        else
            put_decimal(row, "value", money_text(call->arena, (money){rates[i].amount}), "EUR/h");
    }
    return lists_shorten(call, list);
}

const act rate_list_act = {.name = "rate list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
