/* Rule: Ph. Eur. 2.9.40, USP <905>: uniformity of dosage units by content, 10 units or the same 10 and 20 more. */
#include "magistral/act/calcs.h"
#include "magistral/domain/dosage_units.h"

static const input_definition inputs[] = {
    {"claim", INPUT_TEXT, INPUT_OPTIONAL, NULL, "20 mg"},
    {"target", INPUT_TEXT, INPUT_OPTIONAL, NULL, "100"},
    {"percent", INPUT_TRUTH, INPUT_OPTIONAL, NULL, NULL},
    {"values", INPUT_TEXT, INPUT_LIST | INPUT_POSITIONAL, NULL, "19.48 19.88 19.80 19.11 20.21 20.73 19.88 19.66 19.97 19.80"},
    {0},
};

static ending explain(call *call, dosage_error error, size_t count)
{
    switch (error) {
    case DOSAGE_GOOD:
        return DONE;
    case DOSAGE_COUNT:
        return call_refuse(call, "CALC-03", "values", "count", arena_format(call->arena, "%zu", count), NULL);
    case DOSAGE_CLAIM:
        return call_refuse(call, "CALC-02", "claim", "value", call_text(call, "claim"), NULL);
    case DOSAGE_NEGATIVE:
        return call_refuse(call, "CALC-04", "values", NULL);
    case DOSAGE_RANGE:
        return call_refuse(call, "CALC-05", "values", NULL);
    }
    return DONE;
}

static ending run(call *call)
{
    static const char *const verdicts[] = {[DOSAGE_COMPLIES] = "complies", [DOSAGE_TEST_20_MORE] = "test 20 more",
                                           [DOSAGE_DOES_NOT_COMPLY] = "does not comply"};
    bool percent = call_truth(call, "percent");
    decimal *values = NULL, claim = {0}, target = {0};
    dosage_input input = {0};
    dosage_result result = {0};
    if (!percent && !call_has(call, "claim"))
        call_refuse(call, "CALC-06", "claim", NULL);
    if (call_has(call, "claim"))
        calc_read_one(call, "claim", ENTERED_MILLIGRAMS, &claim);
    if (call_has(call, "target"))
        calc_read_one(call, "target", ENTERED_PERCENT, &target);
    TRY(calc_read_list(call, "values", percent ? ENTERED_PERCENT : ENTERED_MILLIGRAMS, &values, &input.count));
    input.contents = values;
    input.claim = percent ? NULL : &claim;
    input.target = call_has(call, "target") ? &target : NULL;
    TRY(explain(call, dosage_units_judge(call->arena, &input, &result), input.count));
    put_count(call->done, "n", (int64_t)result.count);
    calc_put_figure(call, "mean", result.mean);
    calc_put_figure(call, "s", result.s);
    calc_put_figure(call, "k", result.k);
    calc_put_figure(call, "M", result.reference);
    calc_put_figure(call, "AV", result.acceptance_value);
    calc_put_figure(call, "AV_rounded", result.rounded);
    calc_put_figure(call, "low", result.low);
    calc_put_figure(call, "high", result.high);
    put_count(call->done, "outside", (int64_t)result.outside);
    put_state(call->done, "verdict", verdicts[result.verdict]);
    return DONE;
}

const act calc_dosage_units_act = {.name = "calc dosage-units", .view = true, .alone = true, .right = RIGHT_OPEN, .inputs = inputs, .run = run};
