/* Rule: Chemical Abstracts Service, check digit of a registry number. */
#include "magistral/act/call.h"
#include "magistral/domain/check_digit.h"

static const input_definition inputs[] = {
    {"kind", INPUT_CHOICE, INPUT_POSITIONAL, "cas", "cas"},
    {"number", INPUT_TEXT, INPUT_POSITIONAL, NULL, "202590-98-5"},
    {0},
};

static ending run(call *call)
{
    int expected = 0;
    check_digit checked = cas_check(call_text(call, "number"), &expected);
    if (checked == CHECK_DIGIT_MALFORMED)
        return call_refuse(call, "CALC-15", "number", "number", call_text(call, "number"), NULL);
    put_truth(call->done, "valid", checked == CHECK_DIGIT_RIGHT);
    put_text(call->done, "expected", arena_format(call->arena, "%d", expected));
    return DONE;
}

const act calc_check_digit_act = {.name = "calc check-digit", .view = true, .alone = true, .right = RIGHT_OPEN, .inputs = inputs, .run = run};
