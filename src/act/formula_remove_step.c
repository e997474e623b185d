/* Takes a step out of a draft. */
#include "magistral/act/formulas.h"

static const input_definition inputs[] = {
    {"version", INPUT_NUMBER, 0, "formula", "BIR20/1"},
    {"step", INPUT_NUMBER, 0, NULL, "MIX"},
    {0},
};

static ending run(call *call)
{
    formula_version version = {0};
    formula_content content = {0};
    const char *code = call_text(call, "step");
    TRY(formulas_find_draft(call, "version", &version));
    TRY(formulas_read(call, &version, &content));
    const formula_step *found = formulas_step(&content, code);
    if (!found)
        call_refuse(call, "FORMULA-30", "step", "code", code, "version", version.number, NULL);
    TRY(call_ending(call));
    TRY(store_update(call->store, &FORMULA_STEP_DELETE, (&(formula_step){.id = found->id})));
    put_link(call->done, "version", "formula", version.number);
    put_text(call->done, "step", code);
    return DONE;
}

const act formula_remove_step_act = {.name = "formula remove-step", .right = RIGHT_WRITE_FORMULAS, .inputs = inputs, .run = run};
