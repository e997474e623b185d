/* Deviations, newest first. */
#include "magistral/act/deviations.h"

static const input_definition inputs[] = {
    {"state", INPUT_CHOICE, INPUT_OPTIONAL, "open|decided", "open"},
    {"batch", INPUT_NUMBER, INPUT_OPTIONAL, "batch", "B26-0001"},
    {0},
};

static ending next(void *cursor, arena *arena, answer **ret_row)
{
    deviation_line line = {0};
    bool found = false;
    TRY(store_next((store_cursor *)cursor, arena, &line, &found));
    *ret_row = NULL;
    if (!found)
        return DONE;
    answer *row = *ret_row = answer_object(arena);
    put_link(row, "deviation", "deviation", line.number);
    put_link(row, "batch", "batch", line.batch);
    put_text(row, "subject", line.subject);
    put_state(row, "class", line.class);
    put_state_of(row, "state", "deviation", line.state);
    put_state_of(row, "decision", "deviation", line.decision);
    put_link(row, "opened-by", "person", line.opened_by);
    put_instant(row, "opened-at", line.opened_at);
    put_link(row, "decided-by", "person", line.decided_by);
    return DONE;
}

static ending run(call *call)
{
    store_cursor *cursor = NULL;
    deviation_line wanted = {.state = call_text(call, "state"), .batch = call_text(call, "batch")};
    TRY(store_rows(call->store, &DEVIATION_LINES, &wanted, call->arena, &cursor));
    answer_put(call->done, "batch-deviations", answer_rows(call->arena, next, cursor));
    return DONE;
}

const act deviation_list_act = {.name = "deviation list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
