#include "magistral/base/ratio.h"

#include <stdlib.h>

/* Every magnitude stays below 2^127, so that a sum of two still fits in the unsigned type. */
static const integer128 LARGEST = (integer128)(((natural128)1 << 127) - 1);

enum { LIMBS = 5 };

/* A natural number of 320 bits, least limb first: wide enough for 10^36 x 2^127 x 4, the largest met below. */
typedef struct wide {
    uint64_t limbs[LIMBS];
} wide;

static wide wide_of(natural128 value)
{
    return (wide){{(uint64_t)value, (uint64_t)(value >> 64)}};
}

static void wide_add_at(wide *sum, size_t limb, natural128 value)
{
    natural128 carry = value;
    for (size_t i = limb; i < LIMBS && carry > 0; i++) {
        carry += sum->limbs[i];
        sum->limbs[i] = (uint64_t)carry;
        carry >>= 64;
    }
}

static wide wide_multiply(wide a, natural128 b)
{
    const uint64_t parts[2] = {(uint64_t)b, (uint64_t)(b >> 64)};
    wide product = {{0}};
    for (size_t i = 0; i < LIMBS; i++)
        for (size_t j = 0; j < 2 && i + j < LIMBS; j++)
            wide_add_at(&product, i + j, (natural128)a.limbs[i] * parts[j]);
    return product;
}

static int wide_compare(wide a, wide b)
{
    for (size_t i = LIMBS; i-- > 0;)
        if (a.limbs[i] != b.limbs[i])
            return a.limbs[i] < b.limbs[i] ? -1 : 1;
    return 0;
}

static natural128 magnitude(integer128 value)
{
    return value < 0 ? 0 - (natural128)value : (natural128)value;
}

static natural128 common_divisor(natural128 a, natural128 b)
{
    while (b > 0) {
        natural128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Brings to lowest terms; the smallest negative number has no opposite and is taken as an overflow. */
static ratio normal(integer128 numerator, integer128 denominator)
{
    if (denominator == 0 || numerator < -LARGEST || denominator < -LARGEST)
        return RATIO_NONE;
    if (numerator == 0)
        return RATIO_ZERO;
    integer128 divisor = (integer128)common_divisor(magnitude(numerator), magnitude(denominator));
    if (denominator < 0)
        divisor = -divisor;
    return (ratio){numerator / divisor, denominator / divisor};
}

bool ratio_is_number(ratio value)
{
    return value.denominator != 0;
}

ratio ratio_whole(int64_t whole)
{
    return (ratio){whole, 1};
}

ratio ratio_of(int64_t numerator, int64_t denominator)
{
    return normal(numerator, denominator);
}

static natural128 power_of_ten(int exponent)
{
    natural128 power = 1;
    for (int i = 0; i < exponent; i++)
        power *= 10;
    return power;
}

ratio ratio_of_decimal(decimal value)
{
    return normal(value.digits, (integer128)power_of_ten(value.places));
}

ratio ratio_multiply(ratio a, ratio b)
{
    if (!ratio_is_number(a) || !ratio_is_number(b))
        return RATIO_NONE;
    /* Crossing out first keeps every product that fits from overflowing on the way. */
    ratio first = normal(a.numerator, b.denominator), second = normal(b.numerator, a.denominator);
    ratio product;
    if (__builtin_mul_overflow(first.numerator, second.numerator, &product.numerator) ||
        __builtin_mul_overflow(first.denominator, second.denominator, &product.denominator))
        return RATIO_NONE;
    return normal(product.numerator, product.denominator);
}

ratio ratio_divide(ratio a, ratio b)
{
    if (!ratio_is_number(a) || !ratio_is_number(b))
        return RATIO_NONE;
    return ratio_multiply(a, normal(b.denominator, b.numerator));
}

ratio ratio_add(ratio a, ratio b)
{
    if (!ratio_is_number(a) || !ratio_is_number(b))
        return RATIO_NONE;
    integer128 shared = (integer128)common_divisor((natural128)a.denominator, (natural128)b.denominator);
    integer128 left, right, sum, denominator;
    if (__builtin_mul_overflow(a.numerator, b.denominator / shared, &left) ||
        __builtin_mul_overflow(b.numerator, a.denominator / shared, &right) ||
        __builtin_add_overflow(left, right, &sum) ||
        __builtin_mul_overflow(a.denominator / shared, b.denominator, &denominator))
        return RATIO_NONE;
    return normal(sum, denominator);
}

ratio ratio_negative(ratio value)
{
    return (ratio){-value.numerator, value.denominator};
}

ratio ratio_subtract(ratio a, ratio b)
{
    return ratio_add(a, ratio_negative(b));
}

ratio ratio_absolute(ratio value)
{
    return value.numerator < 0 ? ratio_negative(value) : value;
}

ratio ratio_hundredth(ratio value)
{
    return ratio_divide(value, ratio_whole(100));
}

int ratio_sign(ratio value)
{
    if (!ratio_is_number(value))
        abort();
    return (value.numerator > 0) - (value.numerator < 0);
}

int ratio_compare(ratio a, ratio b)
{
    int sign_a = ratio_sign(a), sign_b = ratio_sign(b);
    if (sign_a != sign_b)
        return sign_a < sign_b ? -1 : 1;
    wide left = wide_multiply(wide_of(magnitude(a.numerator)), (natural128)b.denominator);
    wide right = wide_multiply(wide_of(magnitude(b.numerator)), (natural128)a.denominator);
    return sign_a * wide_compare(left, right);
}

/* A long division in progress: `rest` of `divisor` is what has not been divided yet. */
typedef struct division {
    natural128 rest;
    natural128 divisor;
} division;

/* Brings down the next decimal digit: rest x 10 without leaving 128 bits, as twice (four times and once). */
static unsigned next_digit(division *at)
{
    natural128 once = at->rest, rest = once;
    unsigned digit = 0;
    for (int step = 0; step < 3; step++) {
        rest += rest;
        digit += digit;
        if (rest >= at->divisor) {
            rest -= at->divisor;
            digit++;
        }
        if (step != 1)
            continue;
        rest += once;
        if (rest >= at->divisor) {
            rest -= at->divisor;
            digit++;
        }
    }
    at->rest = rest;
    return digit;
}

static bool at_least_half(division at)
{
    return at.rest >= at.divisor - at.rest;
}

static bool rounds_away(division at, bool negative, rounding rounding)
{
    switch (rounding) {
    case ROUND_HALF_AWAY:
        return at_least_half(at);
    case ROUND_DOWN:
        return negative && at.rest > 0;
    case ROUND_UP:
        return !negative && at.rest > 0;
    }
    return false;
}

static bool round_below(ratio value, int places, rounding rounding, natural128 limit, int64_t *ret_digits)
{
    if (!ratio_is_number(value) || places < 0 || places > DECIMAL_MOST_PLACES)
        return false;
    natural128 top = magnitude(value.numerator), bottom = (natural128)value.denominator;
    division at = {top % bottom, bottom};
    natural128 digits = top / bottom;
    for (int i = 0; i < places && digits <= limit; i++)
        digits = digits * 10 + next_digit(&at);
    bool negative = value.numerator < 0;
    if (digits <= limit && rounds_away(at, negative, rounding))
        digits++;
    if (digits > limit)
        return false;
    *ret_digits = negative ? -(int64_t)digits : (int64_t)digits;
    return true;
}

bool ratio_round(ratio value, int places, rounding rounding, decimal *ret_decimal)
{
    decimal rounded = {0, places};
    if (!round_below(value, places, rounding, power_of_ten(DECIMAL_MOST_DIGITS) - 1, &rounded.digits))
        return false;
    *ret_decimal = rounded;
    return true;
}

bool ratio_round_steps(ratio value, ratio step, rounding rounding, int64_t *ret_steps)
{
    return ratio_is_number(step) && ratio_sign(step) > 0 &&
           round_below(ratio_divide(value, step), 0, rounding, INT64_MAX, ret_steps);
}

/* The leading digits of a positive value: value = digits x 10^exponent, exactly or rounded half up. */
typedef struct leading {
    natural128 digits;
    int exponent;
    bool exact;
} leading;

static leading leading_of_whole(natural128 whole, bool has_rest, int significant)
{
    leading made = {whole, 0, true};
    natural128 unit = 1;
    while (made.digits >= power_of_ten(significant)) {
        made.digits /= 10;
        made.exponent++;
        unit *= 10;
    }
    natural128 cut = whole % unit;
    made.exact = cut == 0 && !has_rest;
    if (cut >= unit - cut)
        made.digits++;
    return made;
}

static leading leading_digits(natural128 top, natural128 bottom, int significant)
{
    natural128 whole = top / bottom, least = power_of_ten(significant - 1);
    division at = {top % bottom, bottom};
    if (whole >= least * 10)
        return leading_of_whole(whole, at.rest > 0, significant);
    leading made = {whole, 0, false};
    while (made.digits < least) {
        made.digits = made.digits * 10 + next_digit(&at);
        made.exponent--;
    }
    made.exact = at.rest == 0;
    if (at_least_half(at))
        made.digits++;
    return made;
}

static const char *leading_text(arena *arena, leading value, bool negative)
{
    char text[128];
    size_t at = sizeof text;
    text[--at] = 0;
    while (value.exponent < 0 && value.digits % 10 == 0) {
        value.digits /= 10;
        value.exponent++;
    }
    for (int i = 0; i < value.exponent; i++)
        text[--at] = '0';
    for (int place = value.exponent; value.digits > 0 || place <= 0; place++) {
        if (place == 0 && value.exponent < 0)
            text[--at] = '.';
        text[--at] = (char)('0' + (int)(value.digits % 10));
        value.digits /= 10;
    }
    if (negative)
        text[--at] = '-';
    return arena_text(arena, text + at);
}

const char *ratio_text(arena *arena, ratio value)
{
    enum { EXACT_DIGITS = 18, ROUNDED_DIGITS = 15 };
    if (!ratio_is_number(value))
        return "";
    if (value.numerator == 0)
        return "0";
    natural128 top = magnitude(value.numerator), bottom = (natural128)value.denominator;
    leading shown = leading_digits(top, bottom, EXACT_DIGITS);
    if (!shown.exact)
        shown = leading_digits(top, bottom, ROUNDED_DIGITS);
    return leading_text(arena, shown, value.numerator < 0);
}

const char *ratio_text_significant(arena *arena, ratio value, int significant)
{
    if (!ratio_is_number(value) || value.numerator == 0)
        return ratio_text(arena, value);
    return leading_text(arena, leading_digits(magnitude(value.numerator), (natural128)value.denominator, significant), value.numerator < 0);
}

const char *ratio_text_places(arena *arena, ratio value, int places)
{
    decimal rounded;
    return ratio_round(value, places, ROUND_HALF_AWAY, &rounded) ? decimal_text(arena, rounded) : "";
}

const char *ratio_text_at_most(arena *arena, ratio value, int places)
{
    decimal rounded;
    if (!ratio_round(value, places, ROUND_HALF_AWAY, &rounded))
        return "";
    bool ends = ratio_compare(ratio_of_decimal(rounded), value) == 0;
    return ends ? ratio_text(arena, value) : decimal_text(arena, rounded);
}

/* The value scaled by 10^(2 x shift), kept as two wide numbers so that nothing is divided. */
typedef struct scaled {
    wide top;
    wide bottom;
} scaled;

static scaled scale(ratio value, int shift)
{
    scaled made = {wide_of((natural128)value.numerator), wide_of((natural128)value.denominator)};
    for (int i = 0; i < shift; i++)
        made.top = wide_multiply(made.top, 100);
    for (int i = 0; i > shift; i--)
        made.bottom = wide_multiply(made.bottom, 100);
    return made;
}

/* Compares (part / denominator)^2 with the scaled value; part is below 2^63. */
static int compare_square(uint64_t part, unsigned denominator, const scaled *value)
{
    wide square = wide_multiply(value->bottom, (natural128)part * part);
    return wide_compare(square, wide_multiply(value->top, denominator * denominator));
}

ratio ratio_square_root(ratio value, int significant)
{
    if (!ratio_is_number(value) || value.numerator < 0 || significant < 1 || significant > 18)
        return RATIO_NONE;
    if (value.numerator == 0)
        return RATIO_ZERO;
    uint64_t least = (uint64_t)power_of_ten(significant - 1), most = least * 10;
    int shift = 0;
    scaled at = scale(value, shift);
    while (compare_square(most, 1, &at) <= 0)
        at = scale(value, --shift);
    while (compare_square(least, 1, &at) > 0)
        at = scale(value, ++shift);
    uint64_t low = least, high = most; /* low^2 <= value < high^2 */
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        if (compare_square(middle, 1, &at) <= 0)
            low = middle;
        else
            high = middle;
    }
    if (compare_square(2 * low + 1, 2, &at) <= 0)
        low++;
    ratio root = ratio_whole((int64_t)low);
    ratio unit = {(integer128)power_of_ten(shift < 0 ? -shift : shift), 1};
    return shift > 0 ? ratio_divide(root, unit) : ratio_multiply(root, unit);
}
