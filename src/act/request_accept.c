/* A pharmacist accepts a request after the pharmaceutical analysis, stating why the preparation is lawful.
 * Rule: CSP L.5121-1; BPP 1.12, 1.17, 2.05. */
#include <string.h>

#include "magistral/act/requests.h"

static const input_definition inputs[] = {
    {"request", INPUT_NUMBER, INPUT_POSITIONAL, "request", "RX26-0001"},
    {"legal-basis", INPUT_LONG, 0, NULL, "CSP L.5121-1 1° : pas de spécialité disponible ; avis favorable de la RCP RCP-2026-014"},
    {0},
};

static ending run(call *call)
{
    request request = {0};
    TRY(requests_find_received(call, "request", &request));
    if (strcmp(request.board_decision, "favourable") != 0)
        call_refuse(call, "REQUEST-04", "request", "decision", call_word(call, "state.", request.board_decision), "number",
                    request.board_number, NULL);
    if (strcmp(request.board_day, call->today) > 0)
        call_refuse(call, "REQUEST-05", "request", "day", request.board_day, NULL);
    if (strcmp(request.prescribed_on, call->today) > 0)
        call_refuse(call, "REQUEST-06", "request", "day", request.prescribed_on, NULL);
    TRY(call_ending(call));
    request.state = "accepted";
    request.legal_basis = call_text(call, "legal-basis");
    request.decided_by = call->person.id;
    request.decided_at = call->now;
    TRY(store_update(call->store, &REQUEST_DECIDE, &request));
    put_link(call->done, "request", "request", request.number);
    put_state_of(call->done, "state", "request", request.state);
    return DONE;
}

const act request_accept_act = {.name = "request accept", .right = RIGHT_DECIDE_REQUESTS, .signed_act = true, .inputs = inputs, .run = run};
