/* One dispensing, whole: for whom, from which bottles, what is stuck, who did each step. */
#include "magistral/act/dispensings.h"
#include "magistral/domain/quantity.h"
#include "magistral/store/document.h"
#include "magistral/store/formula.h"
#include "magistral/store/request.h"

static const input_definition inputs[] = {
    {"dispensing", INPUT_NUMBER, INPUT_POSITIONAL, "dispensing", "2026/0001"},
    {0},
};

static ending put_step(call *call, answer *steps, const char *what, int64_t person, const char *at, const char *remark)
{
    struct person who = {0};
    bool found = false;
    if (person == ABSENT)
        return DONE;
    TRY(store_find(call->store, &PERSON_BY_ID, (&(struct person){.id = person}), call->arena, &who, &found));
    answer *row = add_object(steps);
    put_state_of(row, "state", "dispensing", what);
    put_instant(row, "at", at);
    put_link(row, "person", "person", who.identifier);
    put_text(row, "name", who.name);
    put_text(row, "remark", remark);
    return DONE;
}

static ending put_steps(call *call, const dispensing *d)
{
    answer *steps = put_list(call->done, "steps");
    TRY(put_step(call, steps, "confirmed", d->confirmed_by, d->confirmed_at, NULL));
    TRY(put_step(call, steps, "checked", d->checked_by, d->checked_at, NULL));
    TRY(put_step(call, steps, "handed-over", d->handed_over_by, d->handed_over_at, d->collected_by));
    return put_step(call, steps, "cancelled", d->cancelled_by, d->cancelled_at, d->cancel_reason);
}

static ending put_bottles(call *call, const dispensing *d)
{
    taken_bottle *held = NULL;
    label *labels = NULL, wanted = {.kind = "dispensing", .subject = d->number};
    size_t count = 0;
    TRY(store_list(call->store, &BOTTLES_OF_DISPENSING, (&(taken_bottle){.dispensing = d->id}), call->arena, &held, &count));
    answer *bottles = put_list(call->done, "bottles");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(bottles);
        put_link(row, "bottle", "bottle", held[i].number);
        put_count(row, "units", held[i].units);
        put_instant(row, "scanned-at", held[i].scanned_at);
        put_link(row, "label", "label", held[i].label);
    }
    TRY(store_list(call->store, &LABEL_OF_SUBJECT, &wanted, call->arena, &labels, &count));
    answer *printed = put_list(call->done, "labels");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(printed);
        put_link(row, "label", "label", labels[i].number);
        put_state_of(row, "state", "label", labels[i].state);
        put_text(row, "reason", labels[i].reason);
    }
    return DONE;
}

static ending put_returns(call *call, const dispensing *d)
{
    return_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &PATIENT_RETURNS_OF, (&(return_line){.dispensing = d->id}), call->arena, &lines, &count));
    answer *list = count > 0 ? put_list(call->done, "returns") : NULL;
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_count(row, "rank", (int64_t)i + 1);
        put_count(row, "units", lines[i].units);
        put_text(row, "reason", lines[i].reason);
        put_link(row, "person", "person", lines[i].identifier);
        put_instant(row, "at", lines[i].at);
    }
    return DONE;
}

static ending put_losses(call *call, const dispensing *d)
{
    patient_loss_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &PATIENT_LOSSES_OF, (&(patient_loss_line){.dispensing = d->id}), call->arena, &lines, &count));
    answer *list = count > 0 ? put_list(call->done, "patient-losses") : NULL;
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_count(row, "rank", (int64_t)i + 1);
        put_count(row, "units", lines[i].units);
        put_text(row, "reason", lines[i].reason);
        put_text(row, "reported-by", lines[i].reported_by);
        put_link(row, "person", "person", lines[i].identifier);
        put_instant(row, "at", lines[i].at);
    }
    return DONE;
}

static ending put_replacements(call *call, const dispensing *d)
{
    replacement_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &REPLACEMENTS_OF_DISPENSING, (&(replacement_line){.dispensing = d->id}), call->arena, &lines, &count));
    answer *list = count > 0 ? put_list(call->done, "replacements") : NULL;
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "request", "request", lines[i].number);
        put_state_of(row, "state", "request", lines[i].state);
        put_text(row, "reason", lines[i].reason);
        put_instant(row, "at", lines[i].at);
    }
    return DONE;
}

static ending put_things(call *call, const dispensing *d)
{
    request request = {0};
    patient patient = {0};
    batch batch = {0};
    formula_version version = {0};
    bool found = false;
    TRY(store_find(call->store, &REQUEST_BY_ID, (&(struct request){.id = d->request}), call->arena, &request, &found));
    TRY(store_find(call->store, &PATIENT_BY_ID, (&(struct patient){.id = d->patient}), call->arena, &patient, &found));
    TRY(store_find(call->store, &BATCH_BY_ID, (&(struct batch){.id = d->batch}), call->arena, &batch, &found));
    TRY(store_find(call->store, &FORMULA_VERSION_BY_ID, (&(formula_version){.id = batch.version}), call->arena, &version, &found));
    put_link(call->done, "request", "request", request.number);
    put_link(call->done, "patient", "patient", patient.pseudonym);
    put_text(call->done, "prescriber", request.prescriber);
    put_text(call->done, "posology", request.posology);
    put_link(call->done, "batch", "batch", batch.number);
    put_text(call->done, "registration", batch.registration);
    put_text(call->done, "product", arena_format(call->arena, "%s %s, %s", version.product, version.strength, version.form));
    put_day(call->done, "expiry", batch.expiry);
    put_text(call->done, "late-reason", d->late_reason);
    return DONE;
}

static ending run(call *call)
{
    dispensing d = {0};
    TRY(dispensings_find(call, &d));
    dispensings_put(call, &d, d.state);
    TRY(put_things(call, &d));
    put_figure(call->done, "charged", money_text(call->arena, (money){d.charged}), "EUR", d.charge_formula);
    TRY(put_bottles(call, &d));
    TRY(put_returns(call, &d));
    TRY(put_losses(call, &d));
    TRY(put_replacements(call, &d));
    return put_steps(call, &d);
}

const act dispensing_show_act = {.name = "dispensing show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
