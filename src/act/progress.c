#include "magistral/act/progress.h"

#include <string.h>

#include "magistral/act/interruptions.h"
#include "magistral/act/numbers.h"
#include "magistral/act/results.h"
#include "magistral/act/rooms.h"
#include "magistral/act/weighings.h"
#include "magistral/base/catalogue.h"
#include "magistral/store/document.h"
#include "magistral/store/equipment.h"

const char *stage_word(stage stage)
{
#define STAGE_WORD(name, word) [name] = word,
    static const char *const words[] = {STAGES(STAGE_WORD)};
    return words[stage];
}

static void propose(progress *p, stage stage, const char *act, const char *subject)
{
    p->stage = stage;
    p->act = act;
    p->subject = subject;
}

static void give(progress *p, const char *input, const char *value)
{
    door_give(p->inputs, input, value);
}

/* One rung: proposes an act, or leaves p->act NULL. */
typedef ending (*rung)(call *call, const review *r, progress *p);

static ending begin(call *call, const review *r, progress *p)
{
    interruption suspended = {0};
    const char **portions = NULL;
    size_t count = 0;
    BUFFER_SCOPE buffer waiting = BUFFER_EMPTY;
    if (text_equal(r->batch.state, "planned"))
        propose(p, STAGE_START, "batch start", NULL);
    else if (r->batch.held)
        propose(p, STAGE_START, "batch lift", NULL);
    TRY(interruptions_under_way(call, &r->batch, &suspended));
    if (!p->act && suspended.id) {
        TRY(interruptions_portions(call, &r->batch, &portions, &count));
        for (size_t i = 0; i < count; i++)
            buffer_add_format(&waiting, "%s%s", i > 0 ? ", " : "", portions[i]);
        propose(p, STAGE_START, "batch resume", count > 0 ? arena_text(call->arena, buffer_text(&waiting)) : NULL);
        p->instruction = suspended.left_as;
    }
    if (p->act)
        give(p, "batch", r->batch.number);
    return DONE;
}

static ending clear_line(call *call, const review *r, progress *p, stage stage, const char *phase)
{
    bool cleared = false;
    TRY(batches_line_cleared(call, &r->batch, phase, &cleared));
    if (cleared)
        return DONE;
    propose(p, stage, "batch clear-line", NULL);
    give(p, "batch", r->batch.number);
    give(p, "phase", phase);
    return DONE;
}

static ending clear_for_making(call *call, const review *r, progress *p)
{
    return text_equal(r->batch.state, "in-preparation") ? clear_line(call, r, p, STAGE_START, "making") : DONE;
}

static ending verify_issue(call *call, const review *r, progress *p)
{
    (void)call;
    for (size_t i = 0; i < r->making.issue_count; i++)
        if (r->making.issues[i].verified_by == ABSENT) {
            propose(p, text_equal(r->batch.state, "in-preparation") ? STAGE_WEIGH : STAGE_PACKAGE, "issue verify", r->making.issues[i].material_code);
            give(p, "issue", r->making.issues[i].number);
            return DONE;
        }
    return DONE;
}

/* What was weighed outside its limits is not verified as it is: it is discarded, or a pharmacist decides. */
static ending finish_weighing(call *call, const review *r, progress *p)
{
    int64_t accepted = ABSENT;
    for (size_t i = 0; i < r->making.weighing_count; i++) {
        const weighing_line *w = &r->making.weighings[i];
        bool open = text_equal(w->state, "open"), recorded = text_equal(w->state, "recorded");
        if (!open && !recorded)
            continue;
        TRY(weighings_accepted_deviation(call, r->batch.id, w->number, &accepted));
        bool outside = recorded && w->within == 0 && accepted == ABSENT;
        propose(p, STAGE_WEIGH, open ? "weighing record" : outside ? "weighing discard" : "weighing verify", w->number);
        give(p, "weighing", w->number);
        p->weighing = w;
        return DONE;
    }
    return DONE;
}

/* Nothing is weighed, worked or filled before the room is read, and within what the formula asks. */
static ending read_room(call *call, const review *r, progress *p)
{
    const formula_condition *due = NULL;
    bool outside = false;
    if (!text_equal(r->batch.state, "in-preparation"))
        return DONE;
    TRY(rooms_first_due(call, &r->batch, &r->formula, &due, &outside));
    if (!due)
        return DONE;
    work_area area = {0};
    bool found = false;
    TRY(store_find(call->store, &WORK_AREA_BY_ID, (&(work_area){.id = r->batch.work_area}), call->arena, &area, &found));
    const char *kind = call_word(call, "state.", due->kind);
    propose(p, STAGE_START, "room record", outside ? arena_format(call->arena, "%s, %s", kind, catalogue_word(call->language, "room.", "outside")) : kind);
    p->instruction = rooms_asked_words(call, &r->formula);
    give(p, "area", area.code);
    return DONE;
}

static ending open_weighing(call *call, const review *r, progress *p)
{
    const formula_component_line *unready = NULL;
    TRY(weighings_first_unready(call, &r->batch, &r->formula, &r->making, NULL, &unready));
    if (!unready || !text_equal(r->batch.state, "in-preparation"))
        return DONE;
    propose(p, STAGE_WEIGH, "weighing open", unready->name);
    give(p, "batch", r->batch.number);
    give(p, "component", unready->code);
    p->component = unready;
    return DONE;
}

static ending issue_articles(const review *r, progress *p, stage stage, bool shells)
{
    for (size_t i = 0; i < r->formula.component_count; i++) {
        const formula_component_line *c = &r->formula.components[i];
        bool issued = false;
        if (!text_equal(c->unit, "count") || text_equal(c->kind, "capsule-shell") != shells)
            continue;
        for (size_t k = 0; k < r->making.issue_count; k++)
            issued = issued || r->making.issues[k].component == c->id;
        if (issued)
            continue;
        propose(p, stage, "issue record", c->name);
        give(p, "batch", r->batch.number);
        give(p, "component", c->code);
        p->component = c;
        return DONE;
    }
    return DONE;
}

static ending issue_shells(call *call, const review *r, progress *p)
{
    (void)call;
    return text_equal(r->batch.state, "in-preparation") ? issue_articles(r, p, STAGE_WEIGH, true) : DONE;
}

static void record_step(const review *r, progress *p, stage stage, const formula_step *step)
{
    propose(p, stage, "step record", step->title);
    p->instruction = step->instruction;
    give(p, "batch", r->batch.number);
    give(p, "step", step->code);
}

/* What a control of the formula waits for: a result to open, values, the verdict, the second person. */
static ending follow_control(call *call, const review *r, progress *p, stage stage, const formula_control *control)
{
    result_whole whole = {0};
    bool found = false;
    const char *series = NULL;
    TRY(store_find(call->store, &RESULT_STANDING, (&(result){.batch = r->batch.id, .control = control->id}), call->arena, &whole.result, &found));
    if (!found) {
        propose(p, stage, "result open", control->name);
        give(p, "batch", r->batch.number);
        give(p, "control", control->code);
        return DONE;
    }
    TRY(results_load(call, &whole));
    const char *act = results_next_act(&whole, &series);
    if (!act)
        return DONE;
    propose(p, stage, act, control->name);
    give(p, "result", whole.result.number);
    give(p, "series", series);
    return DONE;
}

static ending control_in_process(call *call, const review *r, progress *p)
{
    const formula_step *next = making_next_step(&r->formula, &r->making);
    for (size_t i = 0; next && text_equal(next->kind, "filling") && r->batch.filled == ABSENT && i < r->formula.control_count && !p->act; i++)
        if (text_equal(r->formula.controls[i].due, "in-process"))
            TRY(follow_control(call, r, p, STAGE_MAKE, &r->formula.controls[i]));
    return DONE;
}

static ending make(call *call, const review *r, progress *p)
{
    const formula_step *next = making_next_step(&r->formula, &r->making);
    if (!text_equal(r->batch.state, "in-preparation"))
        return DONE;
    if (next && !text_equal(next->kind, "filling")) {
        record_step(r, p, text_equal(next->kind, "weighing") ? STAGE_WEIGH : STAGE_MAKE, next);
        return DONE;
    }
    propose(p, STAGE_FILL, "batch fill", NULL);
    p->instruction = next ? next->instruction : NULL;
    give(p, "batch", r->batch.number);
    give(p, "units", count_text(call->arena, r->batch.units));
    return DONE;
}

static ending record_filling(call *call, const review *r, progress *p)
{
    const formula_step *next = making_next_step(&r->formula, &r->making);
    if (!next || r->batch.conforming != ABSENT || text_equal(next->kind, "packaging"))
        return DONE;
    if (text_equal(next->kind, "line-clearance"))
        TRY(clear_line(call, r, p, STAGE_PACKAGE, "packaging"));
    if (!p->act)
        record_step(r, p, STAGE_FILL, next);
    return DONE;
}

static bool is_sampled(const review *r, const char *purpose, const char *code)
{
    size_t length = strlen(code);
    for (size_t i = 0; i < r->making.sample_count; i++)
        for (const char *at = text_equal(r->making.samples[i].purpose, purpose) ? r->making.samples[i].destinations : NULL; at;
             at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
            if (strcspn(at, ",") == length && strncmp(at, code, length) == 0)
                return true;
    return false;
}

/* Capsules that serve one control serve those that share them: they are counted once (BPP 6.76). */
static ending take_sample(call *call, const review *r, progress *p)
{
    for (size_t i = 0; i < r->formula.control_count; i++) {
        const formula_control *c = &r->formula.controls[i];
        if (c->shares || c->units < 1 || text_equal(c->due, "in-process") || text_equal(c->due, "periodic") || is_sampled(r, "control", c->code))
            continue;
        propose(p, STAGE_SAMPLE, "sample take", c->name);
        give(p, "batch", r->batch.number);
        give(p, "purpose", "control");
        give(p, "destinations", c->code);
        for (size_t k = 0; k < r->formula.control_count; k++)
            if (text_equal(r->formula.controls[k].shares, c->code))
                give(p, "destinations", r->formula.controls[k].code);
        give(p, "units", count_text(call->arena, c->units));
        return DONE;
    }
    return DONE;
}

static ending take_reserve(call *call, const review *r, progress *p)
{
    for (size_t i = 0; i < r->making.sample_count; i++)
        if (text_equal(r->making.samples[i].purpose, "reserve"))
            return DONE;
    for (size_t i = 0; r->formula.version.reserve_units > 0 && i < r->formula.control_count; i++) {
        if (!text_equal(r->formula.controls[i].kind, "dosage-units"))
            continue;
        propose(p, STAGE_SAMPLE, "sample take", NULL);
        give(p, "batch", r->batch.number);
        give(p, "purpose", "reserve");
        give(p, "destinations", r->formula.controls[i].code);
        give(p, "units", count_text(call->arena, r->formula.version.reserve_units));
        return DONE;
    }
    return DONE;
}

static ending sample_bulk(call *call, const review *r, progress *p)
{
    if (r->batch.conforming != ABSENT)
        return DONE;
    TRY(take_sample(call, r, p));
    return p->act ? DONE : take_reserve(call, r, p);
}

static ending package(call *call, const review *r, progress *p)
{
    if (r->batch.conforming != ABSENT)
        return DONE;
    TRY(clear_line(call, r, p, STAGE_PACKAGE, "packaging"));
    if (!p->act)
        TRY(issue_articles(r, p, STAGE_PACKAGE, false));
    if (p->act)
        return DONE;
    propose(p, STAGE_PACKAGE, "batch package", NULL);
    give(p, "batch", r->batch.number);
    return DONE;
}

/* Every bottle has its label, and what became of each label is said. */
static ending label_bottles(call *call, const review *r, progress *p)
{
    label *labels = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &LABEL_OF_BATCH, (&(label){.batch = r->batch.id}), call->arena, &labels, &count));
    for (size_t i = 0; i < count; i++)
        if (text_equal(labels[i].state, "printed")) {
            propose(p, STAGE_PACKAGE, "label settle", NULL);
            give(p, "label", labels[i].number);
        }
    if (p->act)
        give(p, "state", "applied");
    for (size_t i = 0; i < r->making.bottle_count && !text_equal(p->act, "label settle"); i++) {
        bool labelled = r->making.bottles[i].ended != NULL;
        for (size_t k = 0; k < count; k++)
            labelled = labelled || (text_equal(labels[k].kind, "bottle") && text_equal(labels[k].subject, r->making.bottles[i].number));
        if (labelled)
            continue;
        propose(p, STAGE_PACKAGE, "label print", NULL);
        give(p, "number", r->making.bottles[i].number);
    }
    if (text_equal(p->act, "label print"))
        give(p, "kind", "bottle");
    return DONE;
}

static ending finish_steps(call *call, const review *r, progress *p)
{
    const formula_step *next = making_next_step(&r->formula, &r->making);
    (void)call;
    if (next)
        record_step(r, p, STAGE_PACKAGE, next);
    return DONE;
}

/* The laboratory has found the mean mass of a content: the balance of powder needs it. */
static bool has_mean(const review *r)
{
    for (size_t i = 0; i < r->result_count; i++)
        if (text_equal(r->results[i].kind, "mass-uniformity") && r->results[i].computation &&
            (text_equal(r->results[i].state, "closed") || text_equal(r->results[i].state, "verified")))
            return true;
    return false;
}

/* All balances together, once the powder's can be made too. */
static ending reconcile(call *call, const review *r, progress *p)
{
    (void)call;
    for (size_t i = 0; i < r->record.reconciliation_count && !p->act && has_mean(r); i++)
        if (!r->record.reconciliations[i].done) {
            propose(p, STAGE_RECONCILE, "batch reconcile", NULL);
            give(p, "batch", r->batch.number);
        }
    return DONE;
}

static ending control(call *call, const review *r, progress *p)
{
    for (size_t i = 0; i < r->formula.control_count && !p->act; i++)
        if (r->record.controls[i].due)
            TRY(follow_control(call, r, p, STAGE_CONTROL, &r->formula.controls[i]));
    if (!p->act && !r->record.certified) {
        propose(p, STAGE_CONTROL, "certificate sign", NULL);
        give(p, "batch", r->batch.number);
    }
    return DONE;
}

static ending decide(call *call, const review *r, progress *p)
{
    (void)call;
    propose(p, STAGE_DECIDE, "batch release", NULL);
    for (size_t i = 0; i < r->block_count; i++)
        if (strcmp(r->blocks[i].rule, "RELEASE-26") != 0) {
            propose(p, STAGE_DECIDE, r->blocks[i].way_out, r->blocks[i].thing);
            break;
        }
    if (strncmp(p->act, "batch ", 6) == 0)
        give(p, "batch", r->batch.number);
    else if (r->block_count > 0 && r->blocks[0].link_kind)
        give(p, r->blocks[0].link_kind, r->blocks[0].thing);
    return DONE;
}

ending progress_of(call *call, const review *review, progress *ret_progress)
{
    static const rung making[] = {begin, clear_for_making, verify_issue, finish_weighing, read_room, open_weighing, issue_shells, control_in_process, make};
    static const rung after[] = {begin, verify_issue, record_filling, sample_bulk, package, label_bottles, finish_steps, reconcile, control, decide};
    progress p = {.stage = STAGE_COUNT, .inputs = answer_object(call->arena)};
    bool filled = text_equal(review->batch.state, "quarantine");
    bool under_way = filled || text_equal(review->batch.state, "planned") || text_equal(review->batch.state, "in-preparation");
    const rung *rungs = filled ? after : making;
    size_t count = filled ? sizeof after / sizeof *after : sizeof making / sizeof *making;
    for (size_t i = 0; under_way && i < count && !p.act; i++)
        TRY(rungs[i](call, review, &p));
    *ret_progress = p;
    return DONE;
}
