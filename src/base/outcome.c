#include "magistral/base/outcome.h"

#include <stdarg.h>

outcome outcome_new(arena *arena)
{
    return (outcome){.arena = arena};
}

static size_t count_pairs(va_list arguments)
{
    size_t pairs = 0;
    while (va_arg(arguments, const char *)) {
        (void)va_arg(arguments, const char *);
        pairs++;
    }
    return pairs;
}

ending refuse(outcome *outcome, const char *rule, const char *field, ...)
{
    va_list arguments, counting;
    va_start(arguments, field);
    va_copy(counting, arguments);
    refusal *made = arena_alloc(outcome->arena, sizeof *made);
    made->rule = rule;
    made->field = arena_text(outcome->arena, field);
    made->count = count_pairs(counting);
    va_end(counting);
    made->values = arena_array(outcome->arena, made->count, sizeof *made->values);
    for (size_t i = 0; i < made->count; i++) {
        made->values[i].name = va_arg(arguments, const char *);
        const char *value = va_arg(arguments, const char *);
        made->values[i].value = value ? arena_text(outcome->arena, value) : "";
    }
    va_end(arguments);
    if (outcome->last)
        outcome->last->next = made;
    else
        outcome->first = made;
    outcome->last = made;
    outcome->refusals++;
    return REFUSED;
}

ending outcome_ending(const outcome *outcome)
{
    if (outcome->failure)
        return FAILED;
    return outcome->refusals > 0 ? REFUSED : DONE;
}

ending fail(outcome *outcome, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (!outcome->failure)
        outcome->failure = arena_format_list(outcome->arena, format, arguments);
    va_end(arguments);
    return FAILED;
}

ending fail_input_output(outcome *outcome, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (!outcome->failure) {
        outcome->failure = arena_format_list(outcome->arena, format, arguments);
        outcome->input_output = true;
    }
    va_end(arguments);
    return FAILED;
}
