/* A formula: a version of it, or its newest. */
#include <string.h>

#include "magistral/act/emergencies.h"
#include "magistral/act/weighings.h"
#include "magistral/domain/capsule_fill.h"

static const input_definition inputs[] = {
    {"formula", INPUT_NUMBER, INPUT_POSITIONAL, "formula", "BIR20/1"},
    {"lot", INPUT_NUMBER, INPUT_OPTIONAL, "lot", "MP26-0003"},
    {0},
};

/* A code means its newest version; *ret_version has no id when the formula has none yet. */
static ending find(call *call, formula *ret_formula, formula_version *ret_version)
{
    formula_version *versions = NULL;
    size_t count = 0;
    if (strchr(call_text(call, "formula"), '/'))
        return formulas_find_version(call, "formula", ret_version);
    TRY(formulas_find(call, "formula", ret_formula));
    TRY(store_list(call->store, &FORMULA_VERSIONS_OF, (&(formula_version){.formula = ret_formula->id}), call->arena, &versions, &count));
    if (count > 0)
        *ret_version = versions[0];
    return DONE;
}

/* The lot that the fill is computed for: the one asked for, else the first to expire of those that may be used. */
static ending find_lot(call *call, const formula_component_line *dose, lot *ret_lot)
{
    stock_line *lines = NULL;
    size_t count = 0;
    bool found = false;
    if (call_has(call, "lot"))
        return lots_find(call, "lot", ret_lot);
    TRY(lots_first_to_expire(call, dose->material, &lines, &count));
    if (count == 0)
        return DONE;
    return store_find(call->store, &LOT_BY_ID, (&(lot){.id = lines[0].lot}), call->arena, ret_lot, &found);
}

static ending put_fill(call *call, const formula_content *content)
{
    fill_input input;
    fill_result fill;
    lot lot = {0};
    const formula_component_line *dose = NULL;
    formulas_read_fill(content, NULL, call->arena, &input, &dose);
    if (!dose)
        return DONE;
    TRY(find_lot(call, dose, &lot));
    if (!formulas_read_fill(content, &lot, call->arena, &input, &dose) || !capsule_fill(call->arena, &input, &fill))
        return DONE;
    answer *to = put_object(call->done, "fill");
    put_link(to, "lot", "lot", lot.number);
    put_figure(to, "active", fill.active.text, fill.active.unit, fill.active.formula);
    put_figure(to, "filler", fill.filler.text, fill.filler.unit, fill.filler.formula);
    put_figure(to, "volume", fill.volume.text, fill.volume.unit, fill.volume.formula);
    put_figure(to, "filled-percent", fill.filled.text, fill.filled.unit, fill.filled.formula);
    return DONE;
}

static ending put_versions(call *call, int64_t formula)
{
    formula_version *versions = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &FORMULA_VERSIONS_OF, (&(formula_version){.formula = formula}), call->arena, &versions, &count));
    const char *state = NULL;
    answer *list = put_list(call->done, "versions");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "version", "formula", versions[i].number);
        TRY(emergencies_state(call, &versions[i], &state));
        put_state(row, "state", state);
        put_instant(row, "authored-at", versions[i].authored_at);
        put_instant(row, "approved-at", versions[i].approved_at);
    }
    return DONE;
}

static ending run(call *call)
{
    formula formula = {0};
    formula_version version = {0};
    formula_content content = {0};
    TRY(find(call, &formula, &version));
    if (!version.id) {
        put_link(call->done, "formula", "formula", formula.code);
        put_text(call->done, "name", formula.name);
        return put_versions(call, formula.id);
    }
    TRY(formulas_read(call, &version, &content));
    TRY(formulas_put(call, call->done, &content));
    TRY(put_fill(call, &content));
    return put_versions(call, version.formula);
}

const act formula_show_act = {.name = "formula show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
