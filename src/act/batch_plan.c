/* Plans a batch for named, accepted requests; its units are computed from them. The formula version is frozen with it.
 * Rule: CSP L.5121-1; BPP 1.12 to 1.17, 4.34 (at most 250 patients for 28 days of treatment), 4.36. */
#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/act/emergencies.h"
#include "magistral/act/equipments.h"
#include "magistral/act/numbers.h"
#include "magistral/act/reattributions.h"
#include "magistral/act/requests.h"

enum { MOST_PATIENTS = 250, DAYS_OF_TREATMENT = 28, MOST_LOSS = 1000 };

static const input_definition inputs[] = {
    {"formula", INPUT_NUMBER, 0, "formula", "BIR20"},
    {"requests", INPUT_NUMBER, INPUT_LIST, "request", "RX26-0001"},
    {"area", INPUT_NUMBER, 0, "area", "SALLE-1"},
    {"expected-loss", INPUT_COUNT, INPUT_OPTIONAL, NULL, "4"},
    {0},
};

/* A version is named by its number only when it was approved in an emergency: for one batch, until it is completed. */
static ending find_emergency(call *call, formula_content *ret_content)
{
    formula_version version = {0};
    emergency_line emergency = {0};
    const char *state = NULL;
    TRY(formulas_find_version(call, "formula", &version));
    TRY(emergencies_state(call, &version, &state));
    TRY(emergencies_of_version(call, version.id, &emergency));
    if (!text_equal(state, "emergency"))
        return call_refuse(call, "EMERGENCY-04", "formula", "version", version.number, "state", call_word(call, "state.", state), NULL);
    if (emergency.batch)
        return call_refuse(call, "EMERGENCY-06", "formula", "version", version.number, "batch", emergency.batch, NULL);
    return formulas_read(call, &version, ret_content);
}

static ending find_version(call *call, formula_content *ret_content)
{
    formula formula = {0};
    formula_version version = {0};
    bool found = false;
    if (strchr(call_text(call, "formula"), '/'))
        return find_emergency(call, ret_content);
    TRY(formulas_find(call, "formula", &formula));
    TRY(store_find(call->store, &FORMULA_VERSION_APPROVED, (&(formula_version){.formula = formula.id}), call->arena, &version, &found));
    if (!found)
        return call_refuse(call, "BATCH-05", "formula", "formula", formula.code, NULL);
    return formulas_read(call, &version, ret_content);
}

/* What a batch that is here still gives to a request, when those before it are made again for what they lack. */
static ending serves(call *call, int64_t batch, const request *request, const struct request *before, int64_t *ret_units)
{
    int64_t made_again = 0;
    for (const struct request *other = before; other < request; other++) {
        share share = {0};
        bool found = false;
        TRY(store_find(call->store, &SHARE_OF_REQUEST, (&(struct share){.batch = batch, .request = other->id}), call->arena, &share, &found));
        made_again += found ? other->units : 0;
    }
    return reattributions_serve(call, batch, request->id, made_again, ret_units);
}

/* The batch that serves the request: one under way or on hold, or one here with enough capsules. Capsules that were lost with a batch, or
 * that expired with it, are made again: takes from `units` what is still to come from those that are here. `before`: the requests of this plan before it. */
static ending check_batches(call *call, request *request, const struct request *before, const char **ret_batch)
{
    batch_of_request *batches = NULL;
    size_t count = 0;
    const char *under_way = NULL;
    TRY(store_list(call->store, &BATCHES_OF_REQUEST, (&(batch_of_request){.request = request->id, .day = call->today}), call->arena, &batches, &count));
    for (size_t i = 0; i < count; i++) {
        int64_t units = 0;
        if (batches[i].reattributed || batch_fell(batches[i].state) || text_equal(batches[i].state, "expired"))
            continue;
        *ret_batch = batches[i].number;
        if (text_equal(batches[i].state, "released"))
            TRY(serves(call, batches[i].id, request, before, &units));
        else
            under_way = batches[i].number;
        request->units -= units;
    }
    *ret_batch = under_way ? under_way : request->units < 1 ? *ret_batch : NULL;
    return DONE;
}

/* Leaves in `units` what the request still lacks: a batch is made for that. */
static ending check_request(call *call, const formula_content *formula, const struct request *before, request *request)
{
    const char *batch = NULL;
    if (strcmp(request->state, "accepted") != 0)
        call_refuse(call, "BATCH-06", "requests", "request", request->number, "state", call_state(call, "request", request->state), NULL);
    if (request->formula != formula->formula.id)
        call_refuse(call, "BATCH-07", "requests", "request", request->number, "formula", formula->formula.code, NULL);
    TRY(reattributions_lacking(call, request, &request->units));
    TRY(check_batches(call, request, before, &batch));
    if (batch)
        call_refuse(call, "BATCH-08", "requests", "request", request->number, "batch", batch, NULL);
    if (request->units < 1 && !batch)
        call_refuse(call, "REATTRIBUTION-09", "requests", "request", request->number, NULL);
    return DONE;
}

/* Every request of the list, each once. */
static ending find_requests(call *call, const formula_content *formula, request *requests, size_t count)
{
    const input_value *given = call_input(call, "requests");
    for (size_t i = 0; i < count; i++) {
        ending found = requests_find(call, "requests", given->texts[i], &requests[i]);
        if (found == FAILED)
            return FAILED;
        for (size_t k = 0; k < i; k++)
            if (strcmp(given->texts[k], given->texts[i]) == 0)
                call_refuse(call, "BATCH-09", "requests", "request", given->texts[i], NULL);
        if (found == DONE)
            TRY(check_request(call, formula, requests, &requests[i]));
    }
    return DONE;
}

/* Patients for 28 days of treatment: the number of patients, or what the days come to, whichever is larger. */
static void check_patients(call *call, const request *requests, size_t count)
{
    int64_t patients = 0, days = 0;
    for (size_t i = 0; i < count; i++) {
        bool again = false;
        for (size_t k = 0; k < i; k++)
            again = again || requests[k].patient == requests[i].patient;
        patients += again ? 0 : 1;
        days += requests[i].days;
    }
    int64_t treatments = (days + DAYS_OF_TREATMENT - 1) / DAYS_OF_TREATMENT;
    int64_t larger = treatments > patients ? treatments : patients;
    if (larger > MOST_PATIENTS)
        call_refuse(call, "BATCH-10", "requests", "patients", count_text(call->arena, larger), NULL);
}

static ending freeze(call *call, const formula_content *formula, const char **ret_digest)
{
    BUFFER_SCOPE buffer json = BUFFER_EMPTY;
    answer *frozen = answer_object(call->arena);
    TRY(formulas_put(call, frozen, formula));
    TRY(answer_write_json(frozen, &json));
    return store_put_content(call->store, "application/json", json.bytes, json.length, call->arena, ret_digest);
}

static ending insert(call *call, const formula_content *formula, int64_t area, request *requests, size_t count, batch *made)
{
    int64_t requested = 0;
    for (size_t i = 0; i < count; i++)
        requested += requests[i].units;
    made->version = formula->version.id;
    made->work_area = area;
    made->state = "planned";
    made->requested_units = requested;
    made->sampled_units = formulas_sampled_units(formula);
    made->reserve_units = formula->version.reserve_units;
    made->loss_units = call_integer_or(call, "expected-loss", 0);
    made->units = requested + made->sampled_units + made->reserve_units + made->loss_units;
    made->planned_by = call->person.id;
    made->planned_at = call->now;
    made->filled = made->conforming = made->destroyed_units = made->destroyed_by = ABSENT;
    TRY(number_next(call, &BATCH_SERIES, "B", &made->number));
    TRY(freeze(call, formula, &made->formula_content));
    TRY(store_insert(call->store, &BATCH_INSERT, made));
    for (size_t i = 0; i < count; i++)
        TRY(store_insert(call->store, &BATCH_REQUEST_INSERT,
                         (&(batch_request){.batch = made->id, .request = requests[i].id, .units = requests[i].units})));
    return DONE;
}

static ending run(call *call)
{
    formula_content formula = {0};
    work_area area = {0};
    batch made = {0};
    size_t count = call_input(call, "requests")->count;
    request *requests = arena_array(call->arena, count, sizeof *requests);
    TRY(find_version(call, &formula));
    TRY(areas_find(call, "area", &area));
    TRY(find_requests(call, &formula, requests, count));
    if (call_integer_or(call, "expected-loss", 0) > MOST_LOSS)
        call_refuse(call, "BATCH-11", "expected-loss", "most", count_text(call->arena, MOST_LOSS), NULL);
    check_patients(call, requests, count);
    TRY(call_ending(call));
    TRY(insert(call, &formula, area.id, requests, count, &made));
    call_concerns(call, "batch", made.number);
    call_concerns(call, "formula", formula.version.number);
    put_link(call->done, "batch", "batch", made.number);
    put_link(call->done, "version", "formula", formula.version.number);
    put_figure(call->done, "units", count_text(call->arena, made.units), NULL,
               arena_format(call->arena, "%lld = %lld + %lld + %lld + %lld", (long long)made.units, (long long)made.requested_units,
                            (long long)made.sampled_units, (long long)made.reserve_units, (long long)made.loss_units));
    put_state(call->done, "state", made.state);
    return DONE;
}

const act batch_plan_act = {.name = "batch plan", .right = RIGHT_PLAN_BATCHES, .inputs = inputs, .other = {"request", "accepted"}, .run = run};
