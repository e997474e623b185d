/* A formula: a version of it, or its newest. */
#include <string.h>

#include "magistral/act/formulas.h"

static const input_definition inputs[] = {
    {"formula", INPUT_NUMBER, INPUT_POSITIONAL, "formula", "BIR20/1"},
    {0},
};

/* A code means its newest version. */
static ending find(call *call, formula_version *ret_version)
{
    formula formula = {0};
    formula_version *versions = NULL;
    size_t count = 0;
    if (strchr(call_text(call, "formula"), '/'))
        return formulas_find_version(call, "formula", ret_version);
    TRY(formulas_find(call, "formula", &formula));
    TRY(store_list(call->store, &FORMULA_VERSIONS_OF, (&(formula_version){.formula = formula.id}), call->arena, &versions, &count));
    if (count == 0)
        return call_refuse(call, "FORMULA-42", "formula", "formula", formula.code, NULL);
    *ret_version = versions[0];
    return DONE;
}

static ending put_versions(call *call, int64_t formula)
{
    formula_version *versions = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &FORMULA_VERSIONS_OF, (&(formula_version){.formula = formula}), call->arena, &versions, &count));
    answer *list = put_list(call->done, "versions");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "version", "formula", versions[i].number);
        put_state(row, "state", versions[i].state);
        put_instant(row, "authored-at", versions[i].authored_at);
        put_instant(row, "approved-at", versions[i].approved_at);
    }
    return DONE;
}

static ending run(call *call)
{
    formula_version version = {0};
    formula_content content = {0};
    TRY(find(call, &version));
    TRY(formulas_read(call, &version, &content));
    TRY(formulas_put(call, call->done, &content));
    return put_versions(call, version.formula);
}

const act formula_show_act = {.name = "formula show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
