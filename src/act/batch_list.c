/* Batches, newest first, as many as there are. */
#include "magistral/act/batches.h"

static const input_definition inputs[] = {
    {"state", INPUT_CHOICE, INPUT_OPTIONAL, "planned|in-preparation|quarantine|released|expired|held|held-by-recall|recalled|refused|cancelled|abandoned|destroyed", "quarantine"},
    {"formula", INPUT_NUMBER, INPUT_OPTIONAL, "formula", "BIR20"},
    {0},
};

static ending next(void *cursor, arena *arena, answer **ret_row)
{
    batch_line line = {0};
    bool found = false;
    TRY(store_next((store_cursor *)cursor, arena, &line, &found));
    *ret_row = NULL;
    if (!found)
        return DONE;
    answer *row = *ret_row = answer_object(arena);
    put_link(row, "batch", "batch", line.number);
    put_text(row, "product", line.product);
    put_text(row, "strength", line.strength);
    put_link(row, "version", "formula", line.version);
    put_text(row, "registration", line.registration);
    put_day(row, "made-on", line.made_on);
    put_day(row, "expiry", line.expiry);
    put_count(row, "units", line.conforming != ABSENT ? line.conforming : line.units);
    put_state(row, "state", line.state);
    return DONE;
}

static ending run(call *call)
{
    store_cursor *cursor = NULL;
    batch_line wanted = {.state = call_text(call, "state"), .formula = call_text(call, "formula"), .day = call->today};
    TRY(store_rows(call->store, &BATCH_LINES, &wanted, call->arena, &cursor));
    answer_put(call->done, "batches", answer_rows(call->arena, next, cursor));
    return DONE;
}

const act batch_list_act = {.name = "batch list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
