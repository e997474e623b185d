#include "magistral/domain/quantity.h"

#include <stdlib.h>
#include <string.h>

typedef struct unit {
    const char *name;
    int power; /* of ten, of the smallest unit */
} unit;

static const unit masses[] = {{"ng", 0}, {"µg", 3}, {"μg", 3}, {"mg", 6}, {"g", 9}, {"kg", 12}, {NULL, 0}};
static const unit volumes[] = {{"nL", 0}, {"µL", 3}, {"μL", 3}, {"mL", 6}, {"ml", 6}, {"L", 9}, {"l", 9}, {NULL, 0}};
static const unit moneys[] = {{"EUR", 6}, {"€", 6}, {NULL, 0}};

const char *quantity_error_word(quantity_error error)
{
    static const char *const words[] = {"good", "number", "no-unit", "unit", "fine", "range"};
    return words[error];
}

static bool scale(int64_t digits, int power, int64_t *ret_value, quantity_error *ret_error)
{
    for (; power > 0; power--)
        if (__builtin_mul_overflow(digits, 10, &digits)) {
            *ret_error = QUANTITY_RANGE;
            return false;
        }
    for (; power < 0; power++) {
        if (digits % 10 != 0) {
            *ret_error = QUANTITY_FINE;
            return false;
        }
        digits /= 10;
    }
    *ret_value = digits;
    return true;
}

/* Where the unit starts: behind the last digit and the spaces after it. */
static size_t number_length(const char *text)
{
    size_t length = 0;
    for (size_t i = 0; text[i]; i++)
        if (text[i] >= '0' && text[i] <= '9')
            length = i + 1;
    return length;
}

static const char *skip_spaces(const char *text)
{
    for (;;) {
        if (*text == ' ')
            text++;
        else if (strncmp(text, "\u00A0", 2) == 0)
            text += 2;
        else if (strncmp(text, "\u202F", 3) == 0)
            text += 3;
        else
            return text;
    }
}

static quantity_error parse(const char *text, const unit *units, int64_t *ret_value)
{
    size_t length = number_length(text);
    decimal number;
    if (length == 0 || decimal_parse_bytes(text, length, &number) != DECIMAL_GOOD)
        return QUANTITY_NUMBER;
    const char *name = skip_spaces(text + length);
    size_t named = strlen(name);
    while (named > 0 && name[named - 1] == ' ')
        named--;
    if (named == 0)
        return QUANTITY_NO_UNIT;
    for (; units->name; units++) {
        quantity_error error = QUANTITY_GOOD;
        if (strlen(units->name) == named && memcmp(units->name, name, named) == 0) {
            (void)scale(number.digits, units->power - number.places, ret_value, &error);
            return error;
        }
    }
    return QUANTITY_UNIT;
}

quantity_error mass_parse(const char *text, mass *ret_mass)
{
    return parse(text, masses, &ret_mass->nanograms);
}

quantity_error volume_parse(const char *text, volume *ret_volume)
{
    return parse(text, volumes, &ret_volume->nanolitres);
}

quantity_error money_parse(const char *text, money *ret_money)
{
    return parse(text, moneys, &ret_money->micro_euro);
}

static const char *write(arena *arena, int64_t value, int power, int places)
{
    while (power > places && value % 10 == 0) {
        value /= 10;
        power--;
    }
    decimal number = {value, power};
    decimal wider;
    if (power < places && decimal_at_places(number, places, &wider))
        number = wider;
    return decimal_text(arena, number);
}

static int power_of(const char *name, const unit *units)
{
    for (; units->name; units++)
        if (strcmp(units->name, name) == 0)
            return units->power;
    abort();
}

const char *mass_text(arena *arena, mass value, const char *unit, int places)
{
    return write(arena, value.nanograms, power_of(unit, masses), places);
}

const char *volume_text(arena *arena, volume value, const char *unit, int places)
{
    return write(arena, value.nanolitres, power_of(unit, volumes), places);
}

const char *money_text(arena *arena, money value)
{
    return write(arena, value.micro_euro, 6, 2);
}

const char *mass_unit(mass value)
{
    uint64_t size = value.nanograms < 0 ? -(uint64_t)value.nanograms : (uint64_t)value.nanograms;
    return size >= 100000000 ? "g" : size >= 100000 ? "mg" : "µg";
}

const char *mass_words(arena *arena, mass value)
{
    const char *unit = mass_unit(value);
    return arena_format(arena, "%s %s", mass_text(arena, value, unit, 0), unit);
}

ratio mass_grams(mass value)
{
    return ratio_of(value.nanograms, 1000000000);
}

ratio mass_milligrams(mass value)
{
    return ratio_of(value.nanograms, 1000000);
}

ratio money_euro(money value)
{
    return ratio_of(value.micro_euro, 1000000);
}
