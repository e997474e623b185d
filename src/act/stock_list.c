/* What is left of each material: lots that may be used first, the first to expire first. */
#include <string.h>

#include "magistral/act/lots.h"
#include "magistral/act/materials.h"

static const input_definition inputs[] = {
    {"material", INPUT_NUMBER, INPUT_OPTIONAL, "material", "BIR"},
    {0},
};

static void put_line(answer *list, const lot_line *line)
{
    answer *row = add_object(list);
    put_link(row, "lot", "lot", line->number);
    put_quantity(row, "stock", line->stock, line->unit);
    put_state(row, "state", line->state);
    put_state(row, "limit-kind", line->limit_kind);
    put_day(row, "limit-day", line->limit_day);
    put_text(row, "supplier-lot", line->supplier_lot);
}

/* One object a material: what may be used in all, then its lots. */
static ending put_material(call *call, answer *list, const lot_line *lines, size_t count)
{
    int64_t usable = 0;
    material material = {0};
    bool found = false;
    TRY(store_find(call->store, &MATERIAL_BY_CODE, (&(struct material){.code = lines->material}), call->arena, &material, &found));
    TRY(lots_usable(call, material.id, &usable));
    answer *object = add_object(list);
    put_link(object, "material", "material", lines->material);
    put_text(object, "name", lines->material_name);
    put_quantity(object, "usable", usable, lines->unit);
    answer *lots = put_list(object, "lots");
    for (size_t i = 0; i < count; i++)
        put_line(lots, &lines[i]);
    return DONE;
}

static ending run(call *call)
{
    material material = {0};
    lot_line *lines = NULL;
    size_t count = 0;
    if (call_has(call, "material"))
        TRY(materials_find(call, "material", &material));
    lot_line key = {.material = material.code, .day = call->today};
    TRY(store_list(call->store, &LOTS_IN_STOCK, &key, call->arena, &lines, &count));
    answer *materials = put_list(call->done, "materials");
    for (size_t start = 0, end = 0; start < count; start = end) {
        while (end < count && strcmp(lines[end].material, lines[start].material) == 0)
            end++;
        TRY(put_material(call, materials, lines + start, end - start));
    }
    return DONE;
}

const act stock_list_act = {.name = "stock list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
