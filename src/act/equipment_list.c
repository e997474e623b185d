#include "magistral/act/equipments.h"
#include "magistral/act/lists.h"

static const input_definition inputs[] = {
    LIST_INPUTS("equipment|name|kind|state|readability|minimum|capacity|calibration-due"),
    {0},
};

static ending run(call *call)
{
    equipment *all = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &EQUIPMENT_LIST, NOTHING, call->arena, &all, &count));
    answer *list = put_list(call->done, "equipment");
    for (size_t i = 0; i < count; i++) {
        const char *state = NULL;
        TRY(equipment_state(call, &all[i], &state));
        answer *row = add_object(list);
        put_link(row, "equipment", "equipment", all[i].code);
        put_text(row, "name", all[i].name);
        put_state(row, "kind", all[i].kind);
        put_state(row, "state", state);
        put_mass(row, "readability", all[i].readability);
        put_mass(row, "minimum", all[i].minimum);
        put_mass(row, "capacity", all[i].capacity);
        put_day(row, "calibration-due", all[i].calibration_due);
    }
    return lists_shorten(call, list);
}

const act equipment_list_act = {.name = "equipment list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
