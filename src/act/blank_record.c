/* The batch record with nothing in it: every field that the program asks for, ruled to be filled by hand. What the formula, the stock and
 * the balances say on the day of printing stands on it. Rule: BPP 4.36 to 4.40. */
#include "magistral/act/paper_forms.h"

#include <string.h>

#include "magistral/act/numbers.h"
#include "magistral/act/papers.h"
#include "magistral/act/weighings.h"
#include "magistral/base/catalogue.h"
#include "magistral/domain/step_entry.h"

/* Rows ruled for what nobody knows beforehand. */
enum { PEOPLE = 5, REQUESTS = 3, WEIGHINGS = 3, ISSUES = 2, LOSSES = 4, BOTTLES = 16, REMARKS = 6, LOTS_SHOWN = 4, VALUES_SHOWN = 30 };

static void put_rows(answer *to, const char *name, size_t count)
{
    answer *list = put_list(to, name);
    for (size_t i = 0; i < count; i++)
        add_object(list);
}

/* The same of blocks that are ruled themselves. */
static void put_lines(answer *to, const char *name, size_t count)
{
    answer *list = put_list(to, name);
    for (size_t i = 0; i < count; i++)
        put_rows(add_object(list), "once", 1);
}

static const char *words(const call *call, const char *key)
{
    return catalogue_word(call->site_language, "blank.", key);
}

static bool is_mass(const formula_component_line *component)
{
    return text_equal(component->unit, "mass");
}

static void put_milligrams(answer *to, const char *name, int64_t nanograms)
{
    put_decimal(to, name, nanograms == ABSENT ? NULL : mass_text(to->arena, (mass){nanograms}, "mg", 0), "mg");
}

/* A container that may be used on the day of printing, and what is to be weighed from it: of the batch, else of a thousand capsules. */
static ending put_container(call *call, const blank_record *blank, const formula_component_line *component, const stock_line *line, answer *row)
{
    enum { THOUSAND = 1000, PLACES = 4 };
    lot lot = {0};
    figure purity = {.value = ratio_whole(1), .text = "1", .formula = "1"}, due = {0};
    bool found = false;
    batch batch = {.number = blank->number, .units = blank->units == ABSENT ? THOUSAND : blank->units};
    batch_making nothing = {0};
    TRY(store_find(call->store, &LOT_BY_ID, (&(struct lot){.id = line->lot}), call->arena, &lot, &found));
    TRY(lot_purity_fixed(call, &lot, &purity));
    put_text(row, "container", line->container);
    put_day(row, "last_day", line->last_day);
    put_decimal(row, "purity", text_equal(component->amount, "dose") ? purity.text : NULL, NULL);
    if (text_equal(component->amount, "quantum-satis")) {
        put_decimal(row, "due", NULL, NULL);
        return DONE;
    }
    TRY(weighings_due(call, &batch, &blank->formula, &nothing, component, &purity, &due));
    put_decimal(row, "due", ratio_text_places(call->arena, due.value, PLACES), "g");
    return DONE;
}

static ending put_containers(call *call, const blank_record *blank, const formula_component_line *component, answer *to)
{
    stock_line *lines = NULL;
    size_t count = 0;
    TRY(lots_first_to_expire(call, component->material, &lines, &count));
    answer *list = put_list(to, "containers");
    for (size_t i = 0; i < count && i < LOTS_SHOWN; i++)
        TRY(put_container(call, blank, component, &lines[i], add_object(list)));
    return DONE;
}

static ending put_weighed(call *call, const blank_record *blank, const formula_component_line *component, answer *row)
{
    put_text(row, "name", component->name);
    put_text(row, "code", component->code);
    put_state(row, "amount", component->amount);
    put_milligrams(row, "per_capsule", component->per_capsule);
    put_decimal(row, "tolerance", component->tolerance, "%");
    put_decimal(row, "overage", component->overage, "%");
    put_rows(row, "rows", WEIGHINGS);
    put_rows(row, "tickets", 1);
    return put_containers(call, blank, component, row);
}

static void put_counted(const formula_component_line *component, answer *row)
{
    put_text(row, "name", component->name);
    put_text(row, "code", component->code);
    put_rows(row, "rows", ISSUES);
}

/* What is weighed; the shells; what it is packed in. */
static ending put_components(call *call, const blank_record *blank, answer *record)
{
    answer *weighed = put_list(record, "components"), *shells = put_list(record, "shells"), *articles = put_list(record, "articles");
    for (size_t i = 0; i < blank->formula.component_count; i++) {
        const formula_component_line *component = &blank->formula.components[i];
        if (is_mass(component))
            TRY(put_weighed(call, blank, component, add_object(weighed)));
        else
            put_counted(component, add_object(text_equal(component->kind, "capsule-shell") ? shells : articles));
    }
    return DONE;
}

static void put_entries(const call *call, answer *row, const formula_step *step)
{
    char *saved = NULL, *lines = arena_text(call->arena, step->entries ? step->entries : "");
    answer *list = put_list(row, "entries");
    for (char *line = strtok_r(lines, "\n", &saved); line; line = strtok_r(NULL, "\n", &saved)) {
        step_entry entry = {0};
        if (!step_entry_parse(call->arena, line, &entry))
            continue;
        answer *made = add_object(list);
        put_text(made, "name", entry.name);
        put_decimal(made, "limit", step_entry_limits(call->arena, &entry), NULL);
        put_text(made, "unit", entry.unit);
        put_text(made, "choice", entry.kind == ENTRY_TRUTH ? words(call, "yes-or-no") : NULL);
    }
}

static void put_steps(const call *call, const blank_record *blank, answer *record)
{
    answer *list = put_list(record, "steps");
    for (size_t i = 0; i < blank->formula.step_count; i++) {
        const formula_step *step = &blank->formula.steps[i];
        answer *row = add_object(list);
        put_count(row, "number", step->rank);
        put_text(row, "code", step->code);
        put_text(row, "title", step->title);
        put_text(row, "instruction", step->instruction);
        put_state(row, "kind", step->kind);
        put_entries(call, row, step);
        put_rows(row, "once", 1);
    }
}

/* The codes of a control and of those that share its units. */
static const char *destinations(const call *call, const formula_content *formula, const formula_control *control)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    buffer_add_text(&text, control->name);
    for (size_t i = 0; i < formula->control_count; i++)
        if (text_equal(formula->controls[i].shares, control->code))
            buffer_add_format(&text, ", %s", formula->controls[i].name);
    return arena_text(call->arena, buffer_text(&text));
}

static void add_sample(answer *list, const char *what, int64_t units)
{
    answer *row = add_object(list);
    put_text(row, "destination", what);
    put_count(row, "units", units);
}

static void put_samples(const call *call, const blank_record *blank, answer *record)
{
    const formula_content *formula = &blank->formula;
    answer *list = put_list(record, "samples");
    for (size_t i = 0; i < formula->control_count; i++)
        if (!formula->controls[i].shares && formula->controls[i].units > 0)
            add_sample(list, destinations(call, formula, &formula->controls[i]), formula->controls[i].units);
    if (formula->version.reserve_units > 0)
        add_sample(list, words(call, "reserve"), formula->version.reserve_units);
}

/* Controls that the decision waits for; a periodic one, or one after it, has its time when the program is back. */
static void put_controls(const call *call, const blank_record *blank, answer *record)
{
    answer *list = put_list(record, "controls");
    for (size_t i = 0; i < blank->formula.control_count; i++) {
        const formula_control *control = &blank->formula.controls[i];
        bool conformity = text_equal(control->kind, "conformity"), weighed = text_equal(control->kind, "mass-uniformity");
        if (!text_is_among("in-process|before-release", control->due))
            continue;
        answer *row = add_object(list);
        put_text(row, "name", control->name);
        put_text(row, "method", control->method);
        put_text(row, "specification", control->specification);
        put_state(row, "due", control->due);
        put_text(row, "unit", control->unit ? control->unit : weighed ? "mg" : NULL);
        put_rows(row, "values", conformity ? 0 : (size_t)(control->replicates < VALUES_SHOWN ? control->replicates : VALUES_SHOWN));
        put_text(add_object(put_list(row, "outcome")), "choice", conformity ? words(call, "conforms-or-not") : NULL);
    }
}

static ending put_balances(call *call, answer *record)
{
    equipment *all = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &EQUIPMENT_LIST, NOTHING, call->arena, &all, &count));
    answer *list = put_list(record, "balances");
    for (size_t i = 0; i < count; i++) {
        if (!text_equal(all[i].kind, "balance") || all[i].withdrawn == 1)
            continue;
        answer *row = add_object(list);
        put_text(row, "code", all[i].code);
        put_decimal(row, "weight", all[i].control_weight == ABSENT ? NULL : mass_text(call->arena, (mass){all[i].control_weight}, "g", 0), "g");
        put_decimal(row, "tolerance", all[i].control_tolerance == ABSENT ? NULL : mass_text(call->arena, (mass){all[i].control_tolerance}, "mg", 0), "mg");
        put_decimal(row, "minimum", all[i].minimum == ABSENT ? NULL : mass_text(call->arena, (mass){all[i].minimum}, "g", 0), "g");
        put_day(row, "calibrated_until", all[i].calibration_due);
    }
    return DONE;
}

static ending put_requests(call *call, const blank_record *blank, answer *record)
{
    record_request *rows = NULL;
    size_t count = 0;
    if (blank->batch.number)
        TRY(store_list(call->store, &RECORD_REQUESTS, (&(record_key){.id = blank->batch.id, .number = blank->batch.number}), call->arena, &rows, &count));
    answer *list = put_list(record, "requests");
    for (size_t i = 0; i < count || (count == 0 && i < REQUESTS); i++) {
        answer *row = add_object(list);
        put_text(row, "number", count ? rows[i].number : NULL);
        put_text(row, "patient", count ? rows[i].pseudonym : NULL);
        put_text(row, "prescriber", count ? rows[i].prescriber : NULL);
        put_day(row, "date", count ? rows[i].prescribed_on : NULL);
        put_decimal(row, "units", count ? count_text(call->arena, rows[i].units) : NULL, NULL);
    }
    return DONE;
}

static void put_head(const call *call, const blank_record *blank, const char *area, answer *record)
{
    const formula_version *v = &blank->formula.version;
    answer *form = put_object(record, "form"), *product = put_object(record, "product"), *formula = put_object(record, "formula");
    put_text(form, "number", blank->number);
    put_text(form, "kept_at", blank->kept_at);
    put_count(form, "labels", PAPER_FORM_LABELS);
    put_instant(form, "printed", call->now);
    put_text(product, "name", v->product);
    put_text(product, "strength", v->strength);
    put_text(product, "form", v->form);
    put_text(product, "storage", v->storage);
    put_milligrams(product, "content", v->content_mass);
    put_text(formula, "number", v->number);
    put_text(formula, "name", blank->formula.formula.name);
    put_day(formula, "approved", v->approved_at ? papers_day_of(call, v->approved_at) : NULL);
    put_text(formula, "legal_basis", v->legal_basis);
    put_count(formula, "shelf_life", v->shelf_life);
    answer *batch = put_object(record, "batch");
    put_text(batch, "number", blank->batch.number);
    put_decimal(batch, "units", blank->units == ABSENT ? NULL : count_text(call->arena, blank->units), NULL);
    put_text(batch, "area", area);
    put_text(batch, "registration", blank->batch.registration);
}

ending blank_record_fill(call *call, const blank_record *blank, drawing *drawing, answer *record)
{
    static const char *const kinds[] = {"intermediate-label", "sample-label", "retained-sample-label", "bottle-label"};
    work_area area = {0};
    bool found = false;
    if (blank->batch.number)
        TRY(store_find(call->store, &WORK_AREA_BY_ID, (&(work_area){.id = blank->batch.work_area}), call->arena, &area, &found));
    put_head(call, blank, area.name, record);
    TRY(papers_put_number(call, drawing, record, "record"));
    TRY(put_requests(call, blank, record));
    TRY(put_balances(call, record));
    TRY(put_components(call, blank, record));
    put_steps(call, blank, record);
    put_samples(call, blank, record);
    put_controls(call, blank, record);
    answer *labels = put_list(record, "label_kinds");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        put_text(add_object(labels), "kind", catalogue_word(call->site_language, "state.", kinds[i]));
    put_rows(record, "once", 1);
    put_rows(record, "people", PEOPLE);
    put_rows(record, "losses", LOSSES);
    put_lines(record, "bottles", BOTTLES);
    put_rows(record, "remarks", REMARKS);
    put_lines(record, "labels", PAPER_FORM_LABELS);
    return DONE;
}

ending blank_record_fill_of(call *call, const char *field, const char *subject, drawing *drawing, answer *record)
{
    paper_form form = {0};
    formula_version version = {0};
    bool found = false, known = false, made_out = false;
    blank_record blank = {.number = "P00-0000", .kept_at = "—", .units = ABSENT, .batch = {.id = ABSENT}};
    TRY(store_find(call->store, &PAPER_FORM_BY_NUMBER, (&(paper_form){.number = subject}), call->arena, &form, &found));
    if (found)
        TRY(store_find(call->store, &FORMULA_VERSION_BY_ID, (&(formula_version){.id = form.version}), call->arena, &version, &known));
    else
        TRY(store_find(call->store, &FORMULA_VERSION_BY_NUMBER, (&(formula_version){.number = subject}), call->arena, &version, &known));
    if (!known)
        return call_refuse(call, "FORM-01", field, "form", subject, NULL);
    if (found && form.batch != ABSENT)
        TRY(store_find(call->store, &BATCH_BY_ID, (&(batch){.id = form.batch}), call->arena, &blank.batch, &made_out));
    if (found) {
        blank.number = form.number;
        blank.kept_at = form.kept_at;
        blank.units = form.units;
    }
    TRY(formulas_read(call, &version, &blank.formula));
    return blank_record_fill(call, &blank, drawing, record);
}
