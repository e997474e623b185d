/* Orders to outside laboratories, newest first. */
#include <string.h>

#include "magistral/act/lists.h"

static const input_definition inputs[] = {
    {"state", INPUT_CHOICE, INPUT_OPTIONAL, "sent|received|cancelled", "sent"},
    {"batch", INPUT_NUMBER, INPUT_OPTIONAL, "batch", "B26-0001"},
    LIST_INPUTS("order"),
    {0},
};

static void put(answer *row, const void *listed, const char *context)
{
    const listed_order *line = listed;
    put_link(row, "order", "order", line->number);
    put_link(row, "batch", "batch", line->batch);
    put_text(row, "name", line->name);
    put_text(row, "laboratory", line->laboratory);
    put_day(row, "sent-on", line->sent_on);
    put_day(row, "due-on", line->due_on);
    put_state_of(row, "state", "order", line->state);
    put_truth(row, "late", text_equal(line->state, "sent") && strcmp(line->due_on, context) < 0);
    put_day(row, "report-received-on", line->received_on);
    put_link(row, "result", "result", line->result);
}

static const list_way ways[] = {
    {"order", LIST_WITH(batch), &LIST_ORDERS_OF_BATCH},
    {"order", LIST_WITH(find), &LIST_ORDERS_FOUND},
    {"order", 0, &LIST_ORDERS},
    {0},
};
static const list orders = {.name = "orders", .ways = ways, .line = sizeof(listed_order), .put = put, .newest_first = true};

static ending run(call *call)
{
    return lists_answer_of_batch(call, &orders, (list_wanted){.state = call_text(call, "state")}, "order", call->today);
}

const act order_list_act = {.name = "order list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
