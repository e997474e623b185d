#include "magistral/domain/entered.h"

#include <string.h>

/* A unit's word and the power of ten that leads to the unit in which is counted. */
typedef struct unit_word {
    entered_unit unit;
    const char *word;
    int power;
} unit_word;

static const unit_word unit_words[] = {
    {ENTERED_MILLIGRAMS, "mg", 0},         {ENTERED_MILLIGRAMS, "g", 3},          {ENTERED_MILLIGRAMS, "kg", 6},
    {ENTERED_MILLIGRAMS, "\xC2\xB5g", -3}, {ENTERED_MILLIGRAMS, "\xCE\xBCg", -3}, {ENTERED_MILLIGRAMS, "ug", -3},
    {ENTERED_PERCENT, "%", 0},             {ENTERED_MINUTES, "min", 0},           {ENTERED_COLONIES, "CFU/g", 0},
    {ENTERED_COLONIES, "UFC/g", 0},        {ENTERED_COLONIES, "CFU/mL", 0},       {ENTERED_COLONIES, "UFC/mL", 0},
};

const char *entered_unit_word(entered_unit unit)
{
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++)
        if (unit_words[i].unit == unit)
            return unit_words[i].word;
    return "";
}

/* Where the unit starts behind the number: at the first letter, per-cent sign or micro sign. */
static size_t number_length(const char *text)
{
    size_t length = strcspn(text, "%abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    static const char *const signs[] = {"\xC2\xB5", "\xCE\xBC"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *sign = strstr(text, signs[i]);
        if (sign && (size_t)(sign - text) < length)
            length = (size_t)(sign - text);
    }
    return length;
}

bool entered_is_unit(const char *text)
{
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++)
        if (strcmp(unit_words[i].word, text) == 0)
            return true;
    return false;
}

bool entered_has_unit(const char *text)
{
    return text[number_length(text)] != 0;
}

static bool move_point(decimal value, int power, decimal *ret_value)
{
    static const int64_t most = 1000000000000000000;
    while (power > 0 && value.places > 0) {
        value.places--;
        power--;
    }
    for (; power > 0; power--)
        if (__builtin_mul_overflow(value.digits, 10, &value.digits))
            return false;
    value.places -= power;
    *ret_value = value;
    return value.places <= DECIMAL_MOST_PLACES && value.digits < most && value.digits > -most;
}

static const char *why_no_number(decimal_error error)
{
#define WHY(name, word) [name] = "decimal." word,
    static const char *const whys[] = {DECIMAL_ERRORS(WHY)};
#undef WHY
    return whys[error];
}

bool entered_parse(const char *text, entered_unit unit, decimal *ret_value, const char **ret_why)
{
    size_t length = number_length(text);
    decimal value;
    decimal_error error = decimal_parse_bytes(text, length, &value);
    if (error != DECIMAL_GOOD) {
        *ret_why = why_no_number(error);
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
