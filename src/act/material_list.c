#include "magistral/act/lists.h"
#include "magistral/act/materials.h"

static const input_definition inputs[] = {
    {"kind", INPUT_CHOICE, INPUT_OPTIONAL, "active-substance|excipient|capsule-shell|packaging-article", "active-substance"},
    LIST_INPUTS("material|name|kind|cas|quality|hazard"),
    {0},
};

static ending run(call *call)
{
    material *all = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &MATERIAL_LIST, (&(material){.kind = call_text(call, "kind")}), call->arena, &all, &count));
    answer *list = put_list(call->done, "materials");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "material", "material", all[i].code);
        put_text(row, "name", all[i].name);
        put_state(row, "kind", all[i].kind);
        put_text(row, "cas", all[i].cas);
        put_text(row, "quality", all[i].quality);
        put_text(row, "hazard", all[i].hazard);
    }
    return lists_shorten(call, list);
}

const act material_list_act = {.name = "material list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
