#include "magistral/act/calcs.h"

#include <string.h>

#include "magistral/base/catalogue.h"

/* A unit's word and the power of ten that leads to the unit in which is calculated. */
typedef struct unit_word {
    calc_unit unit;
    const char *word;
    int power;
} unit_word;

static const unit_word unit_words[] = {
    {CALC_MILLIGRAMS, "mg", 0},          {CALC_MILLIGRAMS, "g", 3},           {CALC_MILLIGRAMS, "kg", 6},
    {CALC_MILLIGRAMS, "\xC2\xB5g", -3},  {CALC_MILLIGRAMS, "\xCE\xBCg", -3},  {CALC_MILLIGRAMS, "ug", -3},
    {CALC_PERCENT, "%", 0},              {CALC_MINUTES, "min", 0},
};

static const char *words_of(calc_unit unit)
{
    static const char *const words[] = {[CALC_MILLIGRAMS] = "mg", [CALC_PERCENT] = "%", [CALC_MINUTES] = "min"};
    return words[unit];
}

/* Where the unit starts behind the number: at the first letter or percent sign. */
static size_t number_length(const char *text)
{
    size_t length = strcspn(text, "%abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    for (const char *micro = strstr(text, "\xC2\xB5"); micro && (size_t)(micro - text) < length;)
        length = (size_t)(micro - text);
    for (const char *mu = strstr(text, "\xCE\xBC"); mu && (size_t)(mu - text) < length;)
        length = (size_t)(mu - text);
    return length;
}

static bool move_point(decimal value, int power, decimal *ret_value)
{
    while (power > 0 && value.places > 0) {
        value.places--;
        power--;
    }
    for (; power > 0; power--)
        if (__builtin_mul_overflow(value.digits, 10, &value.digits))
            return false;
    value.places -= power;
    *ret_value = value;
    return value.places <= DECIMAL_MOST_PLACES && value.digits < 1000000000000000000 && value.digits > -1000000000000000000;
}

bool calc_parse(const char *text, calc_unit unit, decimal *ret_value, const char **ret_why)
{
    size_t length = number_length(text);
    decimal value;
    decimal_error error = decimal_parse_bytes(text, length, &value);
    if (error != DECIMAL_GOOD) {
        static const char *const why[] = {"decimal.good", "decimal.empty", "decimal.character", "decimal.exponent",
                                          "decimal.two-decimal-signs", "decimal.lone-decimal-sign", "decimal.grouping",
                                          "decimal.too-many-digits"};
        *ret_why = why[error];
        return false;
    }
    if (!text[length]) {
        *ret_value = value;
        return true;
    }
    *ret_why = "quantity.unit";
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++)
        if (unit_words[i].unit == unit && strcmp(unit_words[i].word, text + length) == 0) {
            *ret_why = "quantity.range";
            return move_point(value, unit_words[i].power, ret_value);
        }
    return false;
}

static bool is_unit_alone(const char *text)
{
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++)
        if (strcmp(unit_words[i].word, text) == 0)
            return true;
    return false;
}

void calc_join_units(call *call, const char *input, const char ***ret_texts, size_t *ret_count)
{
    const input_value *given = call_input(call, input);
    const char **texts = arena_array(call->arena, given->count, sizeof *texts);
    size_t count = 0;
    for (size_t i = 0; i < given->count; i++)
        if (count > 0 && is_unit_alone(given->texts[i]) && !texts[count - 1][number_length(texts[count - 1])])
            texts[count - 1] = arena_format(call->arena, "%s %s", texts[count - 1], given->texts[i]);
        else
            texts[count++] = given->texts[i];
    *ret_texts = texts;
    *ret_count = count;
}

ending calc_read_list(call *call, const char *input, calc_unit unit, decimal **ret_values, size_t *ret_count)
{
    const char **texts = NULL, *why = NULL;
    size_t count = 0;
    calc_join_units(call, input, &texts, &count);
    decimal *values = arena_array(call->arena, count, sizeof *values);
    for (size_t i = 0; i < count; i++)
        if (!calc_parse(texts[i], unit, &values[i], &why))
            call_refuse(call, "CALC-01", input, "position", arena_format(call->arena, "%zu", i + 1), "value", texts[i], "why",
                        call_word(call, "why.", why), "unit", words_of(unit), NULL);
    *ret_values = values;
    *ret_count = count;
    return call_ending(call);
}

bool calc_read_one(call *call, const char *input, calc_unit unit, decimal *ret_value)
{
    const char *text = call_text(call, input), *why = NULL;
    decimal value = {0};
    bool good = calc_parse(text, unit, &value, &why);
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
