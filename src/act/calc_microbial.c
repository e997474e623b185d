/* Rule: Ph. Eur. 5.1.4: 10^3 CFU means 2000 at most. */
#include <string.h>

#include "magistral/act/calcs.h"
#include "magistral/domain/microbial.h"

static const input_definition inputs[] = {
    {"count", INPUT_TEXT, 0, NULL, "< 10"},
    {"limit", INPUT_TEXT, 0, NULL, "10^3"},
    {0},
};

static const char *without_unit(call *call, const char *text)
{
    const char *unit = strstr(text, "CFU");
    unit = unit ? unit : strstr(text, "UFC");
    while (unit && unit > text && unit[-1] == ' ')
        unit--;
    return unit ? arena_copy(call->arena, text, (size_t)(unit - text)) : text;
}

static ending run(call *call)
{
    int power = 0;
    stated count = {0};
    decimal most = {0};
    if (!microbial_parse(without_unit(call, call_text(call, "limit")), &power) || !microbial_most(power, &most))
        call_refuse(call, "CALC-14", "limit", "limit", call_text(call, "limit"), NULL);
    if (!stated_parse(without_unit(call, call_text(call, "count")), &count) || count.value.digits < 0)
        call_refuse(call, "CALC-13", "count", "value", call_text(call, "count"), "unit", "CFU/g", NULL);
    TRY(call_ending(call));
    judgement judged = microbial_judge(power, count);
    if (judged == JUDGED_IMPOSSIBLE)
        return call_refuse(call, "CALC-11", "count", "value", stated_text(call->arena, count), "limit", call_text(call, "limit"), NULL);
    const char *maximum = decimal_text(call->arena, most);
    put_plain_figure(call->done, "maximum", maximum, "CFU/g", arena_format(call->arena, "2 x 10^%d = %s", power, maximum));
    put_truth(call->done, "complies", judged == JUDGED_COMPLIES);
    return DONE;
}

const act calc_microbial_act = {.name = "calc microbial", .view = true, .alone = true, .right = RIGHT_OPEN, .inputs = inputs, .run = run};
