/* Every formula with its newest version. */
#include "magistral/act/formulas.h"
#include "magistral/act/lists.h"

static const input_definition inputs[] = {
    LIST_INPUTS("formula|name|version|state|strength|form|approved-at"),
    {0},
};

static ending run(call *call)
{
    formula_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &FORMULA_LINES, NOTHING, call->arena, &lines, &count));
    answer *formulas = put_list(call->done, "formulas");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(formulas);
        put_link(row, "formula", "formula", lines[i].code);
        put_text(row, "name", lines[i].name);
        put_link(row, "version", "formula", lines[i].version);
        put_state(row, "state", lines[i].state);
        put_text(row, "strength", lines[i].strength);
        put_text(row, "form", lines[i].form);
        put_instant(row, "approved-at", lines[i].approved_at);
    }
    return lists_shorten(call, formulas);
}

const act formula_list_act = {.name = "formula list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
