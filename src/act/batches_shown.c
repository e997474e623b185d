/* Everything recorded about the making of a batch, as an answer. Rule: BPP 4.38, 4.40. */
#include <string.h>

#include "magistral/act/bottles.h"
#include "magistral/act/holds.h"
#include "magistral/act/destructions.h"
#include "magistral/act/equipments.h"
#include "magistral/act/excursions.h"
#include "magistral/act/logbooks.h"
#include "magistral/act/losses.h"
#include "magistral/act/materials.h"
#include "magistral/act/numbers.h"
#include "magistral/act/people.h"
#include "magistral/act/weighings.h"
#include "magistral/domain/weighing.h"
#include "magistral/store/deviation.h"
#include "magistral/store/result.h"

static void put_count_or_nothing(answer *to, const char *name, int64_t count)
{
    if (count == ABSENT)
        put_text(to, name, NULL);
    else
        put_count(to, name, count);
}

static ending put_formula_copy(call *call, answer *to, const batch *b)
{
    const char *type = NULL, *bytes = NULL;
    size_t length = 0;
    bool found = false;
    TRY(store_content(call->store, b->formula_content, call->arena, &type, &bytes, &length, &found));
    put_bytes(to, "formula-copy", b->formula_content, type, (int64_t)length);
    return DONE;
}

static ending put_head(call *call, answer *to, const batch *b, const formula_content *formula)
{
    work_area area = {0};
    const char *state = NULL, *place = NULL, *plate = NULL;
    bool found = false, held = false;
    TRY(store_find(call->store, &WORK_AREA_BY_ID, (&(work_area){.id = b->work_area}), call->arena, &area, &found));
    put_link(to, "batch", "batch", b->number);
    TRY(batches_state(call, b->id, &state));
    TRY(batches_is_held(call, b, &held));
    put_state(to, "state", state);
    put_state(to, "recorded-state", text_equal(state, b->state) ? NULL : b->state);
    put_truth(to, "held", held);
    put_text(to, "product", formula->version.product);
    put_text(to, "strength", formula->version.strength);
    put_text(to, "form", formula->version.form);
    put_link(to, "version", "formula", formula->version.number);
    TRY(put_formula_copy(call, to, b));
    put_link(to, "area", "area", area.code);
    TRY(excursions_place_of_batch(call, b->id, &place));
    put_text(to, "location", place);
    put_figure(to, "units", count_text(to->arena, b->units), NULL,
               arena_format(to->arena, "%lld + %lld + %lld + %lld", (long long)b->requested_units, (long long)b->sampled_units,
                            (long long)b->reserve_units, (long long)b->loss_units));
    TRY(put_person(call, to, "planned-by", b->planned_by));
    put_instant(to, "planned-at", b->planned_at);
    put_text(to, "registration", b->registration);
    put_day(to, "made-on", b->made_on);
    put_instant(to, "started-at", b->started_at);
    put_day(to, "expiry", b->expiry);
    batches_put_expiry_cause(to, b);
    put_count_or_nothing(to, "filled", b->filled);
    put_instant(to, "filled-at", b->filled_at);
    TRY(plates_words(call, call->language, b->id, &plate));
    if (plate)
        put_text(to, "plate", plate);
    put_count_or_nothing(to, "conforming", b->conforming);
    put_instant(to, "packaged-at", b->packaged_at);
    put_day(to, "analysed-on", b->analysed_on);
    if (b->destroyed_by == ABSENT)
        return DONE;
    answer *destruction = put_object(to, "destruction");
    put_count(destruction, "units", b->destroyed_units);
    put_text(destruction, "reference", b->destruction_reference);
    TRY(put_person(call, destruction, "person", b->destroyed_by));
    put_instant(destruction, "at", b->destroyed_at);
    return DONE;
}

static ending put_requests(call *call, answer *to, const batch *b)
{
    batch_request_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &BATCH_REQUESTS_OF, (&(batch_request_line){.batch = b->id}), call->arena, &lines, &count));
    answer *list = put_list(to, "requests");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "request", "request", lines[i].number);
        put_link(row, "patient", "patient", lines[i].pseudonym);
        put_text(row, "prescriber", lines[i].prescriber);
        put_count(row, "daily-units", lines[i].daily_units);
        put_count(row, "days", lines[i].days);
        put_count(row, "units", lines[i].units);
    }
    return DONE;
}

static ending put_clearances(call *call, answer *to, const batch *b)
{
    clearance *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &CLEARANCES_OF, (&(clearance){.batch = b->id}), call->arena, &rows, &count));
    answer *list = put_list(to, "clearances");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_state(row, "phase", rows[i].phase);
        put_text(row, "remarks", rows[i].remarks);
        TRY(put_person(call, row, "person", rows[i].person));
        put_instant(row, "at", rows[i].at);
    }
    return DONE;
}

/* The way to the form that amends the entry of a row; NULL once the record is closed. */
static answer *put_amending(answer *row, const batch *b, const char *act, const char *name, const char *number)
{
    if (!text_is_among("in-preparation|quarantine", b->state))
        return NULL;
    answer *inputs = put_door(row, "do", act);
    put_text(inputs, name, number);
    return inputs;
}

static void put_amending_count(call *call, answer *row, const batch *b, const char *act, const char *name, const char *number, int64_t units)
{
    answer *inputs = put_amending(row, b, act, name, number);
    if (inputs)
        put_text(inputs, "units", count_text(call->arena, units));
}

static ending put_bench(call *call, answer *to, const batch *b, const batch_making *m)
{
    answer *weighings = put_list(to, "weighings");
    for (size_t i = 0; i < m->weighing_count; i++)
        TRY(weighings_put_row(call, add_object(weighings), &m->weighings[i]));
    answer *issues = put_list(to, "issues");
    for (size_t i = 0; i < m->issue_count; i++) {
        const issue_line *issue = &m->issues[i];
        answer *row = add_object(issues);
        put_link(row, "article-issue", "issue", issue->number);
        put_link(row, "material", "material", issue->material_code);
        put_link(row, "lot", "lot", issue->lot_number);
        put_link(row, "container", "container", issue->container_number);
        put_count(row, "units", issue->units);
        put_text(row, "other-lot-reason", issue->other_lot_reason);
        TRY(put_person(call, row, "issued-by", issue->issued_by));
        put_instant(row, "issued-at", issue->issued_at);
        TRY(put_person(call, row, "verified-by", issue->verified_by));
        put_instant(row, "verified-at", issue->verified_at);
        put_amending_count(call, row, b, "issue amend", "issue", issue->number, issue->units);
    }
    return DONE;
}

static bool is_dose(const formula_content *formula, int64_t component)
{
    for (size_t i = 0; i < formula->component_count; i++)
        if (formula->components[i].id == component)
            return strcmp(formula->components[i].amount, "dose") == 0;
    return false;
}

/* What the verified portions make together. */
static ending put_blend(call *call, answer *to, const batch *b, const formula_content *formula, const batch_making *m)
{
    portion *portions = arena_array(call->arena, m->weighing_count + 1, sizeof *portions);
    size_t count = 0;
    for (size_t i = 0; i < m->weighing_count; i++) {
        const weighing_line *line = &m->weighings[i];
        decimal purity;
        if (strcmp(line->state, "verified") != 0)
            continue;
        if (decimal_parse(line->purity, &purity) != DECIMAL_GOOD)
            return fail(call->outcome, "weighing %s has no purity", line->number);
        portions[count++] = (portion){.net = {line->net}, .purity = is_dose(formula, line->component) ? ratio_of_decimal(purity) : ratio_whole(0)};
    }
    if (count == 0)
        return DONE;
    blend_result blend = {0};
    if (!blend_of(call->arena, portions, count, b->units, &blend))
        return fail(call->outcome, "the blend of %s does not fit", b->number);
    answer *shown = put_object(to, "blend");
    put_figure(shown, "mass", blend.mass.text, blend.mass.unit, blend.mass.formula);
    put_figure(shown, "pure-active", blend.active.text, blend.active.unit, blend.active.formula);
    put_figure(shown, "per-capsule", blend.per_capsule.text, blend.per_capsule.unit, blend.per_capsule.formula);
    return DONE;
}

static const formula_step *step_by_id(const formula_content *formula, int64_t id)
{
    for (size_t i = 0; i < formula->step_count; i++)
        if (formula->steps[i].id == id)
            return &formula->steps[i];
    return NULL;
}

static const char *truth_word(const call *call, const char *value)
{
    if (strcmp(value, "yes") == 0 || strcmp(value, "no") == 0)
        return call_word(call, "state.", strcmp(value, "yes") == 0 ? "true" : "false");
    return value;
}

/* Values in one cell each step: "duration 10 min". */
static ending step_values_text(call *call, int64_t record, const char **ret_text)
{
    step_value *values = NULL;
    size_t count = 0;
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    TRY(store_list(call->store, &STEP_VALUES_OF, (&(step_value){.record = record}), call->arena, &values, &count));
    for (size_t i = 0; i < count; i++)
        buffer_add_format(&text, "%s%s = %s%s%s%s", i > 0 ? "; " : "", values[i].name, truth_word(call, values[i].value), values[i].unit ? " " : "",
                          values[i].unit ? values[i].unit : "", values[i].within ? "" : " (!)");
    *ret_text = count > 0 ? arena_text(call->arena, text.bytes) : NULL;
    return DONE;
}

static ending put_steps(call *call, answer *to, const batch *b, const formula_content *formula, const batch_making *m)
{
    answer *steps = put_list(to, "steps");
    for (size_t i = 0; i < m->step_count; i++) {
        const formula_step *step = step_by_id(formula, m->steps[i].step);
        const char *values = NULL;
        answer *row = add_object(steps);
        put_text(row, "step", step ? step->code : NULL);
        put_text(row, "title", step ? step->title : NULL);
        TRY(step_values_text(call, m->steps[i].id, &values));
        put_text(row, "values", values);
        put_text(row, "remarks", m->steps[i].remarks);
        TRY(put_person(call, row, "person", m->steps[i].person));
        put_instant(row, "at", m->steps[i].at);
        answer *amending = values && step ? put_amending(row, b, "step amend", "batch", b->number) : NULL;
        if (amending)
            put_text(amending, "step", step->code);
        else if (text_is_among("in-preparation|quarantine", b->state))
            put_text(row, "do", NULL);
    }
    const formula_step *next = making_next_step(formula, m);
    put_text(to, "next-step", next ? next->code : NULL);
    return DONE;
}

static ending put_losses(call *call, answer *to, const batch *b, const batch_making *m)
{
    answer *losses = put_list(to, "losses");
    for (size_t i = 0; i < m->loss_count; i++) {
        answer *row = add_object(losses);
        put_state(row, "kind", m->losses[i].kind);
        const char *unit = losses_is_powder(m->losses[i].kind) ? "mass" : "count";
        put_quantity(row, "quantity", m->losses[i].quantity, unit);
        put_text(row, "cause", m->losses[i].cause);
        TRY(put_person(call, row, "person", m->losses[i].person));
        put_instant(row, "at", m->losses[i].at);
        answer *amending = put_amending(row, b, "loss amend", "batch", b->number);
        if (amending) {
            put_text(amending, "loss", count_text(call->arena, (int64_t)i + 1));
            put_text(amending, "quantity", quantity_words(call->arena, m->losses[i].quantity, unit));
        }
    }
    return DONE;
}

/* Capsules that a test took: of a reserve those of a second stage; the others, once a result that they serve is there. */
static int64_t used_of(const sample_line *sample, const result_line *results, size_t count)
{
    if (strcmp(sample->purpose, "reserve") == 0)
        return sample->used;
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(results[i].code);
        for (const char *at = strstr(sample->destinations, results[i].code); at; at = strstr(at + 1, results[i].code))
            if ((at == sample->destinations || at[-1] == ',') && (at[length] == ',' || !at[length]))
                return sample->units;
    }
    return 0;
}

static ending put_samples_and_bottles(call *call, answer *to, const batch *b, const batch_making *m)
{
    result_line *results = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RESULTS_OF, (&(result){.batch = b->id}), call->arena, &results, &count));
    answer *samples = put_list(to, "samples");
    for (size_t i = 0; i < m->sample_count; i++) {
        answer *row = add_object(samples);
        put_link(row, "sample", "sample", m->samples[i].number);
        put_state(row, "kind", m->samples[i].purpose);
        put_text(row, "destinations", m->samples[i].destinations);
        put_count(row, "units", m->samples[i].units);
        put_count(row, "used", used_of(&m->samples[i], results, count));
        if (m->samples[i].received != ABSENT)
            put_count(row, "received", m->samples[i].received);
        else
            put_text(row, "received", NULL);
        TRY(put_person(call, row, "person", m->samples[i].person));
        put_instant(row, "at", m->samples[i].at);
        put_amending_count(call, row, b, "sample amend", "sample", m->samples[i].number, m->samples[i].units);
    }
    answer *bottles = put_list(to, "bottles");
    for (size_t i = 0; i < m->bottle_count; i++) {
        const char *state = NULL;
        answer *row = add_object(bottles);
        put_link(row, "bottle", "bottle", m->bottles[i].number);
        put_count(row, "units", m->bottles[i].units);
        put_truth(row, "destroyed", m->bottles[i].destroyed == 1);
        TRY(bottles_state(call, &m->bottles[i], &state));
        put_state_of(row, "state", "bottle", state);
        put_amending_count(call, row, b, "bottle amend", "bottle", m->bottles[i].number, m->bottles[i].units);
    }
    return DONE;
}

/* The figure of the edition before; NULL when there is none, or it is the same. */
static const char *former_of(const reconciliation *all, size_t count, const reconciliation *row)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(all[i].kind, row->kind) && text_equal(all[i].name, row->name) && all[i].edition == row->edition - 1)
            return text_equal(all[i].value, row->value) ? NULL : all[i].value;
    return NULL;
}

static ending put_reconciliations(call *call, answer *to, const batch *b)
{
    reconciliation *rows = NULL, *all = NULL;
    size_t count = 0, every = 0;
    TRY(store_list(call->store, &RECONCILIATIONS_OF, (&(reconciliation){.batch = b->id}), call->arena, &rows, &count));
    TRY(store_list(call->store, &RECONCILIATIONS_EVER, (&(reconciliation){.batch = b->id}), call->arena, &all, &every));
    bool again = every > count;
    answer *list = put_list(to, "reconciliations");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_state(row, "kind", rows[i].kind);
        put_state(row, "figure", rows[i].name);
        put_figure(row, "value", rows[i].value, rows[i].unit, rows[i].formula);
        if (again)
            put_decimal(row, "former", former_of(all, every, &rows[i]), rows[i].unit);
        put_decimal(row, "limit", rows[i].limit_text, NULL);
        if (rows[i].within == ABSENT)
            put_text(row, "within", NULL);
        else
            put_truth(row, "within", rows[i].within == 1);
    }
    return DONE;
}

static ending put_deviations(call *call, answer *to, const batch *b)
{
    deviation *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &DEVIATIONS_OF, (&(deviation){.batch = b->id}), call->arena, &rows, &count));
    answer *list = put_list(to, "batch-deviations");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "deviation", "deviation", rows[i].number);
        put_text(row, "subject", rows[i].subject);
        put_state(row, "class", rows[i].class);
        put_text(row, "description", rows[i].description);
        put_state_of(row, "state", "deviation", rows[i].state);
        put_state_of(row, "decision", "deviation", rows[i].decision);
        put_text(row, "impact", rows[i].impact);
        TRY(put_person(call, row, "decided-by", rows[i].decided_by));
    }
    return DONE;
}

ending batches_put(call *call, answer *to, const batch *b)
{
    formula_content formula = {0};
    batch_making making = {0};
    TRY(batches_formula(call, b, &formula));
    TRY(batches_making(call, b, &making));
    TRY(put_head(call, to, b, &formula));
    TRY(put_requests(call, to, b));
    TRY(put_clearances(call, to, b));
    TRY(put_bench(call, to, b, &making));
    TRY(put_blend(call, to, b, &formula, &making));
    TRY(put_steps(call, to, b, &formula, &making));
    TRY(put_losses(call, to, b, &making));
    TRY(put_samples_and_bottles(call, to, b, &making));
    TRY(put_reconciliations(call, to, b));
    TRY(put_deviations(call, to, b));
    TRY(bottles_put(call, to, b));
    return destructions_put(call, to, b);
}
