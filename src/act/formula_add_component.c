/* Adds what goes into a capsule, or what it is put into. Rule: BPP 4.31, 4.40; tolerances and overage are the formula's own
 * (BPP 5.12), an overage is justified in the shelf life's reason and never hides a loss. */
#include <string.h>

#include "magistral/act/formulas.h"
#include "magistral/act/materials.h"
#include "magistral/domain/quantity.h"

static const input_definition inputs[] = {
    {"version", INPUT_NUMBER, 0, "formula", "BIR20/1"},
    {"material", INPUT_NUMBER, 0, "material", "BIRABRESIB"},
    {"amount", INPUT_CHOICE, 0, "dose|fixed|quantum-satis|count", "dose"},
    {"per-capsule", INPUT_QUANTITY, INPUT_OPTIONAL, NULL, "20 mg"},
    {"tolerance", INPUT_DECIMAL, INPUT_OPTIONAL, "%", "1"},
    {"overage", INPUT_DECIMAL, INPUT_OPTIONAL, "%", "0"},
    {"salt-factor", INPUT_DECIMAL, INPUT_OPTIONAL, NULL, "1"},
    {"density", INPUT_DECIMAL, INPUT_OPTIONAL, "g/mL", "0.40"},
    {0},
};

/* A dose and a quantum satis stand once each; a material once. */
static void check_once(call *call, const formula_content *content, const material *material, const char *amount)
{
    for (size_t i = 0; i < content->component_count; i++) {
        const formula_component_line *c = &content->components[i];
        if (c->material == material->id)
            call_refuse(call, "FORMULA-13", "material", "material", material->code, NULL);
        if ((strcmp(amount, "dose") == 0 || strcmp(amount, "quantum-satis") == 0) && strcmp(c->amount, amount) == 0)
            call_refuse(call, "FORMULA-14", "amount", "amount", call_word(call, "state.", amount), "material", c->code, NULL);
        if (strcmp(material->kind, "capsule-shell") == 0 && strcmp(c->kind, "capsule-shell") == 0)
            call_refuse(call, "FORMULA-15", "material", "material", c->code, NULL);
    }
}

static void check_amount(call *call, const material *material, const char *amount)
{
    bool counted = strcmp(material->unit, "count") == 0;
    if (counted != (strcmp(amount, "count") == 0) ||
        (strcmp(amount, "dose") == 0 && strcmp(material->kind, "active-substance") != 0) ||
        (strcmp(amount, "quantum-satis") == 0 && strcmp(material->kind, "excipient") != 0))
        call_refuse(call, "FORMULA-16", "amount", "amount", call_word(call, "state.", amount), "material", material->code, "kind",
                    call_word(call, "state.", material->kind), NULL);
    if (counted && call_has(call, "tolerance"))
        call_refuse(call, "FORMULA-17", "tolerance", NULL);
    if (!counted && !call_has(call, "tolerance"))
        call_refuse(call, "FORMULA-18", "tolerance", NULL);
    if (strcmp(amount, "dose") != 0 && call_has(call, "overage"))
        call_refuse(call, "FORMULA-19", "overage", NULL);
    if (strcmp(amount, "dose") != 0 && call_has(call, "salt-factor"))
        call_refuse(call, "FORMULA-19", "salt-factor", NULL);
}

/* The dose is the version's; a shell holds one capsule; a fixed mass is given; the rest of the content is not. */
static int64_t per_capsule(call *call, const formula_version *version, const material *material, const char *amount)
{
    const input_value *input = call_input(call, "per-capsule");
    int64_t given = call_integer(call, "per-capsule"), due = ABSENT;
    if (strcmp(amount, "dose") == 0)
        due = version->dose;
    else if (strcmp(material->kind, "capsule-shell") == 0)
        due = 1;
    bool wrong_unit = input->given && input->is_count != (strcmp(material->unit, "count") == 0);
    bool unwanted = input->given && strcmp(amount, "quantum-satis") == 0;
    bool missing = !input->given && strcmp(amount, "fixed") == 0;
    bool large = given > (input->is_count ? 1000 : version->content_mass);
    if (large && !wrong_unit)
        call_refuse(call, "FORMULA-44", "per-capsule", NULL);
    if (wrong_unit || unwanted || missing || (input->given && (given == 0 || (due != ABSENT && given != due))))
        call_refuse(call, "FORMULA-20", "per-capsule", "amount", call_word(call, "state.", amount), "dose",
                    mass_words(call->arena, (mass){version->dose}), NULL);
    return due != ABSENT ? due : given;
}

static ending run(call *call)
{
    formula_version version = {0};
    formula_content content = {0};
    material material = {0};
    const char *amount = call_text(call, "amount");
    TRY(formulas_find_draft(call, "version", &version));
    TRY(materials_find(call, "material", &material));
    TRY(formulas_read(call, &version, &content));
    check_once(call, &content, &material, amount);
    check_amount(call, &material, amount);
    formulas_check_range(call, "tolerance", "0.01", "10");
    formulas_check_range(call, "overage", "0", "10");
    formulas_check_range(call, "salt-factor", "0.1", "10");
    formulas_check_range(call, "density", "0.05", "5");
    int64_t amount_each = per_capsule(call, &version, &material, amount);
    TRY(call_ending(call));
    int64_t rank = content.component_count > 0 ? content.components[content.component_count - 1].rank + 1 : 1;
    formula_component made = {.version = version.id, .rank = rank, .material = material.id, .amount = amount, .per_capsule = amount_each,
                              .tolerance = call_text(call, "tolerance"), .overage = call_text(call, "overage"),
                              .salt_factor = call_text(call, "salt-factor"), .density = call_text(call, "density")};
    TRY(store_insert(call->store, &FORMULA_COMPONENT_INSERT, &made));
    put_link(call->done, "version", "formula", version.number);
    put_link(call->done, "material", "material", material.code);
    put_count(call->done, "rank", rank);
    return DONE;
}

const act formula_add_component_act = {.name = "formula add-component", .right = RIGHT_WRITE_FORMULAS, .inputs = inputs, .run = run};
