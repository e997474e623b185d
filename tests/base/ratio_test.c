#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "magistral/base/ratio.h"

static ratio number(const char *text)
{
    decimal value = {0};
    assert_int_equal(decimal_parse(text, &value), DECIMAL_GOOD);
    return ratio_of_decimal(value);
}

static void rounds_to(const char *value, int places, rounding rounding, const char *expected)
{
    ARENA_SCOPE arena *arena = arena_new();
    decimal rounded = {0};
    assert_true(ratio_round(number(value), places, rounding, &rounded));
    assert_string_equal(decimal_text(arena, rounded), expected);
}

/* Where a binary floating point number printed with "%.1f" gives the other answer. */
static void half_is_rounded_away_from_zero_where_binary_numbers_fail(void **state)
{
    (void)state;
    rounds_to("101.55", 1, ROUND_HALF_AWAY, "101.6");
    rounds_to("14.95", 1, ROUND_HALF_AWAY, "15.0");
    rounds_to("98.25", 1, ROUND_HALF_AWAY, "98.3");
    rounds_to("15.25", 1, ROUND_HALF_AWAY, "15.3");
    rounds_to("0.015", 2, ROUND_HALF_AWAY, "0.02");
    rounds_to("99.05", 1, ROUND_HALF_AWAY, "99.1");
    rounds_to("-2.5", 0, ROUND_HALF_AWAY, "-3");
    rounds_to("-2.49", 0, ROUND_HALF_AWAY, "-2");
}

static void down_and_up_follow_the_number_line(void **state)
{
    (void)state;
    rounds_to("1.01", 1, ROUND_UP, "1.1");
    rounds_to("1.09", 1, ROUND_DOWN, "1.0");
    rounds_to("-1.01", 1, ROUND_UP, "-1.0");
    rounds_to("-1.01", 1, ROUND_DOWN, "-1.1");
    rounds_to("1.10", 1, ROUND_UP, "1.1");
    rounds_to("1.10", 1, ROUND_DOWN, "1.1");
}

static void steps_need_not_be_powers_of_ten(void **state)
{
    (void)state;
    int64_t steps = 0;
    assert_true(ratio_round_steps(number("6.5031"), number("0.0005"), ROUND_HALF_AWAY, &steps));
    assert_int_equal(steps, 13006);
    assert_true(ratio_round_steps(number("6.5031"), number("0.0005"), ROUND_UP, &steps));
    assert_int_equal(steps, 13007);
    assert_false(ratio_round_steps(number("1"), RATIO_ZERO, ROUND_UP, &steps));
}

static void fractions_are_exact(void **state)
{
    (void)state;
    ratio third = ratio_of(1, 3);
    assert_int_equal(ratio_compare(ratio_add(third, ratio_add(third, third)), ratio_whole(1)), 0);
    assert_int_equal(ratio_compare(ratio_multiply(number("0.1"), ratio_whole(3)), number("0.3")), 0);
    assert_int_equal(ratio_compare(ratio_divide(ratio_whole(-6), ratio_whole(4)), number("-1.5")), 0);
    assert_int_equal(ratio_sign(ratio_subtract(number("0.3"), number("0.30"))), 0);
    assert_true(ratio_compare(ratio_of(-1, 3), ratio_of(-1, 4)) < 0);
}

static ratio largest(void)
{
    ratio value = ratio_whole(INT64_MAX);
    return ratio_multiply(value, ratio_multiply(ratio_whole(1), value));
}

static void overflow_and_division_by_zero_are_no_numbers(void **state)
{
    (void)state;
    ARENA_SCOPE arena *arena = arena_new();
    ratio big = largest();
    assert_true(ratio_is_number(big));
    ratio over = ratio_multiply(big, ratio_whole(10));
    assert_false(ratio_is_number(over));
    assert_false(ratio_is_number(ratio_add(big, ratio_add(big, big))));
    assert_false(ratio_is_number(ratio_subtract(over, over)));
    assert_false(ratio_is_number(ratio_multiply(over, RATIO_ZERO)));
    assert_false(ratio_is_number(ratio_divide(ratio_whole(1), RATIO_ZERO)));
    assert_false(ratio_is_number(ratio_of(1, 0)));
    decimal rounded = {5, 0};
    assert_false(ratio_round(over, 0, ROUND_UP, &rounded));
    assert_false(ratio_round(big, 0, ROUND_UP, &rounded));
    assert_false(ratio_round(ratio_whole(10), 18, ROUND_UP, &rounded));
    assert_int_equal(rounded.digits, 5);
    assert_string_equal(ratio_text(arena, over), "");
    /* What fits at the end may not overflow on the way. */
    assert_int_equal(ratio_compare(ratio_multiply(big, ratio_divide(ratio_whole(7), big)), ratio_whole(7)), 0);
}

static void very_large_numbers_are_still_compared(void **state)
{
    (void)state;
    ratio big = largest();
    ratio a = ratio_divide(big, ratio_subtract(big, ratio_whole(1)));
    ratio b = ratio_divide(ratio_add(big, ratio_whole(1)), big);
    assert_true(ratio_compare(a, b) > 0);
    assert_true(ratio_compare(b, a) < 0);
    assert_int_equal(ratio_compare(a, a), 0);
}

static void text_is_exact_or_fifteen_digits(void **state)
{
    (void)state;
    ARENA_SCOPE arena *arena = arena_new();
    assert_string_equal(ratio_text(arena, number("99.260")), "99.26");
    assert_string_equal(ratio_text(arena, ratio_of(1, 3)), "0.333333333333333");
    assert_string_equal(ratio_text(arena, ratio_of(-2, 3)), "-0.666666666666667");
    assert_string_equal(ratio_text(arena, ratio_of(2000000, 3)), "666666.666666667");
    assert_string_equal(ratio_text(arena, ratio_of(1, 30000)), "0.0000333333333333333");
    assert_string_equal(ratio_text(arena, ratio_of(2999999999999999, 3)), "1000000000000000");
    assert_string_equal(ratio_text(arena, ratio_of(1, 262144)), "0.000003814697265625");
    assert_string_equal(ratio_text(arena, ratio_whole(999999999999999999)), "999999999999999999");
    assert_string_equal(ratio_text(arena, ratio_whole(1234567890123456789)), "1234567890123460000");
    assert_string_equal(ratio_text(arena, ratio_whole(1000)), "1000");
    assert_string_equal(ratio_text(arena, RATIO_ZERO), "0");
    assert_string_equal(ratio_text(arena, ratio_divide(ratio_whole(1), number("0.922621"))), "1.08386867413597");
    assert_string_equal(ratio_text_places(arena, ratio_of(2, 3), 4), "0.6667");
    assert_string_equal(ratio_text_places(arena, ratio_whole(-4), 2), "-4.00");
}

static void text_has_as_many_decimals_as_it_needs_at_most(void **state)
{
    (void)state;
    ARENA_SCOPE arena *arena = arena_new();
    assert_string_equal(ratio_text_at_most(arena, number("99.26"), 3), "99.26");
    assert_string_equal(ratio_text_at_most(arena, number("5"), 3), "5");
    assert_string_equal(ratio_text_at_most(arena, ratio_of(299, 3), 3), "99.667");
    assert_string_equal(ratio_text_at_most(arena, number("2.0004"), 3), "2.000"); /* rounded, and says so */
    assert_string_equal(ratio_text_at_most(arena, number("-4.0125"), 3), "-4.013");
    assert_string_equal(ratio_text_at_most(arena, RATIO_NONE, 3), "");
}

static void square_roots_are_right_in_every_digit(void **state)
{
    (void)state;
    ARENA_SCOPE arena *arena = arena_new();
    assert_string_equal(ratio_text(arena, ratio_square_root(ratio_whole(2), 15)), "1.4142135623731");
    assert_string_equal(ratio_text(arena, ratio_square_root(ratio_whole(2), 18)), "1.41421356237309505");
    assert_string_equal(ratio_text(arena, ratio_square_root(ratio_whole(3), 18)), "1.73205080756887729");
    assert_string_equal(ratio_text(arena, ratio_square_root(ratio_of(9, 4), 15)), "1.5");
    assert_string_equal(ratio_text(arena, ratio_square_root(ratio_whole(1000000), 15)), "1000");
    assert_string_equal(ratio_text(arena, ratio_square_root(number("0.0001"), 15)), "0.01");
    assert_string_equal(ratio_text(arena, ratio_square_root(number("0.000000000000000001"), 15)), "0.000000001");
    assert_string_equal(ratio_text(arena, ratio_square_root(ratio_of(1, 3), 15)), "0.577350269189626");
    assert_string_equal(ratio_text(arena, ratio_square_root(number("99999999999999999"), 15)), "316227766.016838");
    ratio widest = ratio_multiply(ratio_whole(922337203685477581), ratio_whole(10));
    assert_int_equal(ratio_compare(ratio_square_root(largest(), 18), widest), 0);
    assert_false(ratio_is_number(ratio_square_root(ratio_whole(-1), 15)));
}

/* A small generator of its own, so that the test is the same everywhere. */
static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* Decimals of up to 9 digits: sums and products fit in 64 bits and are compared with plain integers. */
static void a_hundred_thousand_operations_agree_with_whole_numbers(void **state)
{
    (void)state;
    uint64_t seed = 88172645463325252u;
    for (int i = 0; i < 100000; i++) {
        int64_t a = (int64_t)(next_random(&seed) % 2000000001) - 1000000000;
        int64_t b = (int64_t)(next_random(&seed) % 2000000001) - 1000000000;
        ratio x = ratio_of_decimal((decimal){a, 4}), y = ratio_of_decimal((decimal){b, 4});
        decimal got = {0};
        assert_true(ratio_round(ratio_add(x, y), 4, ROUND_HALF_AWAY, &got));
        assert_true(got.digits == a + b);
        assert_true(ratio_round(ratio_multiply(x, y), 8, ROUND_HALF_AWAY, &got) || a * b / 1000000000 > 999999999 ||
                    a * b / 1000000000 < -999999999);
        assert_true(ratio_compare(x, y) == (a > b) - (a < b));
        int64_t half = a < 0 ? -50 : 50;
        assert_true(ratio_round(x, 2, ROUND_HALF_AWAY, &got));
        assert_true(got.digits == (a + half) / 100);
        if (b == 0)
            continue;
        ratio again = ratio_multiply(ratio_divide(x, y), y);
        assert_true(ratio_compare(again, x) == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_is_rounded_away_from_zero_where_binary_numbers_fail),
        cmocka_unit_test(down_and_up_follow_the_number_line),
        cmocka_unit_test(steps_need_not_be_powers_of_ten),
        cmocka_unit_test(fractions_are_exact),
        cmocka_unit_test(overflow_and_division_by_zero_are_no_numbers),
        cmocka_unit_test(very_large_numbers_are_still_compared),
        cmocka_unit_test(text_is_exact_or_fifteen_digits),
        cmocka_unit_test(text_has_as_many_decimals_as_it_needs_at_most),
        cmocka_unit_test(square_roots_are_right_in_every_digit),
        cmocka_unit_test(a_hundred_thousand_operations_agree_with_whole_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
