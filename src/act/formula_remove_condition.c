/* Takes a condition of the room out of a draft. */
#include "magistral/act/formulas.h"

static const input_definition inputs[] = {
    {"version", INPUT_NUMBER, 0, "formula", "BIR20/1"},
    {"kind", INPUT_CHOICE, 0, "pressure|temperature|humidity", "temperature"},
    {0},
};

static ending run(call *call)
{
    formula_version version = {0};
    formula_content content = {0};
    const char *word = call_text(call, "kind");
    TRY(formulas_find_draft(call, "version", &version));
    TRY(formulas_read(call, &version, &content));
    const formula_condition *found = formulas_condition(&content, word);
    if (!found)
        return call_refuse(call, "ROOM-05", "kind", "kind", call_word(call, "state.", word), "version", version.number, NULL);
    TRY(store_update(call->store, &FORMULA_CONDITION_DELETE, (&(formula_condition){.id = found->id})));
    put_link(call->done, "version", "formula", version.number);
    put_state(call->done, "kind", word);
    return DONE;
}

const act formula_remove_condition_act = {.name = "formula remove-condition", .right = RIGHT_WRITE_FORMULAS, .inputs = inputs, .run = run};
