#include "expect.h"

#include "magistral/domain/disintegration.h"

/* Minutes, or "-1" for a unit that did not disintegrate. */
static disintegration_verdict judged(const char *minutes, size_t disintegrated)
{
    decimal times[18];
    disintegration_unit units[18];
    size_t count = numbers(minutes, times, 18);
    for (size_t i = 0; i < count; i++)
        units[i] = (disintegration_unit){times[i].digits >= 0, times[i]};
    disintegration_result result = {0};
    assert_true(disintegration_judge(units, count, decimal_whole(DISINTEGRATION_USUAL_MINUTES), &result));
    assert_int_equal(result.disintegrated, disintegrated);
    return result.verdict;
}

static void six_of_six_comply(void **state)
{
    (void)state;
    assert_int_equal(judged("6.5 7.0 7.2 7.8 8.1 9.4", 6), DISINTEGRATION_COMPLIES);
    assert_int_equal(judged("6.5 7.0 7.2 7.8 8.1 30", 6), DISINTEGRATION_COMPLIES);
}

static void one_or_two_failures_ask_for_twelve_more(void **state)
{
    (void)state;
    assert_int_equal(judged("6.5 7.0 7.2 7.8 8.1 30.1", 5), DISINTEGRATION_TEST_12_MORE);
    assert_int_equal(judged("6.5 7.0 7.2 7.8 -1 -1", 4), DISINTEGRATION_TEST_12_MORE);
    assert_int_equal(judged("6.5 7.0 7.2 -1 -1 -1", 3), DISINTEGRATION_DOES_NOT_COMPLY);
}

static void sixteen_of_eighteen_comply(void **state)
{
    (void)state;
    assert_int_equal(judged("9 9 9 9 -1 -1 9 9 9 9 9 9 9 9 9 9 9 9", 16), DISINTEGRATION_COMPLIES);
    assert_int_equal(judged("9 9 9 9 9 -1 9 9 9 9 9 9 9 9 9 -1 9 9", 16), DISINTEGRATION_COMPLIES);
    assert_int_equal(judged("9 9 9 9 -1 -1 9 9 9 9 9 9 9 9 9 9 9 -1", 15), DISINTEGRATION_DOES_NOT_COMPLY);
    assert_int_equal(judged("9 9 9 -1 -1 -1 9 9 9 9 9 9 9 9 9 9 9 9", 15), DISINTEGRATION_DOES_NOT_COMPLY);
}

static void other_counts_are_refused(void **state)
{
    (void)state;
    disintegration_unit units[18] = {{true, {9, 0}}};
    disintegration_result result = {.count = 99};
    assert_false(disintegration_judge(units, 5, decimal_whole(30), &result));
    assert_false(disintegration_judge(units, 12, decimal_whole(30), &result));
    assert_false(disintegration_judge(units, 6, decimal_whole(0), &result));
    assert_int_equal(result.count, 99);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(six_of_six_comply),
        TEST(one_or_two_failures_ask_for_twelve_more),
        TEST(sixteen_of_eighteen_comply),
        TEST(other_counts_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
