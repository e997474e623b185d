#include "magistral/act/reattributions.h"

#include "magistral/act/destructions.h"

int64_t share_left(const share *share)
{
    int64_t left = share->promised - share->given, asked = share->asked - share->everywhere;
    left = asked < left ? asked : left;
    return left > 0 ? left : 0;
}

ending reattributions_lacking(call *call, const request *request, int64_t *ret_units)
{
    dispensed given = {0};
    awaited awaited = {0};
    bool found = false;
    TRY(store_find(call->store, &DISPENSED_OF_REQUEST, (&(dispensed){.request = request->id}), call->arena, &given, &found));
    TRY(store_find(call->store, &AWAITED_BY_REQUEST, (&(struct awaited){.request = request->id}), call->arena, &awaited, &found));
    *ret_units = request->units - given.units - awaited.units;
    return DONE;
}

/* A request that ended gives up what it was promised, whether it would still have asked for it or not. */
ending reattributions_free(call *call, const batch *batch, batch_free *ret_free)
{
    taken_bottle *bottles = NULL;
    share *shares = NULL;
    size_t bottle_count = 0, count = 0;
    batch_free free = {0};
    TRY(store_list(call->store, &BOTTLES_OF_BATCH, (&(taken_bottle){.batch = batch->id}), call->arena, &bottles, &bottle_count));
    TRY(store_list(call->store, &SHARES_OF_BATCH, (&(share){.batch = batch->id}), call->arena, &shares, &count));
    for (size_t i = 0; i < bottle_count; i++)
        free.here += destructions_takes(&bottles[i]) ? bottles[i].units : 0;
    for (size_t i = 0; i < count; i++) {
        bool live = text_equal(shares[i].state, "accepted");
        int64_t left = shares[i].promised - shares[i].given;
        free.reserved += live ? share_left(&shares[i]) : 0;
        free.given_up += live || left < 0 ? 0 : left;
    }
    *ret_free = free;
    return DONE;
}

ending reattributions_serve(call *call, int64_t batch_id, int64_t request, int64_t planned, int64_t *ret_units)
{
    share own = {0};
    made_again later = {0};
    bool found = false;
    batch_free free = {0};
    TRY(store_find(call->store, &SHARE_OF_REQUEST, (&(share){.batch = batch_id, .request = request}), call->arena, &own, &found));
    TRY(reattributions_free(call, &(batch){.id = batch_id}, &free));
    TRY(store_find(call->store, &MADE_AGAIN_OF_BATCH, (&(made_again){.batch = batch_id, .day = call->today}), call->arena, &later, &(bool){false}));
    int64_t left = found ? share_left(&own) : 0, missing = free.reserved - free.here - later.units - planned;
    left -= missing > 0 ? missing : 0;
    *ret_units = left > 0 ? left : 0;
    return DONE;
}

ending reattributions_put(call *call, answer *to, const batch *batch, const request *request)
{
    reattribution_line *lines = NULL;
    size_t count = 0;
    reattribution wanted = {.batch = batch ? batch->id : ABSENT, .request = request ? request->id : ABSENT};
    TRY(store_list(call->store, batch ? &REATTRIBUTIONS_OF_BATCH : &REATTRIBUTIONS_OF_REQUEST, &wanted, call->arena, &lines, &count));
    answer *list = count > 0 ? put_list(to, "reattributions") : NULL;
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, batch ? "request" : "batch", batch ? "request" : "batch", batch ? lines[i].request_number : lines[i].batch_number);
        if (batch)
            put_link(row, "patient", "patient", lines[i].patient);
        put_count(row, "units", lines[i].units);
        put_link(row, "from-request", "request", lines[i].from_number);
        put_text(row, "reason", lines[i].reason);
        put_link(row, "person", "person", lines[i].identifier);
        put_instant(row, "at", lines[i].at);
    }
    return DONE;
}
