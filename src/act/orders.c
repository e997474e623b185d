#include "magistral/act/orders.h"

ending orders_find_sent(call *call, laboratory_order_line *ret_order)
{
    bool found = false;
    const char *number = call_text(call, "order");
    TRY(store_find(call->store, &LABORATORY_ORDER_LINE, (&(laboratory_order_line){.number = number}), call->arena, ret_order, &found));
    if (!found)
        return call_refuse(call, "ORDER-05", "order", "order", number, NULL);
    call_concerns(call, "batch", ret_order->batch_number);
    if (!text_is_among(call->act->states, ret_order->state))
        return call_refuse(call, "ORDER-06", "order", "order", number, "state", call_state(call, "order", ret_order->state), NULL);
    return DONE;
}

ending orders_attach(call *call, const batch *batch, const formula_control *control, result *ret_made)
{
    laboratory_order sent = {0}, received = {0}, wanted = {.batch = batch->id, .control = control->id};
    bool awaited = false, came = false;
    const char *given = call_text(call, "laboratory");
    ret_made->laboratory = given;
    ret_made->laboratory_order = ABSENT;
    TRY(store_find(call->store, &LABORATORY_ORDER_SENT, &wanted, call->arena, &sent, &awaited));
    if (awaited)
        call_refuse(call, "RESULT-43", "control", "order", sent.number, "laboratory", sent.laboratory, "control", control->code, NULL);
    TRY(store_find(call->store, &LABORATORY_ORDER_TO_ENTER, &wanted, call->arena, &received, &came));
    if (awaited || !came)
        return DONE;
    if (given ? !text_equal(given, received.laboratory) : call_has(call, "equipment")) {
        call_refuse(call, "RESULT-44", given ? "laboratory" : "equipment", "order", received.number, "laboratory", received.laboratory, "given",
                    given ? given : call_text(call, "equipment"), NULL);
        return DONE;
    }
    ret_made->laboratory = received.laboratory;
    ret_made->laboratory_order = received.id;
    return DONE;
}

void orders_put(answer *to, const laboratory_order_line *line)
{
    put_link(to, "order", "order", line->number);
    put_link(to, "batch", "batch", line->batch_number);
    put_text(to, "control", line->code);
    put_text(to, "name", line->name);
    put_link(to, "sample", "sample", line->sample_number);
    put_text(to, "laboratory", line->laboratory);
    put_day(to, "sent-on", line->sent_on);
    put_day(to, "due-on", line->due_on);
    put_link(to, "ordered-by", "person", line->ordered_identifier);
    put_state_of(to, "state", "order", line->state);
    put_day(to, "report-received-on", line->received_on);
    put_text(to, "report", line->report);
    put_link(to, "received-by", "person", line->received_identifier);
    put_link(to, "result", "result", line->result_number);
    put_text(to, "reason", line->reason);
    put_link(to, "cancelled-by", "person", line->cancelled_identifier);
}

ending orders_put_record(call *call, answer *record, int64_t batch)
{
    laboratory_order_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &LABORATORY_ORDERS_OF, (&(laboratory_order_line){.batch = batch}), call->arena, &lines, &count));
    answer *list = put_list(record, "orders");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_text(row, "number", lines[i].number);
        put_text(row, "control", lines[i].name);
        put_text(row, "sample", lines[i].sample_number);
        put_text(row, "laboratory", lines[i].laboratory);
        put_day(row, "sent", lines[i].sent_on);
        put_day(row, "due", lines[i].due_on);
        put_text(row, "by", lines[i].ordered_name);
        put_state_of(row, "state", "order", lines[i].state);
        put_day(row, "received", lines[i].received_on);
        put_text(row, "report", lines[i].report);
        put_text(row, "received_by", lines[i].received_name);
        put_text(row, "reason", lines[i].reason);
    }
    return DONE;
}
