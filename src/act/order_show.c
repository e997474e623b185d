/* One order to an outside laboratory, and what comes next with it. */
#include "magistral/act/orders.h"

static const input_definition inputs[] = {
    {"order", INPUT_NUMBER, INPUT_POSITIONAL, "order", "L26-0001"},
    {0},
};

static void put_task(call *call, const laboratory_order_line *order)
{
    if (text_equal(order->state, "sent")) {
        door_give(put_door(put_object(call->done, "task"), "door", "order receive"), "order", order->number);
    } else if (text_equal(order->state, "received") && !order->result_number) {
        answer *next = put_door(put_object(call->done, "task"), "door", "result open");
        door_give(next, "batch", order->batch_number);
        door_give(next, "control", order->code);
        door_give(next, "laboratory", order->laboratory);
    } else {
        put_text(call->done, "task", NULL);
    }
}

static ending run(call *call)
{
    laboratory_order_line order = {0};
    bool found = false;
    const char *number = call_text(call, "order");
    TRY(store_find(call->store, &LABORATORY_ORDER_LINE, (&(laboratory_order_line){.number = number}), call->arena, &order, &found));
    if (!found)
        return call_refuse(call, "ORDER-05", "order", "order", number, NULL);
    orders_put(call->done, &order);
    put_task(call, &order);
    return DONE;
}

const act order_show_act = {.name = "order show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
