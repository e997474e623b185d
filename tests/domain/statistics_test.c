#include "expect.h"

#include "magistral/domain/statistics.h"

static statistics of(const char *text)
{
    decimal values[64];
    statistics made = {0};
    assert_true(statistics_of(values, numbers(text, values, 64), &made));
    return made;
}

static void mean_is_exact_and_s_has_n_minus_one(void **state)
{
    (void)state;
    statistics made = of("95 96 97 98 99 100 101 102 103 104");
    assert_int_equal(made.count, 10);
    is_exactly(made.mean, "99.5");
    is_exactly(made.sum, "995");
    assert_string_equal(ratio_text(memory, made.standard_deviation), "3.02765035409749");
    assert_int_equal(ratio_compare(made.variance, ratio_of(55, 6)), 0);
}

static void badly_conditioned_values_lose_nothing(void **state)
{
    (void)state;
    statistics made = of("10000000.2 10000000.1 10000000.3");
    is_exactly(made.mean, "10000000.2");
    is_exactly(made.standard_deviation, "0.1");
    made = of("99999999999999.9999 99999999999999.9998 99999999999999.9997");
    is_exactly(made.standard_deviation, "0.0001");
    made = of("1000000000000.4 1000000000000.3 1000000000000.5 1000000000000.3 1000000000000.5");
    is_exactly(made.mean, "1000000000000.4");
    is_exactly(made.standard_deviation, "0.1");
}

/* Twenty isoniazid tablets. */
static void relative_deviation_of_isoniazid_tablets(void **state)
{
    (void)state;
    statistics made = of("0.5624 0.5607 0.5688 0.5611 0.5571 0.5622 0.5562 0.5576 0.5552 0.5612 "
                         "0.5527 0.5621 0.5634 0.5587 0.5621 0.5681 0.5639 0.5612 0.5527 0.5609");
    assert_string_equal(ratio_text_places(memory, made.mean, 6), "0.560415");
    ratio relative = ratio_divide(ratio_multiply(made.standard_deviation, ratio_whole(100)), made.mean);
    is_at_places(relative, 4, "0.7671");
}

static void equal_values_have_no_spread(void **state)
{
    (void)state;
    statistics made = of("5.0 5.00 5");
    assert_int_equal(ratio_sign(made.standard_deviation), 0);
    is_exactly(made.mean, "5");
}

static void one_value_or_an_overflow_is_refused(void **state)
{
    (void)state;
    const decimal values[] = {{999999999999999999, 0}, {-999999999999999999, 18}, {3, 17}};
    statistics made = {.count = 99};
    assert_false(statistics_of(values, 1, &made));
    assert_false(statistics_of(values, 3, &made));
    assert_int_equal(made.count, 99);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(mean_is_exact_and_s_has_n_minus_one),
        TEST(badly_conditioned_values_lose_nothing),
        TEST(relative_deviation_of_isoniazid_tablets),
        TEST(equal_values_have_no_spread),
        TEST(one_value_or_an_overflow_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
