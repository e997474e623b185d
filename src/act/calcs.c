#include "magistral/act/calcs.h"

void calc_join_units(call *call, const char *input, const char ***ret_texts, size_t *ret_count)
{
    const input_value *given = call_input(call, input);
    const char **texts = arena_array(call->arena, given->count, sizeof *texts);
    size_t count = 0;
    for (size_t i = 0; i < given->count; i++)
        if (count > 0 && entered_is_unit(given->texts[i]) && !entered_has_unit(texts[count - 1]))
            texts[count - 1] = arena_format(call->arena, "%s %s", texts[count - 1], given->texts[i]);
        else
            texts[count++] = given->texts[i];
    *ret_texts = texts;
    *ret_count = count;
}

ending calc_read_list(call *call, const char *input, entered_unit unit, decimal **ret_values, size_t *ret_count)
{
    const char **texts = NULL, *why = NULL;
    size_t count = 0;
    calc_join_units(call, input, &texts, &count);
    decimal *values = arena_array(call->arena, count, sizeof *values);
    for (size_t i = 0; i < count; i++)
        if (!entered_parse(texts[i], unit, &values[i], &why))
            call_refuse(call, "CALC-01", input, "position", arena_format(call->arena, "%zu", i + 1), "value", texts[i], "why",
                        call_word(call, "why.", why), "unit", entered_unit_word(unit), NULL);
    *ret_values = values;
    *ret_count = count;
    return call_ending(call);
}

bool calc_read_one(call *call, const char *input, entered_unit unit, decimal *ret_value)
{
    const char *text = call_text(call, input), *why = NULL;
    decimal value = {0};
    bool good = entered_parse(text, unit, &value, &why);
    if (!good)
        call_refuse(call, "CALL-04", input, "value", text, "why", call_word(call, "why.", why), "example",
                    call_input(call, input)->definition->example, NULL);
    else if (value.digits <= 0)
        call_refuse(call, "CALC-02", input, "value", text, NULL);
    *ret_value = value;
    return good && value.digits > 0;
}

void calc_put_figure(call *call, const char *name, figure figure)
{
    put_plain_figure(call->done, name, figure.text, figure.unit, figure.formula);
}
