/* The next act of making, packaging and reconciliation, in the order that the acts themselves demand. */
#include "magistral/act/homes.h"

#include <string.h>

#include "magistral/act/weighings.h"
#include "magistral/base/catalogue.h"

/* A row whose act takes the batch and one thing more. */
static void choose(home_row *row, const char *task, const char *act, const char *input, const char *value, const char *detail)
{
    row->task = task;
    row->act = act;
    row->inputs[1].name = input;
    row->inputs[1].value = value;
    row->detail = detail;
}

static bool is_cleared(const review *r, const char *phase)
{
    for (size_t i = 0; i < r->record.clearance_count; i++)
        if (text_equal(r->record.clearances[i].phase, phase))
            return r->record.clearances[i].done;
    return false;
}

static void choose_clearance(call *call, home_row *row, const char *phase)
{
    choose(row, "clear-line", "batch clear-line", "phase", phase, call_word(call, "state.", phase));
}

static bool has_deviation(const review *r, const char *subject)
{
    for (size_t i = 0; i < r->deviation_count; i++)
        if (text_equal(r->deviations[i].subject, subject) && !text_equal(r->deviations[i].decision, "discard"))
            return true;
    return false;
}

/* What is on the pan or waits for a second person comes before anything else. */
static void choose_pending(const review *r, home_row *row)
{
    for (size_t i = 0; i < r->making.weighing_count && !row->task; i++) {
        const weighing_line *w = &r->making.weighings[i];
        bool open = text_equal(w->state, "open"), outside = w->within == 0 && !has_deviation(r, w->number);
        if (!open && !text_equal(w->state, "recorded"))
            continue;
        row->task = open ? "record-weighing" : outside ? "discard-outside" : "await-second-person";
        row->act = open ? "weighing record" : outside ? "weighing discard" : "weighing show";
        row->inputs[0].name = "weighing";
        row->inputs[0].value = w->number;
        row->detail = w->material_name;
        row->since = open ? w->opened_at : w->recorded_at;
    }
    for (size_t i = 0; i < r->making.issue_count && !row->task; i++)
        if (r->making.issues[i].verified_by == ABSENT) {
            choose(row, "await-second-person", "batch show", NULL, NULL, r->making.issues[i].material_name);
            row->since = r->making.issues[i].issued_at;
        }
}

static void choose_step(home_row *row, const formula_step *step)
{
    choose(row, "record-step", "step record", "step", step->code, step->title);
}

/* An article of this kind that was not issued yet. */
static bool choose_issue(const review *r, const char *kind, home_row *row)
{
    for (size_t i = 0; i < r->formula.component_count; i++) {
        const formula_component_line *component = &r->formula.components[i];
        bool issued = !text_equal(component->kind, kind);
        for (size_t k = 0; k < r->making.issue_count; k++)
            issued = issued || r->making.issues[k].component == component->id;
        if (issued)
            continue;
        choose(row, "issue-articles", "issue record", "component", component->code, component->name);
        return true;
    }
    return false;
}

static bool is_among(const char *codes, const char *code)
{
    size_t length = strlen(code);
    for (const char *p = codes; p; p = strchr(p, ',') ? strchr(p, ',') + 1 : NULL)
        if (strcspn(p, ",") == length && strncmp(p, code, length) == 0)
            return true;
    return false;
}

static bool is_sampled(const review *r, const char *purpose, const char *code)
{
    for (size_t i = 0; i < r->making.sample_count; i++)
        if (text_equal(r->making.samples[i].purpose, purpose) && (!code || is_among(r->making.samples[i].destinations, code)))
            return true;
    return false;
}

static void choose_sample_of(call *call, const review *r, const char *purpose, const formula_control *control, int64_t units, home_row *row)
{
    BUFFER_SCOPE buffer codes = BUFFER_EMPTY;
    buffer_add_text(&codes, control->code);
    for (size_t i = 0; i < r->formula.control_count && text_equal(purpose, "control"); i++)
        if (text_equal(r->formula.controls[i].shares, control->code))
            buffer_add_format(&codes, " %s", r->formula.controls[i].code);
    choose(row, "take-sample", "sample take", "purpose", purpose, text_equal(purpose, "control") ? control->name : call_word(call, "state.", purpose));
    row->inputs[2].name = "destinations";
    row->inputs[2].value = arena_text(call->arena, buffer_text(&codes));
    row->inputs[2].several = true;
    row->inputs[3].name = "units";
    row->inputs[3].value = arena_format(call->arena, "%lld", (long long)units);
}

/* Samples are taken from the bulk, before it is packaged. Rule: BPP 6.76. */
static bool choose_sample(call *call, const review *r, home_row *row)
{
    const formula_control *staged = NULL;
    for (size_t i = 0; i < r->formula.control_count; i++) {
        const formula_control *control = &r->formula.controls[i];
        staged = !staged && text_equal(control->kind, "dosage-units") ? control : staged;
        if (control->units == 0 || control->shares || is_sampled(r, "control", control->code))
            continue;
        choose_sample_of(call, r, "control", control, control->units, row);
        return true;
    }
    if (!staged || r->formula.version.reserve_units == 0 || is_sampled(r, "reserve", NULL))
        return false;
    choose_sample_of(call, r, "reserve", staged, r->formula.version.reserve_units, row);
    return true;
}

static ending choose_weighing(call *call, const review *r, const formula_step *step, home_row *row)
{
    const formula_component_line *unready = NULL;
    TRY(weighings_first_unready(call, &r->batch, &r->formula, &r->making, NULL, &unready));
    if (unready)
        choose(row, "weigh", "weighing open", "component", unready->code, unready->name);
    else
        choose_step(row, step);
    return DONE;
}

static void choose_packaging(call *call, const review *r, const formula_step *step, home_row *row)
{
    if (r->batch.conforming != ABSENT)
        choose_step(row, step);
    else if (choose_sample(call, r, row))
        return;
    else if (!is_cleared(r, "packaging"))
        choose_clearance(call, row, "packaging");
    else if (!choose_issue(r, "packaging-article", row))
        choose(row, "package", "batch package", NULL, NULL, NULL);
}

/* The reconciliations not made yet, together: all of them once the laboratory found the mean mass that the powder's needs. */
static void choose_reconciliation(call *call, const review *r, home_row *row)
{
    BUFFER_SCOPE buffer kinds = BUFFER_EMPTY, names = BUFFER_EMPTY;
    bool mean = false;
    for (size_t i = 0; i < r->result_count; i++)
        mean = mean || (text_equal(r->results[i].kind, "mass-uniformity") && r->results[i].computation &&
                        (text_equal(r->results[i].state, "closed") || text_equal(r->results[i].state, "verified")));
    for (size_t i = 0; i < r->record.reconciliation_count; i++) {
        const release_reconciliation *one = &r->record.reconciliations[i];
        if (one->done)
            continue;
        if (text_equal(one->kind, "powder") && !mean)
            return;
        buffer_add_format(&kinds, "%s%s", kinds.length > 0 ? " " : "", one->kind);
        buffer_add_format(&names, "%s%s", names.length > 0 ? ", " : "", call_word(call, "state.", one->kind));
    }
    if (kinds.length == 0)
        return;
    choose(row, "reconcile", "batch reconcile", "kinds", arena_text(call->arena, buffer_text(&kinds)), arena_text(call->arena, buffer_text(&names)));
    row->inputs[1].several = true;
}

static ending choose_next(call *call, const review *r, home_row *row)
{
    const formula_step *step = making_next_step(&r->formula, &r->making);
    if (!step) {
        if (r->batch.conforming != ABSENT)
            choose_reconciliation(call, r, row);
        return DONE;
    }
    const char *phase = r->batch.filled == ABSENT ? "making" : "packaging";
    if (text_equal(step->kind, "line-clearance") && !is_cleared(r, phase))
        choose_clearance(call, row, phase);
    else if (text_equal(step->kind, "weighing"))
        return choose_weighing(call, r, step, row);
    else if (text_equal(step->kind, "filling") && r->batch.filled == ABSENT) {
        if (!choose_issue(r, "capsule-shell", row))
            choose(row, "fill", "batch fill", NULL, NULL, NULL);
    } else if (text_equal(step->kind, "packaging"))
        choose_packaging(call, r, step, row);
    else
        choose_step(row, step);
    return DONE;
}

ending home_next_step(call *call, const review *r, home_row *row)
{
    if (text_equal(r->batch.state, "planned")) {
        choose(row, "start", "batch start", NULL, NULL, NULL);
        return DONE;
    }
    if (text_equal(r->batch.state, "in-preparation") && !is_cleared(r, "making")) {
        choose_clearance(call, row, "making");
        return DONE;
    }
    choose_pending(r, row);
    return row->task ? DONE : choose_next(call, r, row);
}
