#ifndef MAGISTRAL_BASE_DECIMAL_H
#define MAGISTRAL_BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "magistral/base/arena.h"

/* A number as it was entered: its value is digits / 10^places, and 99.10 stays 99.10 (digits 9910, places 2).
 * At most 18 significant digits and 18 places. */
typedef struct decimal {
    int64_t digits;
    int places;
} decimal;

enum { DECIMAL_MOST_PLACES = 18, DECIMAL_MOST_DIGITS = 18 };

/* Why a text is not a number; the word names the sentence in the catalogue. */
#define DECIMAL_ERRORS(X)                      \
    X(DECIMAL_GOOD, "good")                    \
    X(DECIMAL_EMPTY, "empty")                  \
    X(DECIMAL_CHARACTER, "character")          \
    X(DECIMAL_EXPONENT, "exponent")            \
    X(DECIMAL_TWO_SIGNS, "two-decimal-signs")  \
    X(DECIMAL_LONE_SIGN, "lone-decimal-sign")  \
    X(DECIMAL_GROUPING, "grouping")            \
    X(DECIMAL_TOO_LONG, "too-many-digits")

#define DECIMAL_ERROR_NAME(name, word) name,
typedef enum decimal_error { DECIMAL_ERRORS(DECIMAL_ERROR_NAME) } decimal_error;
#undef DECIMAL_ERROR_NAME

/* The word of an error ("two-decimal-signs"). */
const char *decimal_error_word(decimal_error error);

/* Reads a number. Comma and point are both the decimal sign, with a digit on both sides; whole digits may be grouped by
 * three with a space (U+0020, U+00A0, U+202F); "-" or U+2212 may stand first; spaces around are ignored. Refuses, with
 * the reason, everything else: two decimal signs, letters, exponents, "+", more than 18 significant digits or places.
 * *ret_decimal is written only on DECIMAL_GOOD. Rule: 2,5 and 2.5 are the same; nothing is silently zero. */
decimal_error decimal_parse(const char *text, decimal *ret_decimal);
/* The same for the `length` bytes at `text`. */
decimal_error decimal_parse_bytes(const char *text, size_t length, decimal *ret_decimal);

/* The canonical text: point, no grouping, every place kept ("-0.50"); owned by the arena. */
const char *decimal_text(arena *arena, decimal value);

/* Makes a decimal of a whole number. */
decimal decimal_whole(int64_t whole);

/* Adds or subtracts at the larger number of places; false, and nothing written, when 18 digits do not hold the result. */
bool decimal_add(decimal a, decimal b, decimal *ret_sum);
bool decimal_subtract(decimal a, decimal b, decimal *ret_difference);

/* Negative, zero or positive as a is less than, equal to or greater than b in value: 99.1 equals 99.10. */
int decimal_compare(decimal a, decimal b);

/* Writes the same value at `places`; false when digits would be lost or do not fit. */
bool decimal_at_places(decimal value, int places, decimal *ret_decimal);

#endif
