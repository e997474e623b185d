/* Deviations, newest first. */
#include "magistral/act/deviations.h"
#include "magistral/act/lists.h"

static const input_definition inputs[] = {
    {"state", INPUT_CHOICE, INPUT_OPTIONAL, "open|decided", "open"},
    {"batch", INPUT_NUMBER, INPUT_OPTIONAL, "batch", "B26-0001"},
    LIST_INPUTS("deviation"),
    {0},
};

static void put(answer *row, const void *listed, const char *context)
{
    (void)context;
    const listed_deviation *line = listed;
    put_link(row, "deviation", "deviation", line->number);
    put_link(row, "batch", "batch", line->batch);
    put_text(row, "subject", line->subject);
    put_state(row, "class", line->class);
    put_state_of(row, "state", "deviation", line->state);
    put_state_of(row, "decision", "deviation", line->decision);
    put_link(row, "opened-by", "person", line->opened_by);
    put_instant(row, "opened-at", line->opened_at);
    put_link(row, "decided-by", "person", line->decided_by);
}

static const list_way ways[] = {
    {"deviation", LIST_WITH(batch), &LIST_DEVIATIONS_OF_BATCH},
    {"deviation", LIST_WITH(find), &LIST_DEVIATIONS_FOUND},
    {"deviation", LIST_WITH(state), &LIST_DEVIATIONS_OF_STATE},
    {"deviation", 0, &LIST_DEVIATIONS},
    {0},
};
static const list deviations = {.name = "batch-deviations", .ways = ways, .line = sizeof(listed_deviation), .put = put, .newest_first = true};

static ending run(call *call)
{
    list_wanted wanted = {.state = call_text(call, "state"), .batch = call_text(call, "batch")};
    lists_find_number(call, &wanted);
    return lists_answer(call, &deviations, wanted, "deviation", NULL);
}

const act deviation_list_act = {.name = "deviation list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
