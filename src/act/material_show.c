#include "magistral/act/lots.h"
#include "magistral/act/materials.h"
#include "magistral/domain/quantity.h"

static const input_definition inputs[] = {
    {"material", INPUT_NUMBER, INPUT_POSITIONAL, "material", "BIR"},
    {0},
};

static ending run(call *call)
{
    material material = {0};
    TRY(materials_find(call, "material", &material));
    put_link(call->done, "material", "material", material.code);
    put_text(call->done, "name", material.name);
    put_state(call->done, "kind", material.kind);
    put_text(call->done, "cas", material.cas);
    put_text(call->done, "quality", material.quality);
    if (material.capsule_size) {
        put_text(call->done, "capsule-size", material.capsule_size);
        put_decimal(call->done, "capsule-volume", volume_text(call->arena, (volume){material.capsule_volume}, "mL", 2), "mL");
    }
    if (material.density)
        put_decimal(call->done, "density", material.density, "g/mL");
    put_text(call->done, "storage", material.storage);
    put_text(call->done, "hazard", material.hazard);
    put_truth(call->done, "known-effect", material.known_effect == 1);
    put_state(call->done, "list", material.list ? arena_format(call->arena, "list-%s", material.list) : NULL);
    if (material.reorder_level != ABSENT) {
        int64_t usable = 0;
        TRY(lots_usable(call, material.id, &usable));
        put_quantity(call->done, "usable", usable, material.unit);
        put_quantity(call->done, "reorder-level", material.reorder_level, material.unit);
    }
    return put_lot_lines(call, (lot_line){.material = material.code});
}

const act material_show_act = {.name = "material show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
