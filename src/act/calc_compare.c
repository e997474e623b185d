/* Rule: Ph. Eur. General Notices 1; USP General Notices 7.20: round to the limit, then compare. */
#include <string.h>

#include "magistral/act/calcs.h"
#include "magistral/domain/comparison.h"

static const input_definition inputs[] = {
    {"value", INPUT_TEXT, 0, NULL, "101.55"},
    {"limit", INPUT_TEXT, 0, NULL, "<= 101.5"},
    {0},
};

/* A unit written after the value is taken away when the limit has the same or none; "e5" of "1e5" is no unit. */
static const char *without_unit(call *call, const char *text, const limit *limit)
{
    size_t length = strlen(text), unit = strcspn(text, "%abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (unit == length || strchr("Ll", text[unit]))
        return text;
    bool strange = strpbrk(text + unit, "0123456789") != NULL;
    if (limit->unit[0] ? strcmp(text + unit, limit->unit) != 0 : strange)
        return NULL;
    return arena_copy(call->arena, text, unit);
}

static ending put_stated(call *call, const limit *limit, stated value)
{
    judgement judged = limit_judge(limit, value);
    if (judged == JUDGED_IMPOSSIBLE)
        return call_refuse(call, "CALC-11", "value", "value", stated_text(call->arena, value), "limit", limit_text(call->arena, limit), NULL);
    put_text(call->done, "rounded", NULL);
    put_truth(call->done, "complies", judged == JUDGED_COMPLIES);
    return DONE;
}

static ending run(call *call)
{
    limit limit = {0};
    stated value = {0};
    decimal rounded;
    const char *text = call_text(call, "limit");
    if (!limit_parse(text, &limit))
        return call_refuse(call, "CALC-12", "limit", "limit", text, NULL);
    text = without_unit(call, call_text(call, "value"), &limit);
    if (!text || !stated_parse(text, &value))
        return call_refuse(call, "CALC-13", "value", "value", call_text(call, "value"), "unit", limit.unit, NULL);
    if (value.kind != STATED_EXACT)
        return put_stated(call, &limit, value);
    judgement judged = limit_judge_value(&limit, ratio_of_decimal(value.value), &rounded);
    if (judged == JUDGED_IMPOSSIBLE)
        return call_refuse(call, "CALC-05", "value", NULL);
    const char *shown = decimal_text(call->arena, rounded);
    put_plain_figure(call->done, "rounded", shown, *limit.unit ? arena_text(call->arena, limit.unit) : NULL,
                     arena_format(call->arena, "%s \xE2\x86\x92 %s; %s", decimal_text(call->arena, value.value), shown,
                                  limit_text(call->arena, &limit)));
    put_truth(call->done, "complies", judged == JUDGED_COMPLIES);
    return DONE;
}

const act calc_compare_act = {.name = "calc compare", .view = true, .alone = true, .right = RIGHT_OPEN, .inputs = inputs, .run = run};
