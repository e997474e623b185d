/* An equipment; a balance with what decides which masses it may weigh. Rule: USP <41>; BPP 3.44, 5.42. */
#include <string.h>

#include "magistral/act/equipments.h"
#include "magistral/domain/weighing.h"

static const input_definition inputs[] = {
    {"code", INPUT_NUMBER, 0, NULL, "BAL-A"},
    {"name", INPUT_TEXT, 0, NULL, "Balance d'analyse A"},
    {"kind", INPUT_CHOICE, 0, "balance|hood|capsule-filler|chromatograph|disintegration-tester|other", "balance"},
    {"readability", INPUT_MASS, INPUT_OPTIONAL, NULL, "0.1 mg"},
    {"repeatability", INPUT_MASS, INPUT_OPTIONAL, NULL, "0.08 mg"},
    {"minimum", INPUT_MASS, INPUT_OPTIONAL, NULL, "0.160 g"},
    {"capacity", INPUT_MASS, INPUT_OPTIONAL, NULL, "220 g"},
    {0},
};

static const char *const measures[] = {"readability", "repeatability", "capacity", "minimum"};

/* Readability, repeatability and capacity of a balance are due; a hood has none. */
static ending check_measures(call *call, bool balance)
{
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
        if (balance && i < 3 && !call_has(call, measures[i]))
            call_refuse(call, "EQUIPMENT-11", measures[i], NULL);
        else if (!balance && call_has(call, measures[i]))
            call_refuse(call, "EQUIPMENT-13", measures[i], NULL);
        else if (call_integer(call, measures[i]) == 0 && strcmp(measures[i], "repeatability") != 0)
            call_refuse(call, "EQUIPMENT-14", measures[i], NULL);
    }
    return call_ending(call);
}

/* The minimum mass follows from repeatability and readability; a larger one may be set, a smaller one never. */
static ending set_minimum(call *call, equipment *balance)
{
    figure least;
    decimal nanograms;
    if (!balance_minimum(call->arena, (mass){balance->repeatability}, (mass){balance->readability}, &least) ||
        !ratio_round(ratio_multiply(least.value, ratio_whole(1000000000)), 0, ROUND_UP, &nanograms))
        return call_refuse(call, "EQUIPMENT-14", "repeatability", NULL);
    if (balance->minimum == ABSENT)
        balance->minimum = nanograms.digits;
    if (balance->minimum < nanograms.digits)
        call_refuse(call, "EQUIPMENT-12", "minimum", "least", mass_words(call->arena, (mass){nanograms.digits}), NULL);
    if (balance->capacity <= balance->minimum)
        call_refuse(call, "EQUIPMENT-15", "capacity", "minimum", mass_words(call->arena, (mass){balance->minimum}), NULL);
    put_figure(call->done, "least-minimum", mass_text(call->arena, (mass){nanograms.digits}, "g", 0), "g", least.formula);
    put_decimal(call->done, "minimum", mass_text(call->arena, (mass){balance->minimum}, "g", 0), "g");
    return call_ending(call);
}

static ending run(call *call)
{
    equipment same = {0};
    bool found = false, balance = strcmp(call_text(call, "kind"), "balance") == 0;
    equipment made = {.code = call_text(call, "code"), .name = call_text(call, "name"), .kind = call_text(call, "kind"),
                      .readability = call_integer(call, "readability"), .repeatability = call_integer(call, "repeatability"),
                      .minimum = call_integer(call, "minimum"), .capacity = call_integer(call, "capacity")};
    TRY(store_find(call->store, &EQUIPMENT_BY_CODE, &made, call->arena, &same, &found));
    if (found)
        call_refuse(call, "EQUIPMENT-10", "code", "equipment", made.code, "name", same.name, NULL);
    put_link(call->done, "equipment", "equipment", made.code);
    put_state(call->done, "kind", made.kind);
    TRY(check_measures(call, balance));
    if (balance)
        TRY(set_minimum(call, &made));
    TRY(store_insert(call->store, &EQUIPMENT_INSERT, &made));
    call_concerns(call, "equipment", made.code);
    return DONE;
}

const act equipment_add_act = {.name = "equipment add", .right = RIGHT_MANAGE_EQUIPMENT, .inputs = inputs, .run = run};
