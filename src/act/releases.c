#include "magistral/act/releases.h"

#include <string.h>

#include "magistral/store/document.h"
#include "magistral/store/lot.h"
#include "magistral/store/site.h"
#include "magistral/store/investigation.h"
#include "magistral/store/late_entry.h"
#include "magistral/store/paper_form.h"

/* A pharmacist accepted a deviation on this subject, as its last amendment left it. */
static bool is_accepted(const review *r, const char *subject)
{
    const char *amended = "";
    for (size_t i = 0; i < r->amendment_count; i++)
        if (text_equal(r->amendments[i].subject, subject))
            amended = r->amendments[i].at;
    for (size_t i = 0; i < r->deviation_count; i++)
        if (text_equal(r->deviations[i].subject, subject) && text_equal(r->deviations[i].decision, "accepted") && strcmp(r->deviations[i].decided_at, amended) > 0)
            return true;
    return false;
}

static void fill_components(call *call, review *r)
{
    release_component *made = arena_array(call->arena, r->formula.component_count, sizeof *made);
    for (size_t i = 0; i < r->formula.component_count; i++) {
        int64_t id = r->formula.components[i].id;
        made[i].material = r->formula.components[i].code;
        made[i].counted = text_equal(r->formula.components[i].unit, "count");
        for (size_t k = 0; k < r->making.weighing_count; k++)
            made[i].supplied = made[i].supplied || (r->making.weighings[k].component == id && text_equal(r->making.weighings[k].state, "verified"));
        for (size_t k = 0; k < r->making.issue_count; k++)
            made[i].supplied = made[i].supplied || (r->making.issues[k].component == id && r->making.issues[k].verified_by != ABSENT);
    }
    r->record.components = made;
    r->record.component_count = r->formula.component_count;
}

static void fill_weighings(call *call, review *r)
{
    release_weighing *weighings = arena_array(call->arena, r->making.weighing_count, sizeof *weighings);
    release_issue *issues = arena_array(call->arena, r->making.issue_count, sizeof *issues);
    for (size_t i = 0; i < r->making.weighing_count; i++) {
        const weighing_line *w = &r->making.weighings[i];
        weighings[i] = (release_weighing){w->number, w->state, w->within == 0, w->deviation != ABSENT};
    }
    for (size_t i = 0; i < r->making.issue_count; i++)
        issues[i] = (release_issue){r->making.issues[i].number, r->making.issues[i].verified_by != ABSENT};
    r->record.weighings = weighings;
    r->record.weighing_count = r->making.weighing_count;
    r->record.issues = issues;
    r->record.issue_count = r->making.issue_count;
}

/* The lots used, as they stand today: one may have been recalled since. */
static ending fill_lots(call *call, review *r)
{
    size_t most = r->making.weighing_count + r->making.issue_count, count = 0;
    release_lot *lots = arena_array(call->arena, most, sizeof *lots);
    for (size_t i = 0; i < most; i++) {
        bool weighed = i < r->making.weighing_count, found = false;
        if (weighed && !text_equal(r->making.weighings[i].state, "verified"))
            continue;
        lot lot = {.id = weighed ? r->making.weighings[i].lot : r->making.issues[i - r->making.weighing_count].lot};
        TRY(store_find(call->store, &LOT_BY_ID, (&(struct lot){.id = lot.id}), call->arena, &lot, &found));
        for (size_t k = 0; k < count; k++)
            found = found && !text_equal(lots[k].number, lot.number);
        if (found)
            lots[count++] = (release_lot){lot.number, lot.state};
    }
    r->record.lots = lots;
    r->record.lot_count = count;
    return DONE;
}

static ending fill_steps(call *call, review *r)
{
    release_step *steps = arena_array(call->arena, r->formula.step_count, sizeof *steps);
    for (size_t i = 0; i < r->formula.step_count; i++) {
        const formula_step *step = &r->formula.steps[i];
        steps[i] = (release_step){.code = step->code, .decided = is_accepted(r, step->code)};
        for (size_t k = 0; k < r->making.step_count; k++) {
            step_value *values = NULL;
            size_t count = 0;
            if (r->making.steps[k].step != step->id)
                continue;
            steps[i].recorded = true;
            TRY(store_list(call->store, &STEP_VALUES_OF, (&(step_value){.record = r->making.steps[k].id}), call->arena, &values, &count));
            for (size_t v = 0; v < count; v++)
                steps[i].outside = steps[i].outside || values[v].within == 0;
        }
    }
    r->record.steps = steps;
    r->record.step_count = r->formula.step_count;
    return DONE;
}

static ending fill_clearances(call *call, review *r)
{
    static const char *const phases[] = {"making", "packaging"};
    release_clearance *made = arena_array(call->arena, 2, sizeof *made);
    for (size_t i = 0; i < 2; i++) {
        made[i].phase = phases[i];
        TRY(batches_line_cleared(call, &r->batch, phases[i], &made[i].done));
    }
    r->record.clearances = made;
    r->record.clearance_count = 2;
    return DONE;
}

static void fill_reconciliations(call *call, review *r)
{
    static const char *const kinds[] = {"powder", "shells", "capsules", "labels"};
    enum { KINDS = sizeof kinds / sizeof *kinds };
    release_reconciliation *made = arena_array(call->arena, KINDS, sizeof *made);
    for (size_t i = 0; i < KINDS; i++) {
        made[i] = (release_reconciliation){.kind = kinds[i], .decided = is_accepted(r, arena_format(call->arena, "reconciliation/%s", kinds[i]))};
        for (size_t k = 0; k < r->reconciliation_count; k++)
            if (text_equal(r->reconciliations[k].kind, kinds[i])) {
                made[i].done = true;
                made[i].outside = made[i].outside || r->reconciliations[k].within == 0;
            }
    }
    r->record.reconciliations = made;
    r->record.reconciliation_count = KINDS;
}

static void fill_deviations(call *call, review *r)
{
    release_deviation *made = arena_array(call->arena, r->deviation_count, sizeof *made);
    for (size_t i = 0; i < r->deviation_count; i++)
        made[i] = (release_deviation){r->deviations[i].number, r->deviations[i].decision};
    r->record.deviations = made;
    r->record.deviation_count = r->deviation_count;
}

static ending fill_controls(call *call, review *r)
{
    release_control *made = arena_array(call->arena, r->formula.control_count, sizeof *made);
    for (size_t i = 0; i < r->formula.control_count; i++) {
        const formula_control *control = &r->formula.controls[i];
        made[i].code = control->code;
        made[i].later = text_equal(control->due, "after-release");
        TRY(results_is_due(call, &r->batch, control, &made[i].due));
        for (size_t k = 0; k < r->result_count; k++)
            if (r->results[k].control == control->id && !text_equal(r->results[k].state, "invalidated")) {
                made[i].result = r->results[k].number;
                made[i].state = r->results[k].state;
                made[i].verdict = r->results[k].verdict;
            }
    }
    r->record.controls = made;
    r->record.control_count = r->formula.control_count;
    return DONE;
}

/* The certificate must hold every result: one signed before the last verification does not. */
static ending fill_papers(call *call, review *r)
{
    document certificate = {0}, wanted = {.kind = "certificate-of-analysis", .subject_kind = "batch", .subject = r->batch.number};
    label *labels = NULL;
    size_t count = 0;
    TRY(store_find(call->store, &DOCUMENT_LAST_ISSUE, &wanted, call->arena, &certificate, &r->record.certified));
    r->record.certified = r->record.certified && certificate.meaning;
    for (size_t i = 0; i < r->result_count && r->record.certified; i++)
        if (r->results[i].verified_at && strcmp(r->results[i].verified_at, certificate.issued_at) > 0)
            r->record.certified = false;
    for (size_t i = 0; i < r->amendment_count && r->record.certified; i++) /* it states the size of the batch and what was sampled */
        if (text_is_among("filling|bottle|sample", r->amendments[i].kind) && strcmp(r->amendments[i].at, certificate.issued_at) > 0)
            r->record.certified = false;
    TRY(store_list(call->store, &LABEL_OF_BATCH, (&(label){.batch = r->batch.id}), call->arena, &labels, &count));
    for (size_t i = 0; i < count; i++)
        r->record.unsettled_labels = r->record.unsettled_labels || text_equal(labels[i].state, "printed");
    return DONE;
}

static ending fill_late(call *call, review *r)
{
    late_entry late = {0};
    paper_form form = {0};
    bool found = false;
    TRY(store_find(call->store, &LATE_ENTRY_TO_VERIFY, (&(late_entry){.batch = r->batch.id}), call->arena, &late, &found));
    r->record.late = found ? late.number : NULL;
    TRY(store_find(call->store, &PAPER_FORM_WAITING, (&(paper_form){.batch = r->batch.id}), call->arena, &form, &found));
    r->record.paper_form = found ? form.number : NULL;
    return DONE;
}

static ending fill_investigation(call *call, review *r)
{
    investigation open = {0};
    bool found = false;
    TRY(store_find(call->store, &INVESTIGATION_OPEN_OF, (&(investigation){.batch = r->batch.id}), call->arena, &open, &found));
    r->record.investigation = found ? open.number : NULL;
    return DONE;
}

ending releases_review(call *call, const batch *batch, review *ret_review)
{
    review r = {.batch = *batch};
    TRY(batches_formula(call, batch, &r.formula));
    TRY(batches_making(call, batch, &r.making));
    TRY(store_list(call->store, &DEVIATIONS_OF, (&(deviation){.batch = batch->id}), call->arena, &r.deviations, &r.deviation_count));
    TRY(amendments_of(call, batch->id, &r.amendments, &r.amendment_count));
    TRY(store_list(call->store, &RESULTS_OF, (&(result){.batch = batch->id}), call->arena, &r.results, &r.result_count));
    TRY(store_list(call->store, &RECONCILIATIONS_OF, (&(reconciliation){.batch = batch->id}), call->arena, &r.reconciliations,
                   &r.reconciliation_count));
    r.record = (release_record){.batch = batch->number, .state = batch->state, .held = batch->held == 1, .today = call->today,
                                .expiry = batch->expiry, .filled = batch->filled != ABSENT, .packaged = batch->conforming != ABSENT};
    fill_components(call, &r);
    fill_weighings(call, &r);
    TRY(fill_lots(call, &r));
    TRY(fill_steps(call, &r));
    TRY(fill_clearances(call, &r));
    fill_reconciliations(call, &r);
    fill_deviations(call, &r);
    TRY(fill_controls(call, &r));
    TRY(fill_papers(call, &r));
    TRY(fill_late(call, &r));
    TRY(fill_investigation(call, &r));
    release_blocks(call->arena, &r.record, &r.blocks, &r.block_count);
    *ret_review = r;
    return DONE;
}

ending releases_parts(call *call, const query *query, const batch *batch, int64_t *ret_parts)
{
    part part = {0}, wanted = {.batch = batch->id, .person = call->person.id};
    bool found = false;
    TRY(store_find(call->store, query, &wanted, call->arena, &part, &found));
    *ret_parts = part.parts;
    return DONE;
}

ending releases_person(call *call, const batch *batch, release_person *ret_person)
{
    int64_t operated = 0, controlled = 0;
    setting setting = {0};
    bool set = false;
    TRY(releases_parts(call, &PART_OPERATED, batch, &operated));
    TRY(releases_parts(call, &PART_CONTROLLED, batch, &controlled));
    TRY(store_find(call->store, &SETTING_OF, (&(struct setting){.name = "controller-may-release"}), call->arena, &setting, &set));
    *ret_person = (release_person){operated > 0, controlled > 0, set && text_equal(setting.value, "yes"), false};
    return DONE;
}

ending releases_check_person(call *call, const batch *batch, bool *ret_controller)
{
    release_person person = {0};
    TRY(releases_person(call, batch, &person));
    person.reason = call_has(call, "reason");
    switch (release_right_of(&person)) {
    case RELEASE_ALLOWED:
        break;
    case RELEASE_OPERATOR:
        call_refuse(call, "RELEASE-30", "as", "person", call->person.identifier, "batch", batch->number, NULL);
        break;
    case RELEASE_CONTROLLER:
        call_refuse(call, "RELEASE-31", "as", "person", call->person.identifier, "batch", batch->number, NULL);
        break;
    case RELEASE_REASON_DUE:
        call_refuse(call, "RELEASE-32", "reason", "person", call->person.identifier, NULL);
        break;
    }
    *ret_controller = person.controller;
    return DONE;
}
