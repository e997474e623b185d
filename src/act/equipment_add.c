/* An equipment; a balance with what decides which masses it may weigh and what its check of the day is judged by.
 * Rule: USP <41>; BPP 3.44, 5.42. */
#include <string.h>

#include "magistral/act/logbooks.h"
#include "magistral/domain/weighing.h"

static const input_definition inputs[] = {
    {"code", INPUT_NUMBER, 0, NULL, "BAL-A"},
    {"name", INPUT_TEXT, 0, NULL, "Balance d'analyse A"},
    {"kind", INPUT_CHOICE, 0, "balance|hood|capsule-filler|chromatograph|disintegration-tester|other", "balance"},
    {"readability", INPUT_MASS, INPUT_OPTIONAL, NULL, "0.1 mg"},
    {"repeatability", INPUT_MASS, INPUT_OPTIONAL, NULL, "0.08 mg"},
    {"minimum", INPUT_MASS, INPUT_OPTIONAL, NULL, "0.160 g"},
    {"capacity", INPUT_MASS, INPUT_OPTIONAL, NULL, "220 g"},
    {"control-weight", INPUT_MASS, INPUT_OPTIONAL, NULL, "20 g"},
    {"control-tolerance", INPUT_MASS, INPUT_OPTIONAL, NULL, "0.5 mg"},
    {"capsule-size", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {"holes", INPUT_COUNT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

static const char *const measures[] = {"readability", "repeatability", "capacity", "control-weight", "control-tolerance", "minimum"};
enum { MEASURES = sizeof measures / sizeof *measures, MEASURES_DUE = MEASURES - 1 };

/* All but the minimum are due of a balance; a hood has none. */
static ending check_measures(call *call, bool balance)
{
    for (size_t i = 0; i < MEASURES; i++) {
        if (balance && i < MEASURES_DUE && !call_has(call, measures[i]))
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

/* What the check of the day is judged by: fixed here, so that nobody at the bench chooses how far a balance may be wrong. */
static ending check_control(call *call, const equipment *balance)
{
    mass weight = {balance->control_weight}, most = balance_most_tolerance(weight);
    if (balance->control_weight > balance->capacity)
        call_refuse(call, "EQUIPMENT-08", "control-weight", "equipment", balance->code, "mass", mass_words(call->arena, weight), "capacity",
                    mass_words(call->arena, (mass){balance->capacity}), NULL);
    if (balance->control_tolerance > most.nanograms)
        call_refuse(call, "EQUIPMENT-19", "control-tolerance", "most", mass_words(call->arena, most), "weight", mass_words(call->arena, weight), NULL);
    return call_ending(call);
}

/* The plate of a capsule filler is declared with the size of its holes and their number, or not at all. */
static void check_plate(call *call)
{
    enum { MOST_HOLES = 10000 };
    static const char *const fields[] = {"capsule-size", "holes"};
    bool filler = strcmp(call_text(call, "kind"), "capsule-filler") == 0;
    for (size_t i = 0; i < 2; i++) {
        if (call_has(call, fields[i]) && !filler)
            call_refuse(call, "PLATE-02", fields[i], NULL);
        else if (!call_has(call, fields[i]) && call_has(call, fields[1 - i]))
            call_refuse(call, "PLATE-01", fields[i], NULL);
    }
    if (call_has(call, "holes") && (call_integer(call, "holes") < 1 || call_integer(call, "holes") > MOST_HOLES))
        call_refuse(call, "PLATE-03", "holes", NULL);
}

static ending insert(call *call, equipment *made)
{
    TRY(store_insert(call->store, &EQUIPMENT_INSERT, made));
    call_concerns(call, "equipment", made->code);
    if (!call_has(call, "holes"))
        return DONE;
    filler_plate plate = {.equipment = made->id, .capsule_size = call_text(call, "capsule-size"), .holes = call_integer(call, "holes")};
    return store_insert(call->store, &FILLER_PLATE_INSERT, &plate);
}

static ending run(call *call)
{
    equipment same = {0};
    bool found = false, balance = strcmp(call_text(call, "kind"), "balance") == 0;
    equipment made = {.code = call_text(call, "code"), .name = call_text(call, "name"), .kind = call_text(call, "kind"),
                      .readability = call_integer(call, "readability"), .repeatability = call_integer(call, "repeatability"),
                      .minimum = call_integer(call, "minimum"), .capacity = call_integer(call, "capacity"),
                      .control_weight = call_integer(call, "control-weight"), .control_tolerance = call_integer(call, "control-tolerance")};
    TRY(store_find(call->store, &EQUIPMENT_BY_CODE, &made, call->arena, &same, &found));
    if (found)
        call_refuse(call, "EQUIPMENT-10", "code", "equipment", made.code, "name", same.name, NULL);
    put_link(call->done, "equipment", "equipment", made.code);
    put_state(call->done, "kind", made.kind);
    check_plate(call);
    TRY(check_measures(call, balance));
    if (balance) {
        TRY(set_minimum(call, &made));
        TRY(check_control(call, &made));
    }
    return insert(call, &made);
}

const act equipment_add_act = {.name = "equipment add", .right = RIGHT_MANAGE_EQUIPMENT, .inputs = inputs, .run = run};
