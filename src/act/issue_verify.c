/* A second person scans the container again and types the number they counted. Rule: BPP 5.26, 5.44. */
#include "magistral/act/amendments.h"
#include "magistral/act/issues.h"
#include "magistral/act/numbers.h"
#include "magistral/act/reconciliations.h"
#include "magistral/act/weighings.h"

static const input_definition inputs[] = {
    {"issue", INPUT_NUMBER, INPUT_POSITIONAL, "issue", "B26-0001/I1"},
    {"container", INPUT_NUMBER, INPUT_SCANNED, "container", "MP26-0006/1"},
    {"units", INPUT_COUNT, 0, NULL, "310"},
    {0},
};

/* Shells alone are reconciled by their issues. */
static ending reconcile_shells(call *call, const batch *batch, const issue *issue)
{
    batch_making making = {0};
    TRY(batches_making(call, batch, &making));
    for (size_t i = 0; i < making.issue_count; i++)
        if (making.issues[i].id == issue->id && text_equal(making.issues[i].material_kind, "capsule-shell"))
            return reconciliations_again(call, batch, "shells");
    return DONE;
}

static ending run(call *call)
{
    issue issue = {0};
    batch batch = {0};
    TRY(issues_find(call, "issue", &issue, &batch));
    if (issue.verified_by != ABSENT)
        return call_refuse(call, "ISSUE-07", "issue", "issue", issue.number, NULL);
    if (batch_fell(batch.state))
        return call_refuse(call, "BATCH-02", "issue", "batch", batch.number, "state", call_word(call, "state.", batch.state), "states",
                           call_word(call, "state.", "in-preparation"), NULL);
    batches_check_second_person(call, "issue", issue.issued_by);
    if (call->person.id != issue.issued_by)
        TRY(amendments_check_verifier(call, "issue", "issue", issue.batch, issue.number, NULL));
    if (weighings_check_same_container(call, "container", issue.container) == FAILED)
        return FAILED;
    if (call_integer(call, "units") != issue.units)
        call_refuse(call, "ISSUE-08", "units", "units", count_text(call->arena, call_integer(call, "units")), NULL);
    TRY(call_ending(call));
    issue.verified_by = call->person.id;
    issue.verified_at = call->now;
    TRY(store_update(call->store, &ISSUE_VERIFY, &issue));
    put_link(call->done, "article-issue", "issue", issue.number);
    put_count(call->done, "units", issue.units);
    put_state(call->done, "state", "verified");
    return reconcile_shells(call, &batch, &issue);
}

const act issue_verify_act = {.name = "issue verify", .right = RIGHT_VERIFY, .second_person = true, .inputs = inputs, .run = run};
