#include "magistral/base/decimal.h"

#include <string.h>

#include "magistral/base/ratio.h"
#include "magistral/base/text.h"

enum { MINUS_SIGN = 0x2212 };

static const int64_t LARGEST = 999999999999999999;

const char *decimal_error_word(decimal_error error)
{
#define WORD(name, word) \
    case name:           \
        return word;
    switch (error) {
        DECIMAL_ERRORS(WORD)
    }
#undef WORD
    return "";
}

/* What has been read of a number so far. */
typedef struct reading {
    decimal value;
    bool negative, signed_before, in_fraction, after_space;
    int whole_digits;
    int group; /* whole digits since the last space */
    bool grouped;
} reading;

static decimal_error read_digit(reading *so_far, int digit)
{
    if (so_far->after_space && so_far->in_fraction)
        return DECIMAL_GROUPING;
    so_far->after_space = false;
    int64_t digits;
    if (__builtin_mul_overflow(so_far->value.digits, 10, &digits) || digits > LARGEST - digit)
        return DECIMAL_TOO_LONG;
    so_far->value.digits = digits + digit;
    if (so_far->in_fraction)
        return ++so_far->value.places > DECIMAL_MOST_PLACES ? DECIMAL_TOO_LONG : DECIMAL_GOOD;
    so_far->whole_digits++;
    return ++so_far->group > 3 && so_far->grouped ? DECIMAL_GROUPING : DECIMAL_GOOD;
}

static decimal_error read_space(reading *so_far)
{
    bool first_group = !so_far->grouped && so_far->group >= 1 && so_far->group <= 3;
    bool later_group = so_far->grouped && so_far->group == 3;
    if (so_far->in_fraction || so_far->after_space || !(first_group || later_group))
        return DECIMAL_GROUPING;
    so_far->grouped = true;
    so_far->after_space = true;
    so_far->group = 0;
    return DECIMAL_GOOD;
}

static decimal_error read_decimal_sign(reading *so_far)
{
    if (so_far->in_fraction)
        return DECIMAL_TWO_SIGNS;
    if (so_far->whole_digits == 0)
        return DECIMAL_LONE_SIGN;
    if (so_far->grouped && so_far->group != 3)
        return DECIMAL_GROUPING;
    so_far->in_fraction = true;
    return DECIMAL_GOOD;
}

static decimal_error read_scalar(reading *so_far, int32_t c)
{
    if (c >= '0' && c <= '9')
        return read_digit(so_far, c - '0');
    if (text_is_space(c))
        return read_space(so_far);
    if (c == ',' || c == '.')
        return read_decimal_sign(so_far);
    bool first = so_far->whole_digits == 0 && !so_far->signed_before;
    if ((c == '-' || c == MINUS_SIGN) && first) {
        so_far->negative = true;
        so_far->signed_before = true;
        return DECIMAL_GOOD;
    }
    if ((c == 'e' || c == 'E') && so_far->whole_digits > 0)
        return DECIMAL_EXPONENT;
    return DECIMAL_CHARACTER;
}

static void skip_spaces_after(const char *from, const char **end)
{
    static const char *const spaces[] = {" ", "\xC2\xA0", "\xE2\x80\xAF"};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        size_t length = strlen(spaces[i]);
        if ((size_t)(*end - from) >= length && memcmp(*end - length, spaces[i], length) == 0) {
            *end -= length;
            skip_spaces_after(from, end);
            return;
        }
    }
}

decimal_error decimal_parse_bytes(const char *text, size_t length, decimal *ret_decimal)
{
    const char *at = text, *end = text + length;
    text_skip_spaces(&at, end);
    skip_spaces_after(at, &end);
    if (at == end)
        return DECIMAL_EMPTY;
    reading so_far = {0};
    while (at < end) {
        int32_t c = text_scalar(&at, end);
        decimal_error error = c < 0 ? DECIMAL_CHARACTER : read_scalar(&so_far, c);
        if (error != DECIMAL_GOOD)
            return error;
    }
    if (so_far.whole_digits == 0)
        return DECIMAL_EMPTY;
    if (so_far.in_fraction && so_far.value.places == 0)
        return DECIMAL_LONE_SIGN;
    if (so_far.grouped && so_far.group != 3)
        return DECIMAL_GROUPING;
    if (so_far.negative)
        so_far.value.digits = -so_far.value.digits;
    *ret_decimal = so_far.value;
    return DECIMAL_GOOD;
}

decimal_error decimal_parse(const char *text, decimal *ret_decimal)
{
    return text ? decimal_parse_bytes(text, strlen(text), ret_decimal) : DECIMAL_EMPTY;
}

const char *decimal_text(arena *arena, decimal value)
{
    uint64_t digits = value.digits < 0 ? 0 - (uint64_t)value.digits : (uint64_t)value.digits;
    uint64_t scale = 1;
    for (int i = 0; i < value.places; i++)
        scale *= 10;
    const char *sign = value.digits < 0 ? "-" : "";
    if (value.places == 0)
        return arena_format(arena, "%s%llu", sign, (unsigned long long)digits);
    return arena_format(arena, "%s%llu.%0*llu", sign, (unsigned long long)(digits / scale), value.places,
                        (unsigned long long)(digits % scale));
}

decimal decimal_whole(int64_t whole)
{
    return (decimal){whole, 0};
}

bool decimal_at_places(decimal value, int places, decimal *ret_decimal)
{
    if (places < 0 || places > DECIMAL_MOST_PLACES)
        return false;
    while (value.places < places) {
        if (__builtin_mul_overflow(value.digits, 10, &value.digits) || value.digits > LARGEST ||
            value.digits < -LARGEST)
            return false;
        value.places++;
    }
    while (value.places > places) {
        if (value.digits % 10 != 0)
            return false;
        value.digits /= 10;
        value.places--;
    }
    *ret_decimal = value;
    return true;
}

bool decimal_add(decimal a, decimal b, decimal *ret_sum)
{
    int places = a.places > b.places ? a.places : b.places;
    decimal sum = {0, places};
    if (!decimal_at_places(a, places, &a) || !decimal_at_places(b, places, &b) ||
        __builtin_add_overflow(a.digits, b.digits, &sum.digits) || sum.digits > LARGEST || sum.digits < -LARGEST)
        return false;
    *ret_sum = sum;
    return true;
}

bool decimal_subtract(decimal a, decimal b, decimal *ret_difference)
{
    return decimal_add(a, (decimal){-b.digits, b.places}, ret_difference);
}

int decimal_compare(decimal a, decimal b)
{
    return ratio_compare(ratio_of_decimal(a), ratio_of_decimal(b));
}
