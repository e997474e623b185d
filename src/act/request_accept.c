/* A pharmacist accepts a request after the pharmaceutical analysis, stating why the preparation is lawful.
 * Rule: CSP L.5121-1; BPP 1.12, 1.17, 2.05. */
#include <string.h>

#include "magistral/act/requests.h"
#include "magistral/act/settings.h"
#include "magistral/base/day.h"

static const input_definition inputs[] = {
    {"request", INPUT_NUMBER, INPUT_POSITIONAL, "request", "RX26-0001"},
    {"legal-basis", INPUT_LONG, 0, NULL, "CSP L.5121-1 1° : pas de spécialité disponible ; avis favorable de la RCP RCP-2026-014"},
    {"reason", INPUT_LONG, INPUT_OPTIONAL, NULL, ""},
    {0},
};

/* A date that does not fit alerts, it does not forbid: whoever accepts says why, and the reason stays. */
static ending check_age(call *call, const char *setting, const char *rule, const char *day)
{
    int64_t days = 0;
    TRY(settings_days(call, setting, &days));
    const char *last = day_after(call->arena, day, days);
    if (last && strcmp(last, call->today) < 0 && !call_has(call, "reason"))
        call_refuse(call, rule, "reason", "day", day, "days", arena_format(call->arena, "%lld", (long long)days), NULL);
    return DONE;
}

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
    TRY(check_age(call, "prescription-days", "REQUEST-07", request.prescribed_on));
    TRY(check_age(call, "board-days", "REQUEST-08", request.board_day));
    TRY(call_ending(call));
    request.state = "accepted";
    request.reason = call_text(call, "reason");
    request.legal_basis = call_text(call, "legal-basis");
    request.decided_by = call->person.id;
    request.decided_at = call->now;
    TRY(store_update(call->store, &REQUEST_DECIDE, &request));
    put_link(call->done, "request", "request", request.number);
    put_state_of(call->done, "state", "request", request.state);
    return DONE;
}

const act request_accept_act = {.name = "request accept", .right = RIGHT_DECIDE_REQUESTS, .signed_act = true, .inputs = inputs, .states = "received", .run = run};
