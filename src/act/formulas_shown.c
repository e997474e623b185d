/* A formula version as an answer: shown on screen, printed, and frozen with each batch. Rule: BPP 4.30 to 4.35. */
#include <string.h>

#include "magistral/act/emergencies.h"
#include "magistral/act/formulas.h"
#include "magistral/act/numbers.h"
#include "magistral/act/people.h"
#include "magistral/domain/quantity.h"
#include "magistral/domain/room.h"
#include "magistral/domain/step_entry.h"

static void put_milligrams(answer *to, const char *name, int64_t nanograms)
{
    put_decimal(to, name, nanograms == ABSENT ? NULL : mass_text(to->arena, (mass){nanograms}, "mg", 0), "mg");
}

static void put_head(answer *to, const formula_content *content, const char *state)
{
    const formula_version *v = &content->version;
    put_link(to, "version", "formula", v->number);
    put_link(to, "formula", "formula", content->formula.code);
    put_text(to, "name", content->formula.name);
    put_state(to, "state", state);
    put_text(to, "product", v->product);
    put_text(to, "strength", v->strength);
    put_milligrams(to, "dose", v->dose);
    put_text(to, "form", v->form);
    put_text(to, "route", v->route);
    put_text(to, "recipients", v->recipients);
    put_milligrams(to, "content-mass", v->content_mass);
    put_count(to, "shelf-life", v->shelf_life);
    put_text(to, "shelf-life-reason", v->shelf_life_reason);
    put_text(to, "storage", v->storage);
    put_text(to, "known-effects", v->known_effects);
    put_state(to, "list", arena_format(to->arena, "list-%s", v->list));
    put_text(to, "legal-basis", v->legal_basis);
    put_state(to, "risk-class", arena_format(to->arena, "risk-%s", v->risk_class));
    put_count(to, "reserve-units", v->reserve_units);
    put_decimal(to, "powder-loss-limit", v->powder_loss_limit, "%");
    put_decimal(to, "unaccounted-limit", v->unaccounted_limit, "%");
    put_decimal(to, "shell-loss-limit", v->shell_loss_limit, "%");
    put_decimal(to, "capsule-loss-limit", v->capsule_loss_limit, "%");
    put_decimal(to, "hold-limit", v->hold_limit == ABSENT ? NULL : count_text(to->arena, v->hold_limit), "h");
    put_text(to, "label-warnings", v->label_warnings);
}

static void put_component(answer *row, const formula_component_line *c)
{
    put_count(row, "rank", c->rank);
    put_link(row, "material", "material", c->code);
    put_text(row, "name", c->name);
    put_state(row, "amount", c->amount);
    if (c->per_capsule == ABSENT)
        put_text(row, "per-capsule", NULL);
    else if (strcmp(c->unit, "mass") == 0)
        put_milligrams(row, "per-capsule", c->per_capsule);
    else
        put_count(row, "per-capsule", c->per_capsule);
    put_decimal(row, "tolerance", c->tolerance, "%");
    put_decimal(row, "overage", c->overage, "%");
    put_decimal(row, "salt-factor", c->salt_factor, NULL);
    put_decimal(row, "density", c->bulk_density, "g/mL");
}

static void put_step(answer *row, const formula_step *s)
{
    put_count(row, "rank", s->rank);
    put_text(row, "step", s->code);
    put_text(row, "title", s->title);
    put_state(row, "kind", s->kind);
    put_text(row, "instruction", s->instruction);
}

/* What a step's record asks for: one row an entry. */
static void put_entries(answer *list, const formula_step *s)
{
    static const char *const kinds[] = {[ENTRY_DECIMAL] = "decimal", [ENTRY_COUNT] = "count", [ENTRY_TRUTH] = "truth", [ENTRY_TEXT] = "text"};
    char *saved = NULL, *lines = arena_text(list->arena, s->entries ? s->entries : "");
    for (char *line = strtok_r(lines, "\n", &saved); line; line = strtok_r(NULL, "\n", &saved)) {
        step_entry entry = {0};
        if (!step_entry_parse(list->arena, line, &entry))
            continue;
        const char *limits = step_entry_limits(list->arena, &entry);
        answer *row = add_object(list);
        put_text(row, "step", s->code);
        put_text(row, "entry", entry.name);
        put_state_of(row, "kind", "entry", kinds[entry.kind]);
        put_decimal(row, "limit", limits, NULL);
        put_text(row, "unit", entry.unit);
    }
}

static void put_control(answer *row, const formula_control *c)
{
    put_count(row, "rank", c->rank);
    put_text(row, "control", c->code);
    put_text(row, "name", c->name);
    put_state(row, "kind", c->kind);
    put_text(row, "method", c->method);
    put_text(row, "reference", c->reference);
    put_text(row, "specification", c->specification);
    put_decimal(row, "limit", c->limit_text, NULL); /* set as the reader writes numbers */
    put_text(row, "unit", c->unit);
    put_count(row, "replicates", c->replicates);
    put_count(row, "units", c->units);
    put_text(row, "shares", c->shares);
    put_state(row, "due", c->due);
    if (c->every_batches != ABSENT)
        put_count(row, "every-batches", c->every_batches);
    else
        put_text(row, "every-batches", NULL);
    if (c->within_days != ABSENT)
        put_count(row, "within-days", c->within_days);
    else
        put_text(row, "within-days", NULL);
    put_truth(row, "needs-equipment", c->needs_equipment == 1);
    put_truth(row, "needs-standard", c->needs_standard == 1);
    put_text(row, "justification", c->justification);
}

ending formulas_put(call *call, answer *to, const formula_content *content)
{
    const char *state = NULL;
    TRY(emergencies_state(call, &content->version, &state));
    put_head(to, content, state);
    TRY(put_person(call, to, "author", content->version.author));
    put_instant(to, "authored-at", content->version.authored_at);
    TRY(put_person(call, to, "approved-by", content->version.approved_by));
    put_instant(to, "approved-at", content->version.approved_at);
    TRY(emergencies_put(call, to, content->version.id));
    answer *components = put_list(to, "components");
    for (size_t i = 0; i < content->component_count; i++)
        put_component(add_object(components), &content->components[i]);
    answer *steps = put_list(to, "steps");
    for (size_t i = 0; i < content->step_count; i++)
        put_step(add_object(steps), &content->steps[i]);
    answer *entries = put_list(to, "to-record");
    for (size_t i = 0; i < content->step_count; i++)
        put_entries(entries, &content->steps[i]);
    answer *controls = put_list(to, "controls");
    for (size_t i = 0; i < content->control_count; i++)
        put_control(add_object(controls), &content->controls[i]);
    answer *conditions = content->condition_count > 0 ? put_list(to, "conditions") : NULL;
    for (size_t i = 0; i < content->condition_count; i++) {
        answer *row = add_object(conditions);
        put_state(row, "kind", content->conditions[i].kind);
        put_decimal(row, "limit", room_limits(to->arena, content->conditions[i].low, content->conditions[i].high), NULL);
        put_text(row, "unit", content->conditions[i].unit);
    }
    return DONE;
}
