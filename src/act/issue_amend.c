/* Counted articles were issued in another number than was entered: the stock follows, and another person counts and verifies anew.
 * Rule: BPP 4.40, 5.44; EU GMP 4.9. */
#include "magistral/act/amendments.h"
#include "magistral/act/issues.h"
#include "magistral/act/lots.h"
#include "magistral/act/materials.h"
#include "magistral/act/numbers.h"

static const input_definition inputs[] = {
    {"issue", INPUT_NUMBER, INPUT_POSITIONAL, "issue", "B26-0001/I1"},
    {"units", INPUT_COUNT, 0, NULL, "310"},
    {"reason", INPUT_TEXT, 0, NULL, "Deux chiffres inversés"},
    {0},
};

/* Shells are used once capsules are filled, articles of packaging once they are packaged. */
static ending is_used(call *call, const batch *batch, const issue *issue, bool *ret_used)
{
    batch_making making = {0};
    TRY(batches_making(call, batch, &making));
    *ret_used = batch->conforming != ABSENT;
    for (size_t i = 0; i < making.issue_count; i++)
        if (making.issues[i].id == issue->id && text_equal(making.issues[i].material_kind, "capsule-shell"))
            *ret_used = batch->filled != ABSENT;
    return DONE;
}

static ending move_difference(call *call, const batch *batch, const issue *before, int64_t units)
{
    container container = {0};
    lot lot = {0};
    int64_t stock = 0, more = units - before->units;
    bool found = false;
    TRY(store_find(call->store, &CONTAINER_BY_ID, (&(struct container){.id = before->container}), call->arena, &container, &found));
    TRY(store_find(call->store, &LOT_BY_ID, (&(struct lot){.id = container.lot}), call->arena, &lot, &found));
    TRY(container_stock(call, container.id, &stock));
    if (stock < more)
        return call_refuse(call, "ISSUE-06", "units", "container", container.number, "stock", count_text(call->arena, stock + before->units), NULL);
    call_concerns(call, "container", container.number);
    call_concerns(call, "lot", lot.number);
    return stock_move(call, "units", &container, "amendment", -more, batch->id, call_text(call, "reason"));
}

/* What went back to the stock was issued. */
static ending check_returned(call *call, const issue *before, int64_t units)
{
    stock_line held = {0};
    bool found = false;
    TRY(store_find(call->store, &BATCH_HOLDS, (&(movement){.batch = before->batch, .container = before->container}), call->arena, &held, &found));
    int64_t least = before->units - held.quantity;
    return units < least ? call_refuse(call, "AMENDMENT-18", "units", "units", call_text(call, "units"), "returned", count_text(call->arena, least), NULL) : DONE;
}

static ending run(call *call)
{
    issue issue = {0};
    batch batch = {0};
    int64_t units = call_integer(call, "units");
    TRY(issues_find(call, "issue", &issue, &batch));
    TRY(amendments_check_open(call, "issue", &batch));
    if (units < 1)
        return call_refuse(call, "ISSUE-05", "units", NULL);
    TRY(check_returned(call, &issue, units));
    amended_entry entry = amendments_number(call, "units", issue.units, units, NULL);
    amending amending = {.batch = &batch, .kind = "issue", .subject = issue.number, .author = issue.issued_by, .entered_at = issue.issued_at,
                         .good_before = true, .good_after = true, .entries = &entry, .count = units == issue.units ? 0 : 1};
    TRY(is_used(call, &batch, &issue, &amending.used));
    TRY(amendments_check(call, &amending));
    put_link(call->done, "article-issue", "issue", issue.number);
    TRY(amendments_write(call, &amending));
    TRY(move_difference(call, &batch, &issue, units));
    issue.units = units;
    put_count(call->done, "units", units);
    put_state(call->done, "state", "recorded");
    return store_update(call->store, &ISSUE_AMEND, &issue);
}

const act issue_amend_act = {.name = "issue amend", .right = RIGHT_MAKE, .inputs = inputs, .states = "in-preparation|quarantine", .run = run};
