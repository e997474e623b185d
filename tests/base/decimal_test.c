#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "magistral/base/decimal.h"

static void reads_as(const char *text, const char *canonical)
{
    ARENA_SCOPE arena *arena = arena_new();
    decimal value = {0};
    assert_int_equal(decimal_parse(text, &value), DECIMAL_GOOD);
    assert_string_equal(decimal_text(arena, value), canonical);
}

static void is_refused(const char *text, decimal_error reason)
{
    decimal value = {77, 7};
    assert_string_equal(decimal_error_word(decimal_parse(text, &value)), decimal_error_word(reason));
    assert_int_equal(value.digits, 77);
    assert_int_equal(value.places, 7);
}

static void comma_and_point_are_the_same(void **state)
{
    (void)state;
    reads_as("2,5", "2.5");
    reads_as("2.5", "2.5");
    reads_as("0,005", "0.005");
    reads_as("-12,50", "-12.50");
    reads_as("\xE2\x88\x92" "3.0", "-3.0");
}

static void digits_stay_as_entered(void **state)
{
    (void)state;
    reads_as("99.10", "99.10");
    reads_as("250.0000", "250.0000");
    reads_as("0", "0");
    reads_as("0.00", "0.00");
    reads_as("-0.00", "0.00");
    reads_as("-0.05", "-0.05");
    reads_as("0.000000000000000001", "0.000000000000000001");
    reads_as("999999999999999999", "999999999999999999");
}

static void spaces_group_by_three_only(void **state)
{
    (void)state;
    reads_as("14 500,00", "14500.00");
    reads_as("14\xC2\xA0" "500,00", "14500.00");
    reads_as("1\xE2\x80\xAF" "234\xE2\x80\xAF" "567", "1234567");
    reads_as("  20 \xC2\xA0", "20");
    is_refused("1 23", DECIMAL_GROUPING);
    is_refused("12 34 567", DECIMAL_GROUPING);
    is_refused("1234 567", DECIMAL_GROUPING);
    is_refused("1 2345", DECIMAL_GROUPING);
    is_refused("1  234", DECIMAL_GROUPING);
    is_refused("1 23,5", DECIMAL_GROUPING);
    is_refused("1.5 250", DECIMAL_GROUPING);
    is_refused("1.250 250", DECIMAL_GROUPING);
}

static void a_number_with_two_decimal_signs_is_refused(void **state)
{
    (void)state;
    is_refused("1,234.5", DECIMAL_TWO_SIGNS);
    is_refused("1.234,5", DECIMAL_TWO_SIGNS);
    is_refused("1,234,567", DECIMAL_TWO_SIGNS);
    is_refused("1..5", DECIMAL_TWO_SIGNS);
}

static void nothing_else_is_a_number(void **state)
{
    (void)state;
    is_refused("", DECIMAL_EMPTY);
    is_refused("  ", DECIMAL_EMPTY);
    is_refused("-", DECIMAL_EMPTY);
    is_refused(NULL, DECIMAL_EMPTY);
    is_refused(".5", DECIMAL_LONE_SIGN);
    is_refused("5,", DECIMAL_LONE_SIGN);
    is_refused(",", DECIMAL_LONE_SIGN);
    is_refused("1e3", DECIMAL_EXPONENT);
    is_refused("1.5E-3", DECIMAL_EXPONENT);
    is_refused("O.5681", DECIMAL_CHARACTER);
    is_refused("1l", DECIMAL_CHARACTER);
    is_refused("+5", DECIMAL_CHARACTER);
    is_refused("--5", DECIMAL_CHARACTER);
    is_refused("5-", DECIMAL_CHARACTER);
    is_refused("1\t234", DECIMAL_CHARACTER);
    is_refused("\xFF", DECIMAL_CHARACTER);
    is_refused("- 5", DECIMAL_GROUPING);
    is_refused("\xD9\xA3", DECIMAL_CHARACTER);
}

static void more_than_eighteen_digits_are_refused(void **state)
{
    (void)state;
    is_refused("1000000000000000000", DECIMAL_TOO_LONG);
    is_refused("9999999999999999999999", DECIMAL_TOO_LONG);
    is_refused("0.0000000000000000001", DECIMAL_TOO_LONG);
    is_refused("1.000000000000000000", DECIMAL_TOO_LONG);
    reads_as("0000000000000000000000007", "7");
}

static void sums_keep_the_finer_places_and_refuse_overflow(void **state)
{
    (void)state;
    decimal sum = {0};
    assert_true(decimal_add((decimal){9910, 2}, (decimal){5, 1}, &sum));
    assert_int_equal(sum.digits, 9960);
    assert_int_equal(sum.places, 2);
    assert_true(decimal_subtract((decimal){2733, 1}, (decimal){767, 1}, &sum));
    assert_int_equal(sum.digits, 1966);
    assert_false(decimal_add((decimal){999999999999999999, 0}, (decimal){1, 0}, &sum));
    assert_false(decimal_add((decimal){999999999999999999, 0}, (decimal){1, 1}, &sum));
    assert_int_equal(sum.digits, 1966);
}

static void order_is_of_values(void **state)
{
    (void)state;
    assert_int_equal(decimal_compare((decimal){991, 1}, (decimal){9910, 2}), 0);
    assert_true(decimal_compare((decimal){-1, 18}, (decimal){0, 0}) < 0);
    assert_true(decimal_compare((decimal){999999999999999999, 0}, (decimal){999999999999999999, 18}) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comma_and_point_are_the_same),
        cmocka_unit_test(digits_stay_as_entered),
        cmocka_unit_test(spaces_group_by_three_only),
        cmocka_unit_test(a_number_with_two_decimal_signs_is_refused),
        cmocka_unit_test(nothing_else_is_a_number),
        cmocka_unit_test(more_than_eighteen_digits_are_refused),
        cmocka_unit_test(sums_keep_the_finer_places_and_refuse_overflow),
        cmocka_unit_test(order_is_of_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
