/* Drafts a new version of a formula, empty or as a copy of an earlier one with what is given instead. Rule: BPP 4.30, 4.31. */
#include <string.h>

#include "magistral/act/formulas.h"
#include "magistral/act/labels.h"
#include "magistral/domain/quantity.h"
#include "magistral/domain/wording.h"

static const input_definition inputs[] = {
    {"formula", INPUT_NUMBER, 0, "formula", "BIR20"},
    {"copy-of", INPUT_NUMBER, INPUT_OPTIONAL, "formula", "BIR20/1"},
    {"product", INPUT_TEXT, INPUT_OPTIONAL, NULL, "Birabresib"},
    {"strength", INPUT_TEXT, INPUT_OPTIONAL, NULL, "20 mg"},
    {"dose", INPUT_MASS, INPUT_OPTIONAL, NULL, "20 mg"},
    {"form", INPUT_TEXT, INPUT_OPTIONAL, NULL, "gélule"},
    {"route", INPUT_TEXT, INPUT_OPTIONAL, NULL, "voie orale"},
    {"recipients", INPUT_TEXT, INPUT_OPTIONAL, NULL, "adultes"},
    {"content-mass", INPUT_MASS, INPUT_OPTIONAL, NULL, "200 mg"},
    {"shelf-life", INPUT_COUNT, INPUT_OPTIONAL, NULL, "180"},
    {"shelf-life-reason", INPUT_LONG, INPUT_OPTIONAL, NULL, "Étude de stabilité ST-2025-04, 6 mois à 25 °C"},
    {"storage", INPUT_TEXT, INPUT_OPTIONAL, NULL, "À conserver à une température inférieure à 25 °C, à l'abri de l'humidité"},
    {"known-effects", INPUT_TEXT, INPUT_OPTIONAL, NULL, "Sans excipient à effet notoire"},
    {"list", INPUT_CHOICE, INPUT_OPTIONAL, "I|II|none", "I"},
    {"legal-basis", INPUT_LONG, INPUT_OPTIONAL, NULL, "CSP L.5121-1 1° ; protocole thérapeutique du 01/12/2025"},
    {"risk-class", INPUT_CHOICE, INPUT_OPTIONAL, "low|medium|high", "high"},
    {"reserve-units", INPUT_COUNT, INPUT_OPTIONAL, NULL, "36"},
    {"powder-loss-limit", INPUT_DECIMAL, INPUT_OPTIONAL, "%", "3.0"},
    {"unaccounted-limit", INPUT_DECIMAL, INPUT_OPTIONAL, "%", "2.0"},
    {"shell-loss-limit", INPUT_DECIMAL, INPUT_OPTIONAL, "%", "5.0"},
    {"capsule-loss-limit", INPUT_DECIMAL, INPUT_OPTIONAL, "%", "3.0"},
    {"hold-limit", INPUT_COUNT, INPUT_OPTIONAL, "h", ""},
    {"label-warnings", INPUT_LONG, INPUT_OPTIONAL, NULL, "Ne pas ouvrir les gélules"},
    {0},
};

/* Due unless it is copied. */
static void take_text(call *call, const char *field, const char **at, bool due)
{
    if (call_has(call, field))
        *at = call_text(call, field);
    else if (due && !*at)
        call_refuse(call, "FORMULA-08", field, NULL);
}

static void take_integer(call *call, const char *field, int64_t *at)
{
    if (call_has(call, field))
        *at = call_integer(call, field);
    else if (*at == ABSENT)
        call_refuse(call, "FORMULA-08", field, NULL);
}

static void take_all(call *call, formula_version *v)
{
    take_text(call, "product", &v->product, true);
    take_text(call, "strength", &v->strength, true);
    take_integer(call, "dose", &v->dose);
    take_text(call, "form", &v->form, true);
    take_text(call, "route", &v->route, true);
    take_text(call, "recipients", &v->recipients, false);
    take_integer(call, "content-mass", &v->content_mass);
    take_integer(call, "shelf-life", &v->shelf_life);
    take_text(call, "shelf-life-reason", &v->shelf_life_reason, true);
    take_text(call, "storage", &v->storage, true);
    take_text(call, "known-effects", &v->known_effects, false);
    take_text(call, "list", &v->list, true);
    take_text(call, "legal-basis", &v->legal_basis, true);
    take_text(call, "risk-class", &v->risk_class, true);
    take_integer(call, "reserve-units", &v->reserve_units);
    take_text(call, "powder-loss-limit", &v->powder_loss_limit, true);
    take_text(call, "unaccounted-limit", &v->unaccounted_limit, true);
    take_text(call, "shell-loss-limit", &v->shell_loss_limit, true);
    take_text(call, "capsule-loss-limit", &v->capsule_loss_limit, true);
    if (call_has(call, "hold-limit"))
        v->hold_limit = call_integer(call, "hold-limit");
    take_text(call, "label-warnings", &v->label_warnings, false);
}

/* Far above any capsule: what exceeds it is a slip of the unit. */
enum { MOST_CONTENT = 2000000000 };

static void check(call *call, const formula_version *v)
{
    formulas_check_range(call, "shelf-life", "1", "3660");
    formulas_check_range(call, "reserve-units", "0", "1000");
    formulas_check_range(call, "powder-loss-limit", "0", "100");
    formulas_check_range(call, "unaccounted-limit", "0", "100");
    formulas_check_range(call, "shell-loss-limit", "0", "100");
    formulas_check_range(call, "capsule-loss-limit", "0", "100");
    formulas_check_range(call, "hold-limit", "1", "8760");
    if (v->dose == 0)
        call_refuse(call, "FORMULA-09", "dose", NULL);
    if (v->content_mass > MOST_CONTENT)
        call_refuse(call, "FORMULA-44", "content-mass", NULL);
    if (v->dose != ABSENT && v->content_mass != ABSENT && v->content_mass <= v->dose)
        call_refuse(call, "FORMULA-10", "content-mass", NULL);
    mass stated = {0};
    bool read = v->strength && v->dose != ABSENT;
    if (read && (!wording_leading_mass(v->strength, &stated) || stated.nanograms != v->dose))
        call_refuse(call, "FORMULA-48", "strength", "strength", v->strength, "dose", mass_words(call->arena, (mass){v->dose}), NULL);
}

static ending copy_parts(call *call, const formula_content *from, int64_t version)
{
    for (size_t i = 0; i < from->component_count; i++) {
        const formula_component_line *c = &from->components[i];
        formula_component copy = {.version = version, .rank = c->rank, .material = c->material, .amount = c->amount, .per_capsule = c->per_capsule,
                                  .tolerance = c->tolerance, .overage = c->overage, .salt_factor = c->salt_factor, .density = c->density};
        TRY(store_insert(call->store, &FORMULA_COMPONENT_INSERT, &copy));
    }
    for (size_t i = 0; i < from->step_count; i++) {
        formula_step copy = from->steps[i];
        copy.id = 0;
        copy.version = version;
        TRY(store_insert(call->store, &FORMULA_STEP_INSERT, &copy));
    }
    for (size_t i = 0; i < from->control_count; i++) {
        formula_control copy = from->controls[i];
        copy.id = 0;
        copy.version = version;
        TRY(store_insert(call->store, &FORMULA_CONTROL_INSERT, &copy));
    }
    for (size_t i = 0; i < from->condition_count; i++) {
        formula_condition copy = from->conditions[i];
        copy.id = 0;
        copy.version = version;
        TRY(store_insert(call->store, &FORMULA_CONDITION_INSERT, &copy));
    }
    return DONE;
}

static ending find_copied(call *call, const formula *formula, formula_content *ret_content)
{
    formula_version copied = {0};
    if (!call_has(call, "copy-of"))
        return DONE;
    TRY(formulas_find_version(call, "copy-of", &copied));
    if (copied.formula != formula->id)
        return call_refuse(call, "FORMULA-11", "copy-of", "version", copied.number, "formula", formula->code, NULL);
    return formulas_read(call, &copied, ret_content);
}

static ending run(call *call)
{
    formula formula = {0};
    formula_content copied = {.version = {.dose = ABSENT, .content_mass = ABSENT, .shelf_life = ABSENT, .reserve_units = ABSENT, .hold_limit = ABSENT}};
    formula_version *earlier = NULL;
    size_t count = 0;
    TRY(formulas_find(call, "formula", &formula));
    TRY(find_copied(call, &formula, &copied));
    formula_version made = copied.version;
    take_all(call, &made);
    check(call, &made);
    TRY(call_ending(call));
    TRY(labels_try_version(call, &made, NULL));
    TRY(store_list(call->store, &FORMULA_VERSIONS_OF, (&(formula_version){.formula = formula.id}), call->arena, &earlier, &count));
    made.id = 0;
    made.formula = formula.id;
    made.version = count > 0 ? earlier[0].version + 1 : 1;
    made.number = arena_format(call->arena, "%s/%lld", formula.code, (long long)made.version);
    made.state = "draft";
    made.author = call->person.id;
    made.authored_at = call->now;
    made.approved_by = ABSENT;
    made.approved_at = NULL;
    TRY(store_insert(call->store, &FORMULA_VERSION_INSERT, &made));
    TRY(copy_parts(call, &copied, made.id));
    call_concerns(call, "formula", made.number);
    put_link(call->done, "version", "formula", made.number);
    put_state(call->done, "state", made.state);
    return DONE;
}

const act formula_draft_act = {.name = "formula draft", .right = RIGHT_WRITE_FORMULAS, .inputs = inputs, .run = run};
