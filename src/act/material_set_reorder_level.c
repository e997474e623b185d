/* Below which usable stock a material is ordered again; without a level nobody watches it. */
#include "magistral/act/lots.h"
#include "magistral/act/materials.h"

static const input_definition inputs[] = {
    {"material", INPUT_NUMBER, 0, "material", "BIR"},
    {"level", INPUT_QUANTITY, INPUT_OPTIONAL, NULL, "20 g"},
    {0},
};

static ending run(call *call)
{
    material material = {0};
    TRY(materials_find(call, "material", &material));
    if (call_has(call, "level"))
        TRY(quantity_fits(call, "level", &material));
    material.reorder_level = call_has(call, "level") ? call_integer(call, "level") : ABSENT;
    TRY(store_update(call->store, &MATERIAL_SET_REORDER_LEVEL, &material));
    call_concerns(call, "material", material.code);
    put_link(call->done, "material", "material", material.code);
    put_quantity(call->done, "reorder-level", material.reorder_level, material.unit);
    return DONE;
}

const act material_set_reorder_level_act = {.name = "material set-reorder-level", .right = RIGHT_DEFINE_MATERIALS, .inputs = inputs, .run = run};
