/* Rule: Ph. Eur. 2.9.5: uniformity of mass of 20 capsules, content masses being gross less shell. */
#include <string.h>

#include "magistral/act/calcs.h"
#include "magistral/domain/mass_uniformity.h"

static const input_definition inputs[] = {
    {"shells", INPUT_TEXT, INPUT_LIST | INPUT_OPTIONAL, NULL, NULL},
    {"shell-mean", INPUT_TEXT, INPUT_OPTIONAL, NULL, "75.8 mg"},
    {"values", INPUT_TEXT, INPUT_LIST | INPUT_OPTIONAL | INPUT_POSITIONAL, NULL,
     "273.3 275.0 273.6 267.5 278.8 278.5 273.7 270.8 276.6 270.8 276.2 269.0 266.6 280.3 277.7 277.3 276.8 267.9 276.6 276.4"},
    {0},
};

static ending explain(call *call, uniformity_error error, const uniformity_input *input)
{
    switch (error) {
    case UNIFORMITY_GOOD:
        return DONE;
    case UNIFORMITY_COUNT:
        return call_refuse(call, "CALC-07", input->count != UNIFORMITY_UNITS ? "values" : "shells", "count",
                           arena_format(call->arena, "%zu", input->count), "shells", arena_format(call->arena, "%zu", input->shell_count), NULL);
    case UNIFORMITY_CONTENT:
        return call_refuse(call, "CALC-08", "values", NULL);
    case UNIFORMITY_RANGE:
        return call_refuse(call, "CALC-05", "values", NULL);
    }
    return DONE;
}

/* The masses of a list without name follow those of --shells on the command line: 20 shells, then 20 capsules. */
static void split_values(uniformity_input *input)
{
    if (input->count == 0 && input->shell_count == 2 * UNIFORMITY_UNITS) {
        input->shell_count = UNIFORMITY_UNITS;
        input->gross = input->shells + UNIFORMITY_UNITS;
        input->count = UNIFORMITY_UNITS;
    }
}

static void answer_with(call *call, const uniformity_result *result)
{
    put_count(call->done, "n", UNIFORMITY_UNITS);
    calc_put_figure(call, "mean", result->mean);
    calc_put_figure(call, "limit_percent", result->limit);
    answer *deviations = put_list(call->done, "deviations");
    for (size_t i = 0; i < UNIFORMITY_UNITS; i++) {
        const figure *deviation = &result->deviations[i];
        answer_add(deviations, answer_make(call->arena, ANSWER_FIGURE, ratio_text(call->arena, deviation->value), "%", deviation->formula))->plain = true;
    }
    put_count(call->done, "outside", (int64_t)result->outside);
    put_count(call->done, "outside_twice", (int64_t)result->outside_twice);
    put_state(call->done, "verdict", result->complies ? "complies" : "does not comply");
}

static ending run(call *call)
{
    decimal *values = NULL, *shells = NULL, mean = {0};
    uniformity_input input = {0};
    uniformity_result result = {0};
    if (call_has(call, "shells") && call_has(call, "shell-mean"))
        call_refuse(call, "CALC-09", "shell-mean", NULL);
    if (call_has(call, "shell-mean") && calc_read_one(call, "shell-mean", ENTERED_MILLIGRAMS, &mean)) {
        shells = &mean;
        input.shell_count = 1;
    }
    TRY(call_ending(call));
    if (call_has(call, "shells"))
        TRY(calc_read_list(call, "shells", ENTERED_MILLIGRAMS, &shells, &input.shell_count));
    TRY(calc_read_list(call, "values", ENTERED_MILLIGRAMS, &values, &input.count));
    input.gross = values;
    input.shells = shells;
    split_values(&input);
    TRY(explain(call, mass_uniformity_judge(call->arena, &input, &result), &input));
    answer_with(call, &result);
    return DONE;
}

const act calc_mass_uniformity_act = {.name = "calc mass-uniformity", .view = true, .alone = true, .right = RIGHT_OPEN, .inputs = inputs, .run = run};
