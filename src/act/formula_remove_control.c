/* Takes a control out of a draft. */
#include "magistral/act/formulas.h"

static const input_definition inputs[] = {
    {"version", INPUT_NUMBER, 0, "formula", "BIR20/1"},
    {"control", INPUT_NUMBER, 0, NULL, "ASSAY"},
    {0},
};

static ending run(call *call)
{
    formula_version version = {0};
    formula_content content = {0};
    const char *code = call_text(call, "control");
    TRY(formulas_find_draft(call, "version", &version));
    TRY(formulas_read(call, &version, &content));
    const formula_control *found = formulas_control(&content, code);
    if (!found)
        call_refuse(call, "FORMULA-30", "control", "code", code, "version", version.number, NULL);
    for (size_t i = 0; found && i < content.control_count; i++)
        if (text_equal(content.controls[i].shares, code))
            call_refuse(call, "FORMULA-31", "control", "control", code, "sharing", content.controls[i].code, NULL);
    TRY(call_ending(call));
    TRY(store_update(call->store, &FORMULA_CONTROL_DELETE, (&(formula_control){.id = found->id})));
    put_link(call->done, "version", "formula", version.number);
    put_text(call->done, "control", code);
    return DONE;
}

const act formula_remove_control_act = {.name = "formula remove-control", .right = RIGHT_WRITE_FORMULAS, .inputs = inputs, .run = run};
