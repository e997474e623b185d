#include "expect.h"

#include "magistral/domain/microbial.h"

static judgement judged(const char *criterion, const char *count)
{
    int power = -1;
    stated result = {0};
    assert_true(microbial_parse(criterion, &power));
    assert_true(stated_parse(count, &result));
    return microbial_judge(power, result);
}

static void a_power_of_ten_allows_twice_itself(void **state)
{
    (void)state;
    decimal most = {0};
    assert_true(microbial_most(1, &most));
    assert_string_equal(decimal_text(memory, most), "20");
    assert_true(microbial_most(2, &most));
    assert_string_equal(decimal_text(memory, most), "200");
    assert_true(microbial_most(3, &most));
    assert_string_equal(decimal_text(memory, most), "2000");
    assert_int_equal(judged("10^3", "2000"), JUDGED_COMPLIES);
    assert_int_equal(judged("10^3", "2001"), JUDGED_DOES_NOT_COMPLY);
    assert_int_equal(judged("10^2", "200"), JUDGED_COMPLIES);
    assert_int_equal(judged("10^2", "201"), JUDGED_DOES_NOT_COMPLY);
}

static void below_the_counting_limit_complies_and_is_not_zero(void **state)
{
    (void)state;
    assert_int_equal(judged("10^3", "< 10"), JUDGED_COMPLIES);
    assert_int_equal(judged("10^2", "< 10"), JUDGED_COMPLIES);
    assert_int_equal(judged("10^0", "< 10"), JUDGED_IMPOSSIBLE);
    assert_int_equal(judged("10^2", "> 300"), JUDGED_DOES_NOT_COMPLY);
    assert_int_equal(judged("10^3", "> 300"), JUDGED_IMPOSSIBLE);
}

static void criteria_are_powers_of_ten(void **state)
{
    (void)state;
    int power = -1;
    assert_true(microbial_parse("1000", &power));
    assert_int_equal(power, 3);
    assert_true(microbial_parse("10\xC2\xB2", &power));
    assert_int_equal(power, 2);
    assert_true(microbial_parse("1 000", &power));
    assert_int_equal(power, 3);
    assert_false(microbial_parse("2000", &power));
    assert_false(microbial_parse("10^", &power));
    assert_false(microbial_parse("10^10", &power));
    assert_false(microbial_parse("", &power));
    assert_int_equal(microbial_judge(10, (stated){0}), JUDGED_IMPOSSIBLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_power_of_ten_allows_twice_itself),
        TEST(below_the_counting_limit_complies_and_is_not_zero),
        TEST(criteria_are_powers_of_ten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
