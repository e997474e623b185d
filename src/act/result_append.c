/* Adds values to an open series, digits kept as stated. Rule: BPP 4.39, 6.18. */
#include <string.h>

#include "magistral/act/numbers.h"
#include "magistral/act/results.h"

static const input_definition inputs[] = {
    {"result", INPUT_NUMBER, 0, "result", "B26-0001/R5"},
    {"series", INPUT_CHOICE, INPUT_OPTIONAL, "value|gross|shell", "value"},
    {"values", INPUT_TEXT, INPUT_LIST, NULL, "99.0 99.1"},
    {0},
};

static const char *unit_of(const result_whole *whole)
{
    static const char *const units[] = {[CONTROL_MASS_UNIFORMITY] = "mg", [CONTROL_DOSAGE_UNITS] = "mg", [CONTROL_DISINTEGRATION] = "min",
                                        [CONTROL_MICROBIAL_COUNT] = "CFU/g", [CONTROL_MICROBIAL_ABSENCE] = NULL};
    if (whole->specification.kind == CONTROL_CONFORMITY)
        return NULL;
    return whole->specification.unit ? whole->specification.unit : units[whole->specification.kind];
}

static ending read_values(call *call, const result_whole *whole, const char **ret_values)
{
    const input_value *given = call_input(call, "values");
    for (size_t i = 0; i < given->count; i++)
        if (control_is_below_zero(&whole->specification, given->texts[i]))
            call_refuse(call, "RESULT-26", "values", "position", arena_format(call->arena, "%zu", i + 1), "value", given->texts[i], NULL);
        else if (!control_read_value(call->arena, &whole->specification, given->texts[i], &ret_values[i]))
            call_refuse(call, "RESULT-11", "values", "position", arena_format(call->arena, "%zu", i + 1), "value", given->texts[i], "example",
                        call_word(call, "value-of.", whole->control->kind), NULL);
    return call_ending(call);
}

static ending run(call *call)
{
    result_whole whole = {0};
    const char *series = call_has(call, "series") ? call_text(call, "series") : "value";
    size_t given = call_input(call, "values")->count;
    TRY(results_find(call, &whole));
    TRY(results_check_controller(call, &whole.batch, whole.control));
    size_t expected = control_expected(&whole.specification, (int)whole.result.stage, series), entered = results_entered(&whole, series);
    if (expected == 0)
        call_refuse(call, "RESULT-10", "series", "series", call_word(call, "state.", series), "control", whole.control->code, NULL);
    else if (entered + given > expected)
        call_refuse(call, "RESULT-12", "values", "expected", count_text(call->arena, (int64_t)expected), "entered",
                    count_text(call->arena, (int64_t)entered), "given", count_text(call->arena, (int64_t)given), NULL);
    const char **values = arena_array(call->arena, given, sizeof *values);
    TRY(read_values(call, &whole, values));
    for (size_t i = 0; i < given; i++) {
        result_value made = {.result = whole.result.id, .stage = whole.result.stage, .series = series, .rank = (int64_t)(entered + i + 1),
                             .value = values[i], .unit = unit_of(&whole), .entered_by = call->person.id, .at = call->now};
        TRY(store_insert(call->store, &RESULT_VALUE_INSERT, &made));
    }
    put_link(call->done, "result", "result", whole.result.number);
    put_state(call->done, "series", series);
    put_count(call->done, "entered", (int64_t)(entered + given));
    put_count(call->done, "expected", (int64_t)expected);
    return DONE;
}

const act result_append_act = {.name = "result append", .right = RIGHT_ENTER_RESULTS, .inputs = inputs, .states = "open", .run = run};
