#include "expect.h"

#include "magistral/domain/comparison.h"

static limit the_limit(const char *text)
{
    limit made = {0};
    assert_true(limit_parse(text, &made));
    return made;
}

static judgement judged(const char *limit_written, const char *result)
{
    limit limit = the_limit(limit_written);
    stated stated = {0};
    assert_true(stated_parse(result, &stated));
    return limit_judge(&limit, stated);
}

static void complies(const char *limit, const char *result)
{
    assert_int_equal(judged(limit, result), JUDGED_COMPLIES);
}

static void fails(const char *limit, const char *result)
{
    assert_int_equal(judged(limit, result), JUDGED_DOES_NOT_COMPLY);
}

static void cannot_be_judged(const char *limit, const char *result)
{
    assert_int_equal(judged(limit, result), JUDGED_IMPOSSIBLE);
}

/* The table of USP General Notices 7.20. */
static void usp_7_20_illustration_of_rounding(void **state)
{
    (void)state;
    complies(">= 98.0 %", "97.96");
    fails(">= 98.0 %", "97.92");
    complies(">= 98.0 %", "97.95");
    fails("<= 101.5 %", "101.55");
    complies("<= 101.5 %", "101.46");
    complies("<= 101.5 %", "101.45");
    fails("<= 0.02 %", "0.025");
    complies("<= 0.02 %", "0.015");
    fails("<= 0.02 %", "0.027");
    fails("<= 0.0003 %", "0.00035");
    complies("<= 0.0003 %", "0.00025");
    complies("<= 0.0003 %", "0.00028");
}

static void rounding_traps_of_binary_numbers(void **state)
{
    (void)state;
    fails("<= 101.5", "101.55");
    complies(">= 15.0", "14.95");
    fails("< 15.0", "14.95");
    complies(">= 98.3", "98.25");
    fails("<= 15.2", "15.25");
    complies(">= 0.02", "0.015");
    fails("<= 0.01", "0.015");
}

static void the_limit_itself_complies_where_its_sign_says_so(void **state)
{
    (void)state;
    complies("<= 15.0", "15.0");
    complies("<= 15.0", "15.04");
    fails("<= 15.0", "15.05");
    fails("< 5", "5");
    complies("< 5", "4");
    fails("< 5", "4.5");
    fails("> 2", "2.4");
    complies("> 2", "2.5");
    complies("95.0 to 105.0", "95.0");
    complies("95.0 to 105.0", "105.04");
    fails("95.0 to 105.0", "105.05");
    fails("95.0 to 105.0", "94.94");
    complies("95.0 to 105.0", "100");
}

static void a_result_below_a_value_is_not_zero(void **state)
{
    (void)state;
    complies("<= 100", "< 10");
    complies("<= 10", "< 10");
    complies("< 10", "< 10");
    cannot_be_judged("<= 5", "< 10");
    fails(">= 10", "< 10");
    fails(">= 98.0", "< 90");
    cannot_be_judged(">= 98.0", "< 97.96");
    fails(">= 98.0", "< 97.94");
    cannot_be_judged(">= 5", "< 10");
    cannot_be_judged("95.0 to 105.0", "< 100");
    fails("95.0 to 105.0", "< 95.0");
    complies("<= 10", "<= 10");
    cannot_be_judged("< 10", "<= 10");
}

static void a_result_above_a_value(void **state)
{
    (void)state;
    fails("<= 200", "> 200");
    fails("<= 100", "> 200");
    cannot_be_judged("<= 300", "> 200");
    complies(">= 100", "> 200");
    complies(">= 200", "> 200");
    complies("> 200", "> 200");
    cannot_be_judged("> 200", ">= 200");
    cannot_be_judged("<= 200", ">= 200");
    cannot_be_judged("<= 101.5", "> 101.54");
    fails("<= 101.5", ">= 101.55");
    fails("< 200", ">= 200");
}

static void below_quantitation_is_judged_only_with_its_value(void **state)
{
    (void)state;
    cannot_be_judged("<= 0.10", "< LOQ");
    cannot_be_judged("<= 0.10", "< LD");
    cannot_be_judged(">= 0.10", "< LQ");
    complies("<= 0.10 %", "< 0.05");
    stated result = {0};
    assert_true(stated_parse("<LOD", &result));
    assert_string_equal(stated_text(memory, result), "< LOD");
}

static void reads_as(const char *text, const char *canonical)
{
    limit limit = the_limit(text);
    assert_string_equal(limit_text(memory, &limit), canonical);
}

static void limits_are_written_in_one_grammar(void **state)
{
    (void)state;
    reads_as("<= 101.5", "<= 101.5");
    reads_as("\xE2\x89\xA4 101,5 %", "<= 101.5 %");
    reads_as(">=98.0%", ">= 98.0 %");
    reads_as("\xE2\x89\xA5 98,0\xC2\xA0%", ">= 98.0 %");
    reads_as("< 5", "< 5");
    reads_as("95.0 to 105.0 %", "95.0 to 105.0 %");
    reads_as("95,0 \xC3\xA0 105,0 %", "95.0 to 105.0 %");
    reads_as("95.0..105.0", "95.0 to 105.0");
    reads_as("95.0 % to 105.0 %", "95.0 to 105.0 %");
    reads_as("190.0 - 210.0 mg", "190.0 to 210.0 mg");
    reads_as("190.0\xE2\x80\x93" "210.0 mg", "190.0 to 210.0 mg");
    reads_as("-5 to -2", "-5 to -2");
    reads_as("<= 2 000 CFU/g", "<= 2000 CFU/g");
}

static void other_limits_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "101.5", "<=", "=< 5", "<= x", "95-105", "105.0 to 95.0", "95.0 to", "to 105.0",
                                        "95 % to 105 mg", "<= 1,5.2", "<= 5 to 6", "<= 1e3", "about 5", "5 to 6 to 7", "<= 5 5"};
    limit limit = {0};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (limit_parse(wrong[i], &limit))
            assert_string_equal(wrong[i], "must not be read as a limit");
    stated stated = {0};
    assert_false(stated_parse("LOQ", &stated));
    assert_false(stated_parse("> LOQ", &stated));
    assert_false(stated_parse("", &stated));
    assert_false(stated_parse("< ", &stated));
    assert_false(stated_parse("absent", &stated));
}

static void a_stated_result_keeps_its_digits(void **state)
{
    (void)state;
    stated result = {0};
    assert_true(stated_parse("99,10", &result));
    assert_string_equal(stated_text(memory, result), "99.10");
    assert_true(stated_parse("<10", &result));
    assert_string_equal(stated_text(memory, result), "< 10");
    assert_true(stated_parse("\xE2\x89\xA4 0,05", &result));
    assert_string_equal(stated_text(memory, result), "<= 0.05");
}

/* Assay 99.0 and 99.1: mean 99.05, shown and judged as 99.1; 95.4 and 95.9: 95.65, 95.7. */
static void a_mean_is_shown_at_the_precision_of_the_limit(void **state)
{
    (void)state;
    limit assay = the_limit("95.0 to 105.0 %");
    decimal shown = {0};
    ratio mean = ratio_divide(ratio_of_decimal(number("198.1")), ratio_whole(2));
    assert_int_equal(limit_judge_value(&assay, mean, &shown), JUDGED_COMPLIES);
    assert_string_equal(decimal_text(memory, shown), "99.1");
    assert_int_equal(limit_judge_value(&assay, ratio_of_decimal(number("95.65")), &shown), JUDGED_COMPLIES);
    assert_string_equal(decimal_text(memory, shown), "95.7");
    assert_int_equal(limit_judge_value(&assay, ratio_of_decimal(number("94.95")), &shown), JUDGED_COMPLIES);
    assert_int_equal(limit_judge_value(&assay, ratio_of_decimal(number("94.9499")), &shown), JUDGED_DOES_NOT_COMPLY);
    assert_int_equal(limit_judge_value(&assay, RATIO_NONE, &shown), JUDGED_IMPOSSIBLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(usp_7_20_illustration_of_rounding),
        TEST(rounding_traps_of_binary_numbers),
        TEST(the_limit_itself_complies_where_its_sign_says_so),
        TEST(a_result_below_a_value_is_not_zero),
        TEST(a_result_above_a_value),
        TEST(below_quantitation_is_judged_only_with_its_value),
        TEST(limits_are_written_in_one_grammar),
        TEST(other_limits_are_refused),
        TEST(a_stated_result_keeps_its_digits),
        TEST(a_mean_is_shown_at_the_precision_of_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
