/* An equipment: what it may be used for, its whole log, what it was used for. Rule: EU GMP 4.31. */
#include "magistral/act/logbooks.h"

static const input_definition inputs[] = {
    {"equipment", INPUT_NUMBER, INPUT_POSITIONAL, "equipment", "BAL-A"},
    {0},
};

static ending next_check(void *cursor, arena *arena, answer **ret_row)
{
    equipment_check_line line = {0};
    bool found = false;
    TRY(store_next((store_cursor *)cursor, arena, &line, &found));
    *ret_row = NULL;
    if (!found)
        return DONE;
    *ret_row = answer_object(arena);
    put_instant(*ret_row, "at", line.at);
    put_mass(*ret_row, "weight", line.weight);
    put_mass(*ret_row, "reading", line.reading);
    put_mass(*ret_row, "tolerance", line.tolerance);
    put_truth(*ret_row, "conforms", line.conforms == 1);
    put_link(*ret_row, "person", "person", line.person);
    put_day(*ret_row, "day", line.day);
    put_text(*ret_row, "paper-form", line.form);
    return DONE;
}

static ending run(call *call)
{
    equipment equipment = {0};
    store_cursor *cursor = NULL;
    const char *state = NULL;
    filler_plate plate = {0};
    bool is_plate = false;
    TRY(equipments_find(call, "equipment", &equipment));
    TRY(equipment_state(call, &equipment, &state));
    put_link(call->done, "equipment", "equipment", equipment.code);
    put_text(call->done, "name", equipment.name);
    put_state(call->done, "kind", equipment.kind);
    put_state(call->done, "state", state);
    put_mass(call->done, "readability", equipment.readability);
    put_mass(call->done, "repeatability", equipment.repeatability);
    put_mass(call->done, "minimum", equipment.minimum);
    put_mass(call->done, "capacity", equipment.capacity);
    put_mass(call->done, "control-weight", equipment.control_weight);
    put_mass(call->done, "control-tolerance", equipment.control_tolerance);
    put_day(call->done, "calibrated-on", equipment.calibrated_on);
    put_day(call->done, "calibration-due", equipment.calibration_due);
    put_text(call->done, "reference", equipment.calibration_reference);
    TRY(store_find(call->store, &FILLER_PLATE_OF, (&(filler_plate){.equipment = equipment.id}), call->arena, &plate, &is_plate));
    if (is_plate) {
        put_text(call->done, "capsule-size", plate.capsule_size);
        put_count(call->done, "holes", plate.holes);
    }
    TRY(logbooks_put(call, call->done, equipment.id, ABSENT));
    TRY(logbooks_put_uses(call, call->done, &equipment));
    equipment_check_line key = {.equipment = equipment.id};
    TRY(store_rows(call->store, &EQUIPMENT_CHECK_LINES, &key, call->arena, &cursor));
    answer_put(call->done, "checks", answer_rows(call->arena, next_check, cursor));
    return DONE;
}

const act equipment_show_act = {.name = "equipment show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
