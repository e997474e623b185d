/* An equipment was cleaned: how, and after which batch. Rule: EU GMP 3.36, 4.31; BPP 5.35. */
#include "magistral/act/logbooks.h"

static const input_definition inputs[] = {
    {"equipment", INPUT_NUMBER, INPUT_POSITIONAL, "equipment", "PLAT-1"},
    {"method", INPUT_TEXT, 0, NULL, "PO-NET-04 v2, éthanol à 70 %"},
    {"batch", INPUT_NUMBER, INPUT_OPTIONAL, "batch", "B26-0001"},
    {0},
};

static ending run(call *call)
{
    equipment equipment = {0};
    int64_t batch = ABSENT;
    TRY(equipments_find(call, "equipment", &equipment));
    if (equipment.withdrawn)
        call_refuse(call, "EQUIPMENT-02", "equipment", "equipment", equipment.code, NULL);
    COLLECT(logbooks_batch(call, &batch));
    TRY(call_ending(call));
    TRY(logbooks_write(call, equipment.id, ABSENT, "cleaning", call_text(call, "method"), batch));
    put_link(call->done, "equipment", "equipment", equipment.code);
    put_state(call->done, "kind", "cleaning");
    return DONE;
}

const act equipment_clean_act = {.name = "equipment clean", .right = RIGHT_CHECK_EQUIPMENT, .inputs = inputs, .run = run};
