/* The check of a balance with its control weight, judged by the tolerance that was fixed when the balance was defined; of several
 * on one day the last one counts, and one that failed is shown to whoever reviews a batch of that day. Rule: BPP 5.42. */
#include <string.h>

#include "magistral/act/equipments.h"
#include "magistral/domain/weighing.h"

static const input_definition inputs[] = {
    {"equipment", INPUT_NUMBER, 0, "equipment", "BAL-A"},
    {"weight", INPUT_MASS, 0, NULL, "20 g"},
    {"reading", INPUT_MASS, 0, NULL, "20.0001 g"},
    {"done-on", INPUT_DAY, INPUT_OPTIONAL, NULL, ""},
    {"paper-form", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

static ending check(call *call, const equipment *equipment)
{
    int64_t weight = call_integer(call, "weight");
    if (equipment->withdrawn)
        call_refuse(call, "EQUIPMENT-02", "equipment", "equipment", equipment->code, NULL);
    if (strcmp(equipment->kind, "balance") != 0)
        return call_refuse(call, "EQUIPMENT-06", "equipment", "equipment", equipment->code, NULL);
    if (weight != equipment->control_weight)
        call_refuse(call, "EQUIPMENT-20", "weight", "equipment", equipment->code, "mass", mass_words(call->arena, (mass){weight}), "due",
                    mass_words(call->arena, (mass){equipment->control_weight}), NULL);
    if (call_integer(call, "reading") > equipment->capacity)
        call_refuse(call, "EQUIPMENT-08", "reading", "equipment", equipment->code, "mass",
                    mass_words(call->arena, (mass){call_integer(call, "reading")}), "capacity",
                    mass_words(call->arena, (mass){equipment->capacity}), NULL);
    return call_ending(call);
}

/* Made on paper while the program was out of reach: of a day that is over, by the form that says so. It counts for that day, never for today.
 * Rule: BPP 4.39. */
static void check_late(call *call)
{
    if (call_has(call, "done-on") != call_has(call, "paper-form"))
        call_refuse(call, "EQUIPMENT-21", call_has(call, "done-on") ? "paper-form" : "done-on", NULL);
    if (call_has(call, "done-on") && strcmp(call_text(call, "done-on"), call->today) >= 0)
        call_refuse(call, "EQUIPMENT-22", "done-on", "day", call_text(call, "done-on"), NULL);
}

static ending run(call *call)
{
    equipment equipment = {0};
    TRY(equipments_find(call, "equipment", &equipment));
    check_late(call);
    TRY(check(call, &equipment));
    equipment_check done = {.equipment = equipment.id, .day = call_has(call, "done-on") ? call_text(call, "done-on") : call->today, .weight = call_integer(call, "weight"),
                            .reading = call_integer(call, "reading"), .tolerance = equipment.control_tolerance,
                            .person = call->person.id, .at = call->now, .form = call_text(call, "paper-form")};
    int64_t deviation = done.reading - done.weight;
    done.conforms = balance_check_conforms((mass){done.weight}, (mass){done.reading}, (mass){done.tolerance});
    TRY(store_insert(call->store, &EQUIPMENT_CHECK_INSERT, &done));
    put_link(call->done, "equipment", "equipment", equipment.code);
    put_figure(call->done, "difference", mass_text(call->arena, (mass){deviation}, "mg", 0), "mg",
               arena_format(call->arena, "%s - %s", mass_words(call->arena, (mass){done.reading}),
                            mass_words(call->arena, (mass){done.weight})));
    put_mass(call->done, "tolerance", done.tolerance);
    put_truth(call->done, "conforms", done.conforms == 1);
    return DONE;
}

const act equipment_check_act = {.name = "equipment check", .right = RIGHT_CHECK_EQUIPMENT, .inputs = inputs, .run = run};
