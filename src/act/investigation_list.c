/* Investigations of results out of specification, newest first. */
#include "magistral/act/lists.h"

static const input_definition inputs[] = {
    {"state", INPUT_CHOICE, INPUT_OPTIONAL, "open|concluded", "open"},
    {"batch", INPUT_NUMBER, INPUT_OPTIONAL, "batch", "B26-0001"},
    LIST_INPUTS("investigation"),
    {0},
};

static void put(answer *row, const void *listed, const char *context)
{
    (void)context;
    const listed_investigation *line = listed;
    put_link(row, "investigation", "investigation", line->number);
    put_link(row, "batch", "batch", line->batch);
    put_link(row, "result", "result", line->result);
    put_text(row, "name", line->name);
    put_state_of(row, "state", "investigation", line->state);
    put_state_of(row, "concluded", "investigation", line->conclusion);
    put_link(row, "opened-by", "person", line->opened_by);
    put_instant(row, "opened-at", line->opened_at);
    put_link(row, "concluded-by", "person", line->concluded_by);
}

static const list_way ways[] = {
    {"investigation", LIST_WITH(batch), &LIST_INVESTIGATIONS_OF_BATCH},
    {"investigation", LIST_WITH(find), &LIST_INVESTIGATIONS_FOUND},
    {"investigation", 0, &LIST_INVESTIGATIONS},
    {0},
};
static const list investigations = {.name = "investigations", .ways = ways, .line = sizeof(listed_investigation), .put = put, .newest_first = true};

static ending run(call *call)
{
    return lists_answer_of_batch(call, &investigations, (list_wanted){.state = call_text(call, "state")}, "investigation", NULL);
}

const act investigation_list_act = {.name = "investigation list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
