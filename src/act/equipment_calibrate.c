/* A calibration, with the day when the next one is due. Rule: BPP 3.44. */
#include <string.h>

#include "magistral/act/logbooks.h"

static const input_definition inputs[] = {
    {"equipment", INPUT_NUMBER, 0, "equipment", "BAL-A"},
    {"on", INPUT_DAY, 0, NULL, "2025-11-03"},
    {"due", INPUT_DAY, 0, NULL, "2026-11-30"},
    {"reference", INPUT_TEXT, 0, NULL, "Certificat COFRAC 25-1103"},
    {0},
};

static ending run(call *call)
{
    equipment equipment = {0};
    TRY(equipments_find(call, "equipment", &equipment));
    equipment.calibrated_on = call_text(call, "on");
    equipment.calibration_due = call_text(call, "due");
    equipment.calibration_reference = call_text(call, "reference");
    if (equipment.withdrawn)
        call_refuse(call, "EQUIPMENT-02", "equipment", "equipment", equipment.code, NULL);
    if (strcmp(equipment.calibrated_on, call->today) > 0)
        call_refuse(call, "EQUIPMENT-16", "on", "day", equipment.calibrated_on, NULL);
    if (strcmp(equipment.calibration_due, equipment.calibrated_on) <= 0)
        call_refuse(call, "EQUIPMENT-17", "due", "day", equipment.calibrated_on, NULL);
    TRY(call_ending(call));
    TRY(store_update(call->store, &EQUIPMENT_CALIBRATE, &equipment));
    TRY(logbooks_write(call, equipment.id, ABSENT, "calibration",
                       arena_format(call->arena, "%s (%s / %s)", equipment.calibration_reference, equipment.calibrated_on, equipment.calibration_due), ABSENT));
    put_link(call->done, "equipment", "equipment", equipment.code);
    put_day(call->done, "calibrated-on", equipment.calibrated_on);
    put_day(call->done, "calibration-due", equipment.calibration_due);
    return DONE;
}

const act equipment_calibrate_act = {.name = "equipment calibrate", .right = RIGHT_MANAGE_EQUIPMENT,
                                       .inputs = inputs, .run = run};
