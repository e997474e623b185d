/* What a version must hold before it is approved, whoever approves it. Rule: BPP 2.05, 4.32; uniformity: Ph. Eur. 2.9.40 table 1 (content,
 * when the dose is under 25 mg or under 25 % of the content: mass says nothing of it), BPP 6.61, 6.62. */
#include <string.h>

#include "magistral/act/formulas.h"
#include "magistral/act/labels.h"
#include "magistral/domain/quantity.h"

static bool has_component(const formula_content *content, const char *amount, const char *kind)
{
    for (size_t i = 0; i < content->component_count; i++)
        if ((!amount || strcmp(content->components[i].amount, amount) == 0) && (!kind || strcmp(content->components[i].kind, kind) == 0))
            return true;
    return false;
}

static bool has_step(const formula_content *content, const char *kind)
{
    for (size_t i = 0; i < content->step_count; i++)
        if (strcmp(content->steps[i].kind, kind) == 0)
            return true;
    return false;
}

static bool has_control_before_release(const formula_content *content, const char *kind)
{
    for (size_t i = 0; i < content->control_count; i++)
        if (strcmp(content->controls[i].kind, kind) == 0 && strcmp(content->controls[i].due, "before-release") == 0)
            return true;
    return false;
}

static void check_components(call *call, const formula_content *content)
{
    int64_t masses = 0;
    if (!has_component(content, "dose", NULL))
        call_refuse(call, "FORMULA-32", "version", NULL);
    if (!has_component(content, NULL, "capsule-shell"))
        call_refuse(call, "FORMULA-33", "version", NULL);
    for (size_t i = 0; i < content->component_count; i++)
        if (strcmp(content->components[i].unit, "mass") == 0 && content->components[i].per_capsule != ABSENT)
            masses += content->components[i].per_capsule;
    bool quantum_satis = has_component(content, "quantum-satis", NULL);
    if (quantum_satis ? masses >= content->version.content_mass : masses > content->version.content_mass)
        call_refuse(call, "FORMULA-34", "version", "sum", mass_words(call->arena, (mass){masses}), "content",
                    mass_words(call->arena, (mass){content->version.content_mass}), NULL);
}

static void check_steps(call *call, const formula_content *content)
{
    static const char *const due[] = {"weighing", "filling", "packaging"};
    if (content->step_count == 0) {
        call_refuse(call, "FORMULA-35", "version", NULL);
        return;
    }
    for (size_t i = 0; i < sizeof due / sizeof *due; i++)
        if (!has_step(content, due[i]))
            call_refuse(call, "FORMULA-36", "version", "kind", call_word(call, "state.", due[i]), NULL);
}

/* Content uniformity is always due for a dose under 25 mg or under a quarter of the content: mass says nothing of it. */
static void check_controls(call *call, const formula_content *content)
{
    const formula_version *v = &content->version;
    bool small = v->dose < 25000000 || v->dose < v->content_mass / 4;
    if (!has_control_before_release(content, "measurement"))
        call_refuse(call, "FORMULA-37", "version", NULL);
    if (!has_control_before_release(content, "mass-uniformity"))
        call_refuse(call, "FORMULA-38", "version", NULL);
    if (small && !has_control_before_release(content, "dosage-units"))
        call_refuse(call, "FORMULA-39", "version", "dose", mass_words(call->arena, (mass){v->dose}), NULL);
}

ending formulas_check_complete(call *call, const formula_version *version, formula_content *ret_content)
{
    TRY(formulas_read(call, version, ret_content));
    check_components(call, ret_content);
    check_steps(call, ret_content);
    check_controls(call, ret_content);
    formulas_check_papers(call, ret_content);
    COLLECT(labels_try_version(call, version, "version"));
    return DONE;
}
