/* An accepted request that nobody may serve any more: the treatment is stopped, the patient has died, it was handed in twice. What was
 * decided and handed over stays; capsules already made for the rest go to nobody, until a pharmacist reattributes them. Rule: CSP L.5121-1 (made for a named patient); BPP 1.20. */
#include "magistral/act/batches.h"
#include "magistral/act/requests.h"
#include "magistral/store/dispensing.h"

static const input_definition inputs[] = {
    {"request", INPUT_NUMBER, INPUT_POSITIONAL, "request", "RX26-0001"},
    {"reason", INPUT_LONG, 0, NULL, "Traitement arrêté par le prescripteur"},
    {0},
};

static ending check_counter(call *call, const request *request)
{
    dispensing_row *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &DISPENSING_ROWS_OF_REQUEST, (&(dispensing_row){.request = request->number}), call->arena, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (!text_is_among("cancelled|handed-over", rows[i].state))
            call_refuse(call, "REQUEST-11", "request", "request", request->number, "dispensing", rows[i].number, "state",
                        call_state(call, "dispensing", rows[i].state), NULL);
    return call_ending(call);
}

/* The batch that is made for it and stands: whose capsules go to nobody now. */
static ending find_batch(call *call, int64_t request, const char **ret_batch)
{
    batch_of_request *batches = NULL;
    size_t count = 0;
    *ret_batch = NULL;
    TRY(store_list(call->store, &BATCHES_OF_REQUEST, (&(batch_of_request){.request = request, .day = call->today}), call->arena, &batches, &count));
    for (size_t i = 0; i < count; i++)
        if (!batch_fell(batches[i].state) && !batches[i].reattributed)
            *ret_batch = batches[i].number;
    return DONE;
}

static ending run(call *call)
{
    request request = {0};
    const char *batch = NULL;
    TRY(requests_find(call, "request", call_text(call, "request"), &request));
    if (!text_is_among(call->act->states, request.state))
        return call_refuse(call, "REQUEST-10", "request", "request", request.number, "state", call_state(call, "request", request.state), NULL);
    TRY(check_counter(call, &request));
    request.withdrawn_by = call->person.id;
    request.withdrawn_at = call->now;
    request.withdrawn_reason = call_text(call, "reason");
    TRY(store_update(call->store, &REQUEST_WITHDRAW, &request));
    TRY(find_batch(call, request.id, &batch));
    put_link(call->done, "request", "request", request.number);
    put_state_of(call->done, "state", "request", "withdrawn");
    put_link(call->done, "batch", "batch", batch);
    return DONE;
}

const act request_withdraw_act = {.name = "request withdraw", .right = RIGHT_DECIDE_REQUESTS, .signed_act = true, .inputs = inputs, .states = "accepted", .run = run};
