/* An order is given up: the laboratory declines, the sample was lost, the control is done elsewhere. The order stays, with the reason. */
#include "magistral/act/orders.h"

static const input_definition inputs[] = {
    {"order", INPUT_NUMBER, INPUT_POSITIONAL, "order", "L26-0001"},
    {"reason", INPUT_TEXT, 0, NULL, "Le laboratoire ne peut pas tenir le délai"},
    {0},
};

static ending run(call *call)
{
    laboratory_order_line order = {0};
    TRY(orders_find_sent(call, &order));
    laboratory_order cancelled = {.id = order.id, .reason = call_text(call, "reason"), .cancelled_by = call->person.id, .cancelled_at = call->now};
    TRY(store_update(call->store, &LABORATORY_ORDER_CANCEL, &cancelled));
    put_link(call->done, "order", "order", order.number);
    put_state_of(call->done, "state", "order", "cancelled");
    return DONE;
}

const act order_cancel_act = {.name = "order cancel", .right = RIGHT_ENTER_RESULTS, .inputs = inputs, .states = "sent", .run = run};
