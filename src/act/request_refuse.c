/* A pharmacist refuses a request and says why; the prescriber is told. Rule: BPP 1.20, 1.21. */
#include "magistral/act/requests.h"

static const input_definition inputs[] = {
    {"request", INPUT_NUMBER, INPUT_POSITIONAL, "request", "RX26-0001"},
    {"reason", INPUT_LONG, 0, NULL, "Avis défavorable de la RCP ; prescripteur prévenu"},
    {0},
};

static ending run(call *call)
{
    request request = {0};
    TRY(requests_find_received(call, "request", &request));
    request.state = "refused";
    request.reason = call_text(call, "reason");
    request.decided_by = call->person.id;
    request.decided_at = call->now;
    TRY(store_update(call->store, &REQUEST_DECIDE, &request));
    put_link(call->done, "request", "request", request.number);
    put_state_of(call->done, "state", "request", request.state);
    return DONE;
}

const act request_refuse_act = {.name = "request refuse", .right = RIGHT_DECIDE_REQUESTS, .inputs = inputs, .states = "received", .run = run};
