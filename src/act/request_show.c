/* One request, its decision, its batches and what was dispensed for it. */
#include "magistral/act/formulas.h"
#include "magistral/act/numbers.h"
#include "magistral/act/people.h"
#include "magistral/act/reattributions.h"
#include "magistral/act/requests.h"
#include "magistral/store/dispensing.h"

static const input_definition inputs[] = {
    {"request", INPUT_NUMBER, INPUT_POSITIONAL, "request", "RX26-0001"},
    {0},
};

static ending put_head(call *call, const request *request)
{
    patient patient = {0};
    formula formula = {0};
    bool found = false;
    TRY(store_find(call->store, &PATIENT_BY_ID, (&(struct patient){.id = request->patient}), call->arena, &patient, &found));
    TRY(store_find(call->store, &FORMULA_BY_ID, (&(struct formula){.id = request->formula}), call->arena, &formula, &found));
    put_link(call->done, "request", "request", request->number);
    put_state_of(call->done, "state", "request", request->state);
    put_link(call->done, "patient", "patient", patient.pseudonym);
    put_link(call->done, "formula", "formula", formula.code);
    return DONE;
}

static ending put_decision(call *call, const request *request)
{
    put_text(call->done, "legal-basis", request->legal_basis);
    put_text(call->done, "reason", request->reason);
    TRY(put_person(call, call->done, "decided-by", request->decided_by));
    put_instant(call->done, "decided-at", request->decided_at);
    if (request->withdrawn_by != ABSENT) {
        TRY(put_person(call, call->done, "withdrawn-by", request->withdrawn_by));
        put_instant(call->done, "withdrawn-at", request->withdrawn_at);
        put_text(call->done, "withdrawn-reason", request->withdrawn_reason);
    }
    TRY(put_person(call, call->done, "received-by", request->received_by));
    put_instant(call->done, "received-at", request->received_at);
    return DONE;
}

static ending put_batches(call *call, const request *request)
{
    batch_of_request *batches = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &BATCHES_OF_REQUEST, (&(batch_of_request){.request = request->id, .day = call->today}), call->arena, &batches, &count));
    answer *list = put_list(call->done, "batches");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "batch", "batch", batches[i].number);
        put_state(row, "state", batches[i].state);
        put_count(row, "units", batches[i].units);
        put_truth(row, "reattributed", batches[i].reattributed != 0);
    }
    return DONE;
}

static ending put_dispensings(call *call, const request *request)
{
    dispensing_row *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &DISPENSING_ROWS_OF_REQUEST, (&(dispensing_row){.request = request->number}), call->arena, &rows, &count));
    answer *list = count > 0 ? put_list(call->done, "dispensings") : NULL;
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "dispensing", "dispensing", rows[i].number);
        put_state_of(row, "state", "dispensing", rows[i].state);
        put_link(row, "batch", "batch", rows[i].batch);
        put_count(row, "units", rows[i].units);
        put_instant(row, "at", rows[i].confirmed_at);
    }
    return DONE;
}

static ending put_replaced(call *call, const request *request)
{
    replacement_line line = {0};
    bool found = false;
    TRY(store_find(call->store, &REPLACED_BY_REQUEST, (&(replacement_line){.request = request->id}), call->arena, &line, &found));
    if (found) {
        put_link(call->done, "replaces", "dispensing", line.dispensing_number);
        put_text(call->done, "replacement-reason", line.reason);
    }
    return DONE;
}

static ending run(call *call)
{
    request request = {0};
    TRY(requests_find(call, "request", call_text(call, "request"), &request));
    TRY(put_head(call, &request));
    put_text(call->done, "prescriber", request.prescriber);
    put_text(call->done, "prescriber-address", request.prescriber_address);
    put_day(call->done, "prescribed-on", request.prescribed_on);
    put_count(call->done, "daily-units", request.daily_units);
    put_count(call->done, "days", request.days);
    put_figure(call->done, "units", count_text(call->arena, request.units), NULL,
               arena_format(call->arena, "%lld x %lld", (long long)request.daily_units, (long long)request.days));
    put_text(call->done, "posology", request.posology);
    put_text(call->done, "board", request.board_name);
    put_day(call->done, "board-day", request.board_day);
    put_text(call->done, "board-number", request.board_number);
    put_state(call->done, "board-decision", request.board_decision);
    TRY(put_replaced(call, &request));
    TRY(put_decision(call, &request));
    TRY(put_batches(call, &request));
    TRY(put_dispensings(call, &request));
    return reattributions_put(call, call->done, NULL, &request);
}

const act request_show_act = {.name = "request show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
