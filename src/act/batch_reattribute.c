/* Capsules of a released batch go to another accepted request than it was made for: those beyond its requests, or those that a request that
 * ended has not got. A new release decision, by whoever might release the batch. Rule: CSP L.5121-1; BPP 1.12 to 1.17, 6.69. */
#include "magistral/act/batches.h"
#include "magistral/act/dispensings.h"
#include "magistral/act/numbers.h"
#include "magistral/act/reattributions.h"
#include "magistral/act/releases.h"
#include "magistral/act/requests.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"request", INPUT_NUMBER, 0, "request", "RX26-0003"},
    {"units", INPUT_COUNT, 0, NULL, "84"},
    {"from-request", INPUT_NUMBER, INPUT_OPTIONAL, "request", "RX26-0002"},
    {"reason", INPUT_LONG, 0, NULL, "Dose réduite à 3 gélules par jour : la demande RX26-0002 est retirée"},
    {0},
};

typedef struct reattributing {
    batch batch;
    review review;
    request request, from;
    int64_t units;
} reattributing;

static ending check_request(call *call, const reattributing *r)
{
    share own = {0};
    bool found = false;
    int64_t lacking = 0;
    const request *request = &r->request;
    if (!text_equal(request->state, "accepted"))
        return call_refuse(call, "REATTRIBUTION-01", "request", "request", request->number, "state", call_state(call, "request", request->state), NULL);
    if (request->formula != r->review.formula.formula.id)
        call_refuse(call, "REATTRIBUTION-02", "request", "request", request->number, "batch", r->batch.number, "formula", r->review.formula.formula.code, NULL);
    TRY(reattributions_lacking(call, request, &lacking));
    TRY(store_find(call->store, &SHARE_OF_REQUEST, (&(share){.batch = r->batch.id, .request = request->id}), call->arena, &own, &found));
    int64_t prescribed = request->units - (found ? own.everywhere : 0) - (found ? share_left(&own) : 0); /* what this batch has for it already */
    lacking = found && prescribed < lacking ? prescribed : lacking;
    if (r->units < 1 || r->units > lacking)
        call_refuse(call, "REATTRIBUTION-03", "units", "request", request->number, "lacking", count_text(call->arena, lacking), NULL);
    return DONE;
}

/* Only what somebody gave up, or nobody was to get: a request that is still alive loses nothing. */
static ending check_from(call *call, const reattributing *r, const batch_free *free)
{
    share share = {0};
    bool found = false;
    if (!call_has(call, "from-request")) {
        int64_t beyond = free->here - free->reserved - free->given_up;
        if (r->units > beyond && free->given_up > 0)
            call_refuse(call, "REATTRIBUTION-06", "from-request", "batch", r->batch.number, "beyond", count_text(call->arena, beyond > 0 ? beyond : 0), NULL);
        return DONE;
    }
    if (!r->from.id)
        return DONE;
    if (!text_is_among("withdrawn|served", r->from.state))
        return call_refuse(call, "REATTRIBUTION-04", "from-request", "request", r->from.number, "state", call_state(call, "request", r->from.state), NULL);
    TRY(store_find(call->store, &SHARE_OF_REQUEST, (&(struct share){.batch = r->batch.id, .request = r->from.id}), call->arena, &share, &found));
    int64_t left = found ? share.promised - share.given : 0;
    if (r->units > left)
        call_refuse(call, "REATTRIBUTION-05", "from-request", "request", r->from.number, "batch", r->batch.number, "left",
                    count_text(call->arena, left > 0 ? left : 0), NULL);
    return DONE;
}

static ending check(call *call, reattributing *r, bool *ret_controller)
{
    batch_free free = {0};
    COLLECT(requests_find(call, "request", call_text(call, "request"), &r->request));
    if (call_has(call, "from-request"))
        COLLECT(requests_find(call, "from-request", call_text(call, "from-request"), &r->from));
    if (r->from.id && r->from.id == r->request.id)
        call_refuse(call, "REATTRIBUTION-08", "from-request", "request", r->request.number, NULL);
    COLLECT(dispensings_check_batch(call, &r->batch, "batch"));
    TRY(releases_check_person(call, &r->batch, ret_controller));
    if (r->request.id)
        TRY(check_request(call, r));
    for (size_t i = 0; i < r->review.result_count; i++)
        if (text_equal(r->review.results[i].verdict, "does not comply") && !text_equal(r->review.results[i].state, "invalidated"))
            call_refuse(call, "REATTRIBUTION-10", "batch", "batch", r->batch.number, "result", r->review.results[i].number, NULL);
    TRY(reattributions_free(call, &r->batch, &free));
    TRY(check_from(call, r, &free));
    if (r->units > free.here - free.reserved)
        call_refuse(call, "REATTRIBUTION-07", "units", "batch", r->batch.number, "here", count_text(call->arena, free.here), "reserved",
                    count_text(call->arena, free.reserved), NULL);
    return call_ending(call);
}

static ending decide(call *call, const reattributing *r, answer *exceptions)
{
    BUFFER_SCOPE buffer json = BUFFER_EMPTY;
    TRY(answer_write_json(exceptions, &json));
    reattribution made = {.batch = r->batch.id, .request = r->request.id, .units = r->units, .from_request = r->from.id ? r->from.id : ABSENT,
                          .reason = call_text(call, "reason"), .exceptions = arena_text(call->arena, buffer_text(&json)), .person = call->person.id,
                          .at = call->now, .meaning = call->meaning};
    TRY(journal_head(call->store, call->arena, &made.sequence, &made.head));
    TRY(store_insert(call->store, &REATTRIBUTION_INSERT, &made));
    put_link(call->done, "batch", "batch", r->batch.number);
    put_link(call->done, "request", "request", r->request.number);
    put_count(call->done, "units", r->units);
    put_link(call->done, "from-request", "request", r->from.number);
    put_text(call->done, "meaning", made.meaning);
    answer_put(call->done, "exceptions", exceptions);
    put_text(call->done, "head", arena_format(call->arena, "%lld:%s", (long long)made.sequence, made.head));
    return DONE;
}

static ending run(call *call)
{
    reattributing r = {.units = call_integer(call, "units")};
    bool controller = false;
    TRY(batches_find_in(call, "batch", call->act->states, &r.batch));
    TRY(releases_review(call, &r.batch, &r.review));
    TRY(check(call, &r, &controller));
    answer *reviewed = answer_object(call->arena);
    TRY(releases_put_exceptions_of_site(call, reviewed, &r.review));
    answer *exceptions = reviewed->first;
    if (controller)
        releases_put_exception(call, exceptions, "controller-releases", "person", call->person.identifier, call_text(call, "reason"));
    return decide(call, &r, exceptions);
}

const act batch_reattribute_act = {.name = "batch reattribute", .right = RIGHT_RELEASE, .signed_act = true, .inputs = inputs, .states = "released",
                                 .other = {"request", "accepted"}, .run = run};
