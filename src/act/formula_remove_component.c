/* Takes a component out of a draft. */
#include "magistral/act/formulas.h"

static const input_definition inputs[] = {
    {"version", INPUT_NUMBER, 0, "formula", "BIR20/1"},
    {"material", INPUT_NUMBER, 0, "material", "BIRABRESIB"},
    {0},
};

static ending run(call *call)
{
    formula_version version = {0};
    formula_content content = {0};
    const char *code = call_text(call, "material");
    TRY(formulas_find_draft(call, "version", &version));
    TRY(formulas_read(call, &version, &content));
    const formula_component_line *found = formulas_component(&content, code);
    if (!found)
        call_refuse(call, "FORMULA-30", "material", "code", code, "version", version.number, NULL);
    TRY(call_ending(call));
    TRY(store_update(call->store, &FORMULA_COMPONENT_DELETE, (&(formula_component){.id = found->id})));
    put_link(call->done, "version", "formula", version.number);
    put_text(call->done, "component", code);
    return DONE;
}

const act formula_remove_component_act = {.name = "formula remove-component", .right = RIGHT_WRITE_FORMULAS, .inputs = inputs, .run = run};
