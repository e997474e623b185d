#ifndef MAGISTRAL_BASE_RATIO_H
#define MAGISTRAL_BASE_RATIO_H

#include <stdbool.h>
#include <stdint.h>

#include "magistral/base/arena.h"
#include "magistral/base/decimal.h"

__extension__ typedef __int128 integer128;
__extension__ typedef unsigned __int128 natural128;

/* An exact fraction in lowest terms, denominator above 0. A denominator of 0 marks a result that does not fit in 127 bits
 * or a division by zero: it is never a number, every calculation with it gives it again, and no conversion accepts it.
 * Calculations are chained freely and asked once at the end with ratio_is_number(). */
typedef struct ratio {
    integer128 numerator;
    integer128 denominator;
} ratio;

#define RATIO_ZERO ((ratio){0, 1})
#define RATIO_NONE ((ratio){0, 0})

/* The three directions of rounding; DOWN is towards minus infinity, UP towards plus infinity.
 * Rule: USP 7.20 and Ph. Eur. General Notices: a rejected part of one half or more raises the last figure kept. */
typedef enum rounding { ROUND_HALF_AWAY, ROUND_DOWN, ROUND_UP } rounding;

/* False when the value overflowed or was divided by zero. */
bool ratio_is_number(ratio value);

/* Makers: a whole number, a fraction (denominator 0 gives no number), a decimal. */
ratio ratio_whole(int64_t whole);
ratio ratio_of(int64_t numerator, int64_t denominator);
ratio ratio_of_decimal(decimal value);

ratio ratio_add(ratio a, ratio b);
ratio ratio_subtract(ratio a, ratio b);
ratio ratio_multiply(ratio a, ratio b);
ratio ratio_divide(ratio a, ratio b);
ratio ratio_absolute(ratio value);
ratio ratio_negative(ratio value);
/* value / 100. */
ratio ratio_hundredth(ratio value);

/* Negative, zero or positive as a is less than, equal to or greater than b; exact for every pair of numbers. Ends the
 * process (abort) when one is not a number: an overflow never becomes a verdict, so ask ratio_is_number() before. */
int ratio_compare(ratio a, ratio b);
/* -1, 0 or 1; the same precondition. */
int ratio_sign(ratio value);

/* Rounds to a decimal of `places` (0 to 18); false when not a number or when 18 digits do not hold the result. */
bool ratio_round(ratio value, int places, rounding rounding, decimal *ret_decimal);

/* Rounds to a whole multiple of `step` (above 0), as a count of steps; false when it does not fit in 63 bits. */
bool ratio_round_steps(ratio value, ratio step, rounding rounding, int64_t *ret_steps);

/* The square root to `significant` digits (1 to 18), correctly rounded (half away from zero); no number below zero. */
ratio ratio_square_root(ratio value, int significant);

/* The value as text: exact when it ends within 18 significant digits, else rounded to 15 significant digits (half away
 * from zero); never an exponent; "" when not a number. Owned by the arena. */
const char *ratio_text(arena *arena, ratio value);

/* The value rounded to `significant` digits (1 to 18; half away from zero), as text: for what holds a root. */
const char *ratio_text_significant(arena *arena, ratio value, int significant);

/* The value rounded half away from zero at `places`, as text; "" when it is not a number or does not fit. */
const char *ratio_text_places(arena *arena, ratio value, int places);

/* The value with `places` decimals at most: exact when it ends within them, else rounded half away from zero; "" as above. */
const char *ratio_text_at_most(arena *arena, ratio value, int places);

#endif
