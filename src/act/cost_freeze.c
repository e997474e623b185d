/* Freezes the cost price of a decided batch. Of a batch that was not released, nobody bears it but the hospital. */
#include <string.h>

#include "magistral/act/costs.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"reason", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

static bool is_decided(const char *state)
{
    static const char *const decided[] = {"released", "recalled", "refused", "abandoned", "destroyed"};
    for (size_t i = 0; i < sizeof decided / sizeof *decided; i++)
        if (strcmp(state, decided[i]) == 0)
            return true;
    return false;
}

static ending check(call *call, batch *ret_batch)
{
    COLLECT(costs_open_batch(call, ret_batch));
    TRY(call_ending(call));
    if (!is_decided(ret_batch->state))
        return call_refuse(call, "COST-10", "batch", "batch", ret_batch->number, "state", call_word(call, "state.", ret_batch->state), NULL);
    if (strcmp(ret_batch->state, "released") == 0 && ret_batch->conforming < 1)
        return call_refuse(call, "COST-11", "batch", "batch", ret_batch->number, NULL);
    return DONE;
}

/* A cost without a minute of work is frozen only by who says why: it could not be mended afterwards. */
static ending check_work(call *call, const batch *batch)
{
    work_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &WORK_OF_BATCH, (&(work_line){.batch = batch->id}), call->arena, &lines, &count));
    if (count == 0 && !call_has(call, "reason"))
        return call_refuse(call, "COST-14", "reason", "batch", batch->number, NULL);
    return DONE;
}

static ending run(call *call)
{
    batch batch = {0};
    cost_draft draft = {0};
    TRY(check(call, &batch));
    TRY(check_work(call, &batch));
    TRY(costs_compute(call, &batch, &draft));
    cost_sheet sheet = {.batch = batch.id, .exact = draft.exact.text, .total = draft.total.micro_euro, .dispensable = draft.dispensable,
                        .rates_of = draft.rates_of, .formula = draft.exact.formula, .frozen_by = call->person.id, .frozen_at = call->now};
    TRY(store_insert(call->store, &COST_SHEET_INSERT, &sheet));
    for (size_t i = 0; i < draft.count; i++) {
        draft.lines[i].sheet = sheet.id;
        TRY(store_insert(call->store, &COST_LINE_INSERT, &draft.lines[i]));
    }
    put_link(call->done, "batch", "batch", batch.number);
    put_figure(call->done, "exact", sheet.exact, "EUR", sheet.formula);
    put_decimal(call->done, "total", money_text(call->arena, draft.total), "EUR");
    put_count(call->done, "dispensable", sheet.dispensable);
    return DONE;
}

const act cost_freeze_act = {.name = "cost freeze", .right = RIGHT_FREEZE_COSTS, .inputs = inputs, .run = run};
