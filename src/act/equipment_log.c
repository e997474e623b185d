/* What happened to an equipment. From its breakdown on it is not used; a pharmacist says that it is repaired, or qualified. Rule: EU GMP 3.44,
 * 4.31; BPP 3.44. */
#include "magistral/act/logbooks.h"

static const input_definition inputs[] = {
    {"equipment", INPUT_NUMBER, INPUT_POSITIONAL, "equipment", "BAL-A"},
    {"kind", INPUT_CHOICE, 0, "cleaning|maintenance|breakdown|repair|qualification", "maintenance"},
    {"text", INPUT_LONG, 0, NULL, "Révision annuelle, joint changé, rapport RI-2026-031"},
    {0},
};

static ending check(call *call, const equipment *equipment)
{
    logbook broken = {0};
    bool pharmacist = false, found = false;
    const char *kind = call_text(call, "kind");
    if (equipment->withdrawn)
        call_refuse(call, "EQUIPMENT-02", "equipment", "equipment", equipment->code, NULL);
    TRY(call_is_pharmacist(call, &pharmacist));
    if (text_is_among("repair|qualification", kind) && !pharmacist)
        call_refuse(call, "LOGBOOK-02", "kind", "kind", call_word(call, "state.", kind), NULL);
    TRY(store_find(call->store, &LOGBOOK_BROKEN, (&(logbook){.equipment = equipment->id, .day = call->today}), call->arena, &broken, &found));
    if (text_equal(kind, "repair") && !found)
        call_refuse(call, "LOGBOOK-03", "kind", "equipment", equipment->code, NULL);
    return call_ending(call);
}

static ending run(call *call)
{
    equipment equipment = {0};
    const char *state = NULL;
    TRY(equipments_find(call, "equipment", &equipment));
    TRY(check(call, &equipment));
    TRY(logbooks_write(call, equipment.id, ABSENT, call_text(call, "kind"), call_text(call, "text"), ABSENT));
    TRY(equipment_state(call, &equipment, &state));
    put_link(call->done, "equipment", "equipment", equipment.code);
    put_state(call->done, "kind", call_text(call, "kind"));
    put_state(call->done, "state", state);
    return DONE;
}

const act equipment_log_act = {.name = "equipment log", .right = RIGHT_CHECK_EQUIPMENT, .inputs = inputs, .run = run};
