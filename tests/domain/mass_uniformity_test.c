#include "expect.h"

#include "magistral/domain/mass_uniformity.h"

static uniformity_error judge(const char *gross, const char *shells, uniformity_result *ret_result)
{
    decimal masses[24], shell_masses[24];
    uniformity_input input = {.gross = masses, .count = numbers(gross, masses, 24), .shells = shell_masses,
                              .shell_count = numbers(shells, shell_masses, 24)};
    return mass_uniformity_judge(memory, &input, ret_result);
}

static uniformity_result judged(const char *gross, const char *shells)
{
    uniformity_result result = {0};
    assert_int_equal(judge(gross, shells, &result), UNIFORMITY_GOOD);
    return result;
}

/* First example batch: 300 capsules of birabresib 20 mg. */
static void twenty_capsules_with_their_own_shells(void **state)
{
    (void)state;
    uniformity_result result = judged("273.3 275.0 273.6 267.5 278.8 278.5 273.7 270.8 276.6 270.8 276.2 269.0 266.6 280.3 277.7 "
                                      "277.3 276.8 267.9 276.6 276.4",
                                      "76.7 76.3 75.1 76.7 77.1 74.1 75.8 75.8 77.0 74.4 76.0 75.3 76.3 75.8 77.4 77.3 77.6 74.6 "
                                      "73.4 75.6");
    assert_string_equal(result.mean.text, "198.255");
    assert_string_equal(result.mean.formula, "X = Σx / n = 3965.1 / 20");
    is_at_places(result.s.value, 6, "4.069071");
    assert_string_equal(result.limit.text, "10");
    assert_string_equal(result.limit.formula, "X = 198.255 < 300");
    assert_string_equal(result.lowest.text, "-4.0125");
    assert_string_equal(result.highest.text, "3.1500");
    assert_string_equal(result.deviations[0].formula, "(196.6 - 198.255) / 198.255 × 100");
    assert_int_equal(result.outside, 0);
    assert_int_equal(result.outside_twice, 0);
    assert_true(result.complies);
}

/* Second example batch: its mass complies though its contents do not. */
static void an_ill_mixed_batch_still_has_even_masses(void **state)
{
    (void)state;
    uniformity_result result = judged("277.3 279.9 273.8 276.7 273.9 271.7 280.3 270.8 281.8 271.5 272.3 286.1 267.1 276.5 279.1 "
                                      "269.2 269.6 275.1 273.6 276.7",
                                      "77.3 76.2 75.0 75.4 76.1 75.5 77.8 76.1 74.4 75.5 76.6 76.6 76.8 75.7 76.1 75.3 77.4 76.9 "
                                      "73.9 74.6");
    assert_string_equal(result.mean.text, "199.19");
    assert_string_equal(result.lowest.text, "-4.4631");
    assert_string_equal(result.highest.text, "5.1760");
    assert_true(result.complies);
}

#define SIXTEEN "300 300 300 300 300 300 300 300 300 300 300 300 300 300 300 300 "

static void exactly_ten_percent_is_not_more_than_ten_percent(void **state)
{
    (void)state;
    uniformity_result result = judged(SIXTEEN "320 280 320 280", "100");
    assert_string_equal(result.mean.text, "200");
    assert_string_equal(result.highest.text, "10.0000");
    assert_int_equal(result.outside, 0);
    assert_true(result.complies);
    result = judged(SIXTEEN "320.0000000001 279.9999999999 300 300", "100");
    assert_int_equal(result.outside, 2);
    assert_true(result.complies);
}

static void three_outside_or_one_beyond_twice_do_not_comply(void **state)
{
    (void)state;
    uniformity_result result = judged(SIXTEEN "321 279 321 279", "100");
    assert_int_equal(result.outside, 4);
    assert_int_equal(result.outside_twice, 0);
    assert_false(result.complies);
    result = judged(SIXTEEN "340 260 300 300", "100");
    assert_int_equal(result.outside, 2);
    assert_int_equal(result.outside_twice, 0);
    assert_true(result.complies);
    result = judged(SIXTEEN "340.1 260 299.9 300", "100");
    assert_int_equal(result.outside_twice, 1);
    assert_false(result.complies);
}

static void from_three_hundred_milligrams_the_limit_is_seven_and_a_half(void **state)
{
    (void)state;
    uniformity_result result = judged(SIXTEEN "300 300 300 300", "0.1");
    assert_string_equal(result.limit.text, "10");
    result = judged(SIXTEEN "300.5 300.5 300.5 300.5", "0.1");
    assert_string_equal(result.mean.text, "300");
    assert_string_equal(result.limit.text, "7.5");
    assert_string_equal(result.limit.formula, "X = 300 >= 300");
}

static void content_masses_may_be_given_as_they_are(void **state)
{
    (void)state;
    uniformity_result result = {.outside = 99};
    assert_int_equal(judge(SIXTEEN "300.5 300.5 300.5 300.5", "", &result), UNIFORMITY_GOOD);
    assert_string_equal(result.mean.text, "300.1");
}

static void other_counts_and_empty_capsules_are_refused(void **state)
{
    (void)state;
    uniformity_result result = {.outside = 99};
    assert_int_equal(judge(SIXTEEN "300 300 300", "76", &result), UNIFORMITY_COUNT);
    assert_int_equal(judge(SIXTEEN "300 300 300 300 300", "76", &result), UNIFORMITY_COUNT);
    assert_int_equal(judge(SIXTEEN "300 300 300 300", "76 76", &result), UNIFORMITY_COUNT);
    assert_int_equal(judge(SIXTEEN "300 300 300 76", "76", &result), UNIFORMITY_CONTENT);
    assert_int_equal(judge(SIXTEEN "300 300 300 300", "0", &result), UNIFORMITY_CONTENT);
    assert_int_equal(judge(SIXTEEN "300 300 300 999999999999999999", "0.1", &result), UNIFORMITY_RANGE);
    assert_int_equal(result.outside, 99);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(twenty_capsules_with_their_own_shells),
        TEST(an_ill_mixed_batch_still_has_even_masses),
        TEST(exactly_ten_percent_is_not_more_than_ten_percent),
        TEST(three_outside_or_one_beyond_twice_do_not_comply),
        TEST(from_three_hundred_milligrams_the_limit_is_seven_and_a_half),
        TEST(content_masses_may_be_given_as_they_are),
        TEST(other_counts_and_empty_capsules_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
