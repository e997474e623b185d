#include "magistral/domain/expiry.h"

#include "magistral/base/day.h"

const char *expiry_cause_word(expiry_cause cause)
{
#define WORD(name, word) \
    case name:           \
        return word;
    switch (cause) {
        EXPIRY_CAUSES(WORD)
    }
#undef WORD
    return "";
}

bool expiry_of_batch(arena *arena, int64_t made, int64_t stability_days, const expiry_input *inputs, size_t count,
                     expiry_result *ret_result)
{
    enum { LONGEST = 36500 };
    if (stability_days <= 0 || stability_days > LONGEST)
        return false;
    expiry_result result = {.day = made + stability_days, .cause = EXPIRY_OF_STABILITY};
    result.formula = arena_format(arena, "%s + %lld", day_text(arena, made), (long long)stability_days);
    for (size_t i = 0; i < count; i++)
        if (inputs[i].day < result.day)
            result = (expiry_result){inputs[i].day, inputs[i].cause, arena_text(arena, inputs[i].number),
                                     day_text(arena, inputs[i].day)};
    *ret_result = result;
    return true;
}
