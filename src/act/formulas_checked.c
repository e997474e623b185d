/* What is false in a formula is false on every paper of every batch. */
#include <string.h>

#include "magistral/act/formulas.h"
#include "magistral/act/weighings.h"
#include "magistral/domain/quantity.h"
#include "magistral/domain/wording.h"

bool formulas_read_fill(const formula_content *content, const lot *lot, arena *arena, fill_input *ret_fill, const formula_component_line **ret_dose)
{
    bool active = false, filler = false, alone = true;
    *ret_fill = (fill_input){.dose = {content->version.dose}, .content = {content->version.content_mass}, .purity = ratio_whole(1)};
    for (size_t i = 0; i < content->component_count; i++) {
        const formula_component_line *c = &content->components[i];
        if (strcmp(c->amount, "dose") == 0) {
            *ret_dose = c;
            active = c->bulk_density && decimal_parse(c->bulk_density, &ret_fill->active_density) == DECIMAL_GOOD && !c->overage && !c->salt_factor;
        } else if (strcmp(c->amount, "quantum-satis") == 0) {
            filler = c->bulk_density && decimal_parse(c->bulk_density, &ret_fill->filler_density) == DECIMAL_GOOD;
        } else if (strcmp(c->kind, "capsule-shell") == 0 && c->capsule_volume != ABSENT) {
            ret_fill->capacity.nanolitres = c->capsule_volume;
        }
        alone = alone && strcmp(c->amount, "fixed") != 0;
    }
    figure purity;
    if (lot && lot->assay && weighings_lot_purity(arena, lot, &purity))
        ret_fill->purity = purity.value;
    return active && filler && alone;
}

/* How strict a list is; a material without one is not listed. */
static int strictness(const char *list)
{
    return text_equal(list, "I") ? 2 : text_equal(list, "II") ? 1 : 0;
}

/* Rule: CSP R.5132-1, R.5132-15: the label of a list bears its mentions. No exemption by dose is known here. */
static void check_list(call *call, const formula_content *content)
{
    const formula_component_line *strictest = NULL;
    for (size_t i = 0; i < content->component_count; i++)
        if (!strictest || strictness(content->components[i].list) > strictness(strictest->list))
            strictest = &content->components[i];
    if (strictest && strictness(strictest->list) > strictness(content->version.list))
        call_refuse(call, "FORMULA-49", "version", "material", strictest->code, "of", call_word(call, "state.list-", strictest->list), "list",
                    call_word(call, "state.list-", content->version.list), "number", content->version.number, NULL);
}

/* Rule: CSP R.5121-146-2: the label names them, and says "aucun" where the formula names none. */
static void check_known_effects(call *call, const formula_content *content)
{
    for (size_t i = 0; i < content->component_count && !content->version.known_effects; i++)
        if (content->components[i].known_effect == 1)
            call_refuse(call, "FORMULA-50", "version", "material", content->components[i].name, "number", content->version.number, NULL);
}

/* An active substance of which a capsule holds this mass, beside those named before. */
static bool holds(const formula_content *content, mass stated)
{
    for (size_t i = 0; i < content->component_count; i++)
        if (strcmp(content->components[i].kind, "active-substance") == 0 && content->components[i].per_capsule == stated.nanograms)
            return true;
    return stated.nanograms == content->version.dose;
}

static bool is_said(const char *text, int64_t nanograms)
{
    mass stated;
    while (wording_next_mass(&text, &stated))
        if (stated.nanograms == nanograms)
            return true;
    return false;
}

static void check_masses_said(call *call, const formula_content *content, const char *field, const char *text)
{
    mass stated;
    for (const char *at = text; wording_next_mass(&at, &stated);)
        if (!holds(content, stated)) {
            call_refuse(call, "FORMULA-51", "version", "what", call_word(call, "field.", field), "text", text, "stated",
                        mass_words(call->arena, stated), NULL);
            return;
        }
}

/* Every mass that the names print is one that a capsule holds, and the strength says each active substance's. */
static void check_strength(call *call, const formula_content *content)
{
    const formula_version *v = &content->version;
    check_masses_said(call, content, "strength", v->strength);
    check_masses_said(call, content, "product", v->product);
    check_masses_said(call, content, "name", content->formula.name);
    for (size_t i = 0; i < content->component_count; i++) {
        const formula_component_line *c = &content->components[i];
        if (strcmp(c->kind, "active-substance") == 0 && c->per_capsule != ABSENT && !is_said(v->strength, c->per_capsule))
            call_refuse(call, "FORMULA-55", "version", "strength", v->strength, "material", c->name, "mass",
                        mass_words(call->arena, (mass){c->per_capsule}), NULL);
    }
}

/* Where densities and the shell are known, what goes into it does. The powder of the dose is taken as pure: no lot takes less room. */
static void check_fill(call *call, const formula_content *content)
{
    fill_input input;
    fill_result fill;
    const formula_component_line *dose = NULL;
    if (!formulas_read_fill(content, NULL, call->arena, &input, &dose) || !capsule_fill(call->arena, &input, &fill) ||
        ratio_compare(fill.filled.value, ratio_whole(100)) <= 0)
        return;
    call_refuse(call, "FORMULA-52", "version", "filled", fill.filled.text, "content", mass_words(call->arena, input.content), "volume",
                fill.volume.text, "formula", fill.volume.formula, "capacity", volume_text(call->arena, input.capacity, "mL", 2), NULL);
}

void formulas_check_papers(call *call, const formula_content *content)
{
    check_strength(call, content);
    check_list(call, content);
    check_known_effects(call, content);
    check_fill(call, content);
}
