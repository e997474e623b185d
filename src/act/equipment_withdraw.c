/* An equipment leaves service for good; its record stays. */
#include "magistral/act/equipments.h"

static const input_definition inputs[] = {
    {"equipment", INPUT_NUMBER, 0, "equipment", "BAL-B"},
    {"reason", INPUT_LONG, 0, NULL, "Cellule de pesée défectueuse, non réparable"},
    {0},
};

static ending run(call *call)
{
    equipment equipment = {0};
    TRY(equipments_find(call, "equipment", &equipment));
    if (equipment.withdrawn)
        return call_refuse(call, "EQUIPMENT-18", "equipment", "equipment", equipment.code, NULL);
    TRY(store_update(call->store, &EQUIPMENT_WITHDRAW, &equipment));
    put_link(call->done, "equipment", "equipment", equipment.code);
    put_state(call->done, "state", "out-of-service");
    return DONE;
}

const act equipment_withdraw_act = {.name = "equipment withdraw", .right = RIGHT_MANAGE_EQUIPMENT, .inputs = inputs, .run = run};
