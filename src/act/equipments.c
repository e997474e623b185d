#include "magistral/act/equipments.h"

#include <string.h>

#include "magistral/act/logbooks.h"

ending equipments_find(call *call, const char *field, equipment *ret_equipment)
{
    bool found = false;
    const char *code = call_text(call, field);
    TRY(store_find(call->store, &EQUIPMENT_BY_CODE, (&(equipment){.code = code}), call->arena, ret_equipment, &found));
    return found ? DONE : call_refuse(call, "EQUIPMENT-01", field, "equipment", code, NULL);
}

ending areas_find(call *call, const char *field, work_area *ret_area)
{
    bool found = false;
    const char *code = call_text(call, field);
    TRY(store_find(call->store, &WORK_AREA_BY_CODE, (&(work_area){.code = code}), call->arena, ret_area, &found));
    return found ? DONE : call_refuse(call, "AREA-01", field, "area", code, NULL);
}

static bool is_balance(const equipment *equipment)
{
    return strcmp(equipment->kind, "balance") == 0;
}

/* The last check of a day counts: a balance that was set right and checked again may be used. */
static ending check_of(call *call, const equipment *equipment, const char *day, equipment_check *ret_last, bool *ret_found)
{
    equipment_check wanted = {.equipment = equipment->id, .day = day};
    return store_find(call->store, &EQUIPMENT_CHECK_LAST, &wanted, call->arena, ret_last, ret_found);
}

ending equipment_conformed(call *call, const equipment *equipment, const char *day, bool *ret_conformed)
{
    equipment_check last = {0};
    bool found = false;
    TRY(check_of(call, equipment, day, &last, &found));
    *ret_conformed = found && last.conforms;
    return DONE;
}

/* The check that a use of today relies on: behind a repair it is made anew. */
static ending check_of_today(call *call, const equipment *equipment, equipment_check *ret_last, bool *ret_found)
{
    logbook repair = {0};
    bool repaired = false;
    TRY(check_of(call, equipment, call->today, ret_last, ret_found));
    TRY(store_find(call->store, &LOGBOOK_LAST_REPAIR, (&(logbook){.equipment = equipment->id}), call->arena, &repair, &repaired));
    *ret_found = *ret_found && !(repaired && strcmp(repair.at, ret_last->at) > 0);
    return DONE;
}

static ending refuse_unchecked(call *call, const char *field, const equipment *equipment)
{
    equipment_check last = {0};
    bool found = false;
    TRY(check_of_today(call, equipment, &last, &found));
    if (!found)
        call_refuse(call, "EQUIPMENT-04", field, "equipment", equipment->code, NULL);
    else if (!last.conforms)
        call_refuse(call, "EQUIPMENT-05", field, "equipment", equipment->code, "reading",
                    mass_words(call->arena, (mass){last.reading}), "weight", mass_words(call->arena, (mass){last.weight}), NULL);
    return DONE;
}

ending equipment_usable(call *call, const char *field, const equipment *equipment)
{
    if (equipment->withdrawn)
        call_refuse(call, "EQUIPMENT-02", field, "equipment", equipment->code, NULL);
    if (!equipment->calibration_due)
        call_refuse(call, "EQUIPMENT-09", field, "equipment", equipment->code, NULL);
    else if (strcmp(equipment->calibration_due, call->today) < 0)
        call_refuse(call, "EQUIPMENT-03", field, "equipment", equipment->code, "due", equipment->calibration_due, NULL);
    if (is_balance(equipment))
        TRY(refuse_unchecked(call, field, equipment));
    TRY(logbooks_check_working(call, field, equipment, call->today));
    return call_ending(call);
}

ending equipment_state(call *call, const equipment *equipment, const char **ret_state)
{
    equipment_check last = {0};
    bool found = false;
    logbook broken = {0};
    bool is_broken = false;
    TRY(check_of_today(call, equipment, &last, &found));
    TRY(store_find(call->store, &LOGBOOK_BROKEN, (&(logbook){.equipment = equipment->id, .day = call->today}), call->arena, &broken, &is_broken));
    if (equipment->withdrawn)
        *ret_state = "out-of-service";
    else if (is_broken)
        *ret_state = "broken-down";
    else if (!equipment->calibration_due)
        *ret_state = "calibration-missing";
    else if (strcmp(equipment->calibration_due, call->today) < 0)
        *ret_state = "calibration-overdue";
    else if (is_balance(equipment) && !found)
        *ret_state = "check-due";
    else
        *ret_state = is_balance(equipment) && !last.conforms ? "check-failed" : "in-service";
    return DONE;
}

answer *put_mass(answer *object, const char *name, int64_t nanograms)
{
    if (nanograms == ABSENT)
        return put_text(object, name, NULL);
    const char *unit = mass_unit((mass){nanograms});
    return put_decimal(object, name, mass_text(object->arena, (mass){nanograms}, unit, 0), unit);
}

ending balance_fits(call *call, const char *field, const equipment *equipment, mass mass)
{
    if (!is_balance(equipment))
        return call_refuse(call, "EQUIPMENT-06", field, "equipment", equipment->code, NULL);
    const char *asked = mass_words(call->arena, mass);
    if (mass.nanograms < equipment->minimum)
        call_refuse(call, "EQUIPMENT-07", field, "equipment", equipment->code, "mass", asked, "minimum",
                    mass_words(call->arena, (struct mass){equipment->minimum}), NULL);
    if (mass.nanograms > equipment->capacity)
        call_refuse(call, "EQUIPMENT-08", field, "equipment", equipment->code, "mass", asked, "capacity",
                    mass_words(call->arena, (struct mass){equipment->capacity}), NULL);
    return call_ending(call);
}
