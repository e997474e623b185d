#include "magistral/act/emergencies.h"

#include <string.h>

#include "magistral/base/decimal.h"

/* More decimals than these mean nothing at a bench, and keep sums exact. */
enum { MOST_PLACES = 4 };

ending formulas_find(call *call, const char *field, formula *ret_formula)
{
    bool found = false;
    const char *code = call_text(call, field);
    TRY(store_find(call->store, &FORMULA_BY_CODE, (&(formula){.code = code}), call->arena, ret_formula, &found));
    return found ? DONE : call_refuse(call, "FORMULA-01", field, "formula", code, NULL);
}

ending formulas_find_version(call *call, const char *field, formula_version *ret_version)
{
    bool found = false;
    const char *number = call_text(call, field);
    TRY(store_find(call->store, &FORMULA_VERSION_BY_NUMBER, (&(formula_version){.number = number}), call->arena, ret_version, &found));
    return found ? DONE : call_refuse(call, "FORMULA-02", field, "version", number, NULL);
}

ending formulas_find_draft(call *call, const char *field, formula_version *ret_version)
{
    const char *state = NULL;
    TRY(formulas_find_version(call, field, ret_version));
    TRY(emergencies_state(call, ret_version, &state));
    if (strcmp(state, "draft") != 0)
        return call_refuse(call, "FORMULA-03", field, "version", ret_version->number, "state", call_word(call, "state.", state), NULL);
    if (ret_version->author != call->person.id)
        return call_refuse(call, "FORMULA-04", field, "version", ret_version->number, NULL);
    return DONE;
}

ending formulas_read(call *call, const formula_version *version, formula_content *ret_content)
{
    bool found = false;
    ret_content->version = *version;
    TRY(store_find(call->store, &FORMULA_BY_ID, (&(formula){.id = version->formula}), call->arena, &ret_content->formula, &found));
    TRY(store_list(call->store, &FORMULA_COMPONENTS_OF, (&(formula_component){.version = version->id}), call->arena,
                   &ret_content->components, &ret_content->component_count));
    TRY(store_list(call->store, &FORMULA_STEPS_OF, (&(formula_step){.version = version->id}), call->arena, &ret_content->steps,
                   &ret_content->step_count));
    TRY(store_list(call->store, &FORMULA_CONTROLS_OF, (&(formula_control){.version = version->id}), call->arena,
                   &ret_content->controls, &ret_content->control_count));
    return store_list(call->store, &FORMULA_CONDITIONS_OF, (&(formula_condition){.version = version->id}), call->arena,
                      &ret_content->conditions, &ret_content->condition_count);
}

int64_t formulas_sampled_units(const formula_content *content)
{
    int64_t units = 0;
    for (size_t i = 0; i < content->control_count; i++)
        if (!content->controls[i].shares)
            units += content->controls[i].units;
    return units;
}

const formula_control *formulas_control(const formula_content *content, const char *code)
{
    for (size_t i = 0; i < content->control_count; i++)
        if (strcmp(content->controls[i].code, code) == 0)
            return &content->controls[i];
    return NULL;
}

const formula_condition *formulas_condition(const formula_content *content, const char *kind)
{
    for (size_t i = 0; i < content->condition_count; i++)
        if (strcmp(content->conditions[i].kind, kind) == 0)
            return &content->conditions[i];
    return NULL;
}

const formula_step *formulas_step(const formula_content *content, const char *code)
{
    for (size_t i = 0; i < content->step_count; i++)
        if (strcmp(content->steps[i].code, code) == 0)
            return &content->steps[i];
    return NULL;
}

const formula_component_line *formulas_component(const formula_content *content, const char *code_or_rank)
{
    decimal rank = {0};
    bool is_rank = decimal_parse(code_or_rank, &rank) == DECIMAL_GOOD && rank.places == 0;
    for (size_t i = 0; i < content->component_count; i++)
        if (strcmp(content->components[i].code, code_or_rank) == 0 || (is_rank && content->components[i].rank == rank.digits))
            return &content->components[i];
    return NULL;
}

void formulas_check_range(call *call, const char *field, const char *least, const char *most)
{
    decimal value, low, high;
    const input_value *input = call_input(call, field);
    if (!input->given || decimal_parse(input->texts[0], &value) != DECIMAL_GOOD)
        return;
    bool below = decimal_parse(least, &low) == DECIMAL_GOOD && decimal_compare(value, low) < 0;
    bool above = decimal_parse(most, &high) == DECIMAL_GOOD && decimal_compare(value, high) > 0;
    if (value.places > MOST_PLACES)
        call_refuse(call, "FORMULA-43", field, "value", input->texts[0], NULL);
    if (below || above)
        call_refuse(call, "FORMULA-05", field, "value", input->texts[0], "least", least, "most", most, NULL);
}
