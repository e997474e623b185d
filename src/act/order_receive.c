/* The report of an outside laboratory is back: its day and reference; the result is then opened from it. Rule: BPP 7.32. */
#include <string.h>

#include "magistral/act/orders.h"

static const input_definition inputs[] = {
    {"order", INPUT_NUMBER, INPUT_POSITIONAL, "order", "L26-0001"},
    {"received-on", INPUT_DAY, 0, NULL, "2026-01-20"},
    {"report", INPUT_TEXT, 0, NULL, "Rapport LEF-2026-0412"},
    {0},
};

static ending run(call *call)
{
    laboratory_order_line order = {0};
    TRY(orders_find_sent(call, &order));
    const char *day = call_text(call, "received-on");
    if (strcmp(day, order.sent_on) < 0 || strcmp(day, call->today) > 0)
        return call_refuse(call, "ORDER-07", "received-on", "day", day, "sent", order.sent_on, "today", call->today, NULL);
    laboratory_order received = {.id = order.id, .received_on = day, .report = call_text(call, "report"), .received_by = call->person.id, .received_at = call->now};
    TRY(store_update(call->store, &LABORATORY_ORDER_RECEIVE, &received));
    put_link(call->done, "order", "order", order.number);
    put_link(call->done, "batch", "batch", order.batch_number);
    put_state_of(call->done, "state", "order", "received");
    answer *next = put_door(put_object(call->done, "task"), "door", "result open");
    door_give(next, "batch", order.batch_number);
    door_give(next, "control", order.code);
    door_give(next, "laboratory", order.laboratory);
    return DONE;
}

const act order_receive_act = {.name = "order receive", .right = RIGHT_ENTER_RESULTS, .inputs = inputs, .states = "sent", .run = run};
