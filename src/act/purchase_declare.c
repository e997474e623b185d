/* A purchase or an outside service for one batch alone. */
#include "magistral/act/costs.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"description", INPUT_TEXT, 0, NULL, "Microbiologie extérieure"},
    {"amount", INPUT_MONEY, 0, NULL, "96.00 EUR"},
    {0},
};

static ending run(call *call)
{
    batch batch = {0};
    int64_t amount = call_integer(call, "amount");
    COLLECT(costs_open_batch(call, &batch));
    costs_check_amount(call, "amount");
    TRY(call_ending(call));
    purchase bought = {.batch = batch.id, .description = call_text(call, "description"), .amount = amount,
                       .declared_by = call->person.id, .at = call->now};
    TRY(store_insert(call->store, &PURCHASE_INSERT, &bought));
    put_link(call->done, "batch", "batch", batch.number);
    put_text(call->done, "description", bought.description);
    put_decimal(call->done, "sum", money_text(call->arena, (money){amount}), "EUR");
    return DONE;
}

const act purchase_declare_act = {.name = "purchase declare", .right = RIGHT_DECLARE_COSTS, .inputs = inputs, .run = run};
