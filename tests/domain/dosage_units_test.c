#include "expect.h"

#include "magistral/domain/dosage_units.h"

static dosage_result judged(const char *contents, const char *claim, const char *target)
{
    decimal values[30], claimed = {0}, targeted = {0};
    dosage_input input = {.contents = values, .count = numbers(contents, values, 30)};
    if (claim) {
        claimed = number(claim);
        input.claim = &claimed;
    }
    if (target) {
        targeted = number(target);
        input.target = &targeted;
    }
    dosage_result result = {0};
    assert_int_equal(dosage_units_judge(memory, &input, &result), DOSAGE_GOOD);
    return result;
}

#define BATCH_1 "19.48 19.88 19.80 19.11 20.21 20.73 19.88 19.66 19.97 19.80"
#define BATCH_2_FIRST "20.40 20.67 17.52 19.56 17.36 18.76 18.68 21.12 18.31 18.83"
#define BATCH_2_MORE                                                                                     \
    " 18.22 20.22 21.32 16.89 19.97 19.49 21.70 18.22 18.71 19.44 20.77 17.41 19.88 17.66 19.12 19.45 " \
    "16.85 20.12 17.59 18.82"

/* First example batch: 20 mg birabresib capsules. */
static void ten_good_units_comply(void **state)
{
    (void)state;
    dosage_result result = judged(BATCH_1, "20", NULL);
    assert_int_equal(result.count, 10);
    is_exactly(result.mean.value, "99.26");
    is_at_places(result.s.value, 9, "2.138119631");
    is_exactly(result.reference.value, "99.26");
    assert_string_equal(result.k.text, "2.4");
    is_at_places(result.acceptance_value.value, 9, "5.131487114");
    assert_string_equal(result.rounded.text, "5.1");
    assert_string_equal(result.low.text, "74.445");
    assert_string_equal(result.high.text, "124.075");
    assert_int_equal(result.outside, 0);
    assert_int_equal(result.verdict, DOSAGE_COMPLIES);
}

static void every_figure_shows_how_it_was_computed(void **state)
{
    (void)state;
    dosage_result result = judged(BATCH_1, "20", NULL);
    assert_string_equal(result.mean.formula, "X = Σx / n × 100 / D = 198.52 / 10 × 100 / 20");
    assert_string_equal(result.mean.text, "99.26");
    assert_string_equal(result.mean.unit, "%");
    assert_string_equal(result.s.formula, "s = √(Σ(x - X)² / (n - 1)) = √(41.144 / 9)");
    assert_string_equal(result.reference.formula, "M = X (98.5 <= 99.26 <= 101.5)");
    assert_string_equal(result.acceptance_value.formula,
                        arena_format(memory, "AV = |M - X| + k × s = |99.26 - 99.26| + 2.4 × %s", result.s.text));
    assert_string_equal(result.low.formula, "(1 - 0.01 × 25.0) × M = 0.75 × 99.26");
}

/* Second example batch, ten units: above 15.0 is not a failure but an unfinished test. */
static void above_fifteen_on_ten_units_is_test_20_more(void **state)
{
    (void)state;
    dosage_result result = judged(BATCH_2_FIRST, "20", NULL);
    is_exactly(result.mean.value, "95.605");
    is_at_places(result.s.value, 9, "6.445388101");
    assert_string_equal(result.reference.text, "98.5");
    is_at_places(result.acceptance_value.value, 9, "18.363931443");
    assert_string_equal(result.rounded.text, "18.4");
    assert_int_equal(result.verdict, DOSAGE_TEST_20_MORE);
}

static void above_fifteen_on_thirty_units_does_not_comply(void **state)
{
    (void)state;
    dosage_result result = judged(BATCH_2_FIRST BATCH_2_MORE, "20", NULL);
    assert_int_equal(result.count, 30);
    is_exactly(result.mean.value, "95.51");
    is_at_places(result.s.value, 9, "6.722548265");
    assert_string_equal(result.k.text, "2.0");
    is_at_places(result.acceptance_value.value, 9, "16.435096530");
    assert_string_equal(result.rounded.text, "16.4");
    assert_string_equal(result.low.text, "73.875");
    assert_string_equal(result.high.text, "123.125");
    assert_int_equal(result.outside, 0);
    assert_int_equal(result.verdict, DOSAGE_DOES_NOT_COMPLY);
}

static void acceptance_value_of_published_vectors(void **state)
{
    (void)state;
    dosage_result result = judged("95 96 97 98 99 100 101 102 103 104", NULL, NULL);
    is_at_places(result.acceptance_value.value, 5, "7.26636");
    assert_string_equal(result.mean.formula, "X = Σx / n = 995 / 10");
    result = judged("95 96 97 98 99 100 101 102 103 104 95 95.5 96 96.5 97 97.5 98 98.5 99 99.5 100 100.5 101 101.5 102 "
                    "102.5 103 103.5 104 104.5", NULL, NULL);
    is_at_places(result.acceptance_value.value, 5, "5.86241");
    is_at_places(result.mean.value, 4, "99.6667");
    is_at_places(result.s.value, 6, "2.931204");
    assert_int_equal(result.verdict, DOSAGE_COMPLIES);
}

static void acceptance_value_of_twenty_milligram_vectors(void **state)
{
    (void)state;
    dosage_result result = judged("19.6 20.1 20.4 19.8 20.0 19.9 20.3 19.7 20.2 20.0", "20", NULL);
    is_exactly(result.mean.value, "100.0");
    is_at_places(result.s.value, 6, "1.290994");
    is_at_places(result.acceptance_value.value, 5, "3.09839");
    result = judged("16.0 18.9 20.8 22.1 19.0 21.7 20.4 17.8 23.0 20.3", "20", NULL);
    is_at_places(result.s.value, 6, "10.572501");
    is_at_places(result.acceptance_value.value, 3, "25.374");
    assert_int_equal(result.verdict, DOSAGE_TEST_20_MORE);
}

/* A mean of 91 % passes: the assay has a criterion of its own. */
static void an_evenly_low_batch_passes_the_acceptance_value(void **state)
{
    (void)state;
    dosage_result result = judged("18.2 17.9 18.6 18.0 18.4 18.1 17.8 18.5 18.3 18.2", "20", NULL);
    is_exactly(result.mean.value, "91.0");
    assert_string_equal(result.reference.text, "98.5");
    is_at_places(result.acceptance_value.value, 5, "10.59839");
    assert_int_equal(result.verdict, DOSAGE_COMPLIES);
    assert_string_equal(result.reference.formula, "M = 98.5 (X = 91 < 98.5)");
}

/* The spread of five units d below and five d above 100 is s = d x sqrt(10) / 3. */
static void the_acceptance_value_is_rounded_to_one_decimal_first(void **state)
{
    (void)state;
    dosage_result result = judged("94.0549 94.0549 94.0549 94.0549 94.0549 105.9451 105.9451 105.9451 105.9451 105.9451",
                                  NULL, NULL);
    is_at_places(result.acceptance_value.value, 2, "15.04");
    assert_string_equal(result.rounded.text, "15.0");
    assert_int_equal(result.verdict, DOSAGE_COMPLIES);
    result = judged("94.05 94.05 94.05 94.05 94.05 105.95 105.95 105.95 105.95 105.95", NULL, NULL);
    is_at_places(result.acceptance_value.value, 4, "15.0524");
    assert_string_equal(result.rounded.text, "15.1");
    assert_int_equal(result.verdict, DOSAGE_TEST_20_MORE);
}

/* Four units 9.40625 away from 100: s = 6.2708333... and AV = 2.4 s = 15.05 exactly, which no number of digits of s gives. */
static void an_acceptance_value_of_exactly_one_half_is_rounded_up(void **state)
{
    (void)state;
    dosage_result result = judged("109.40625 90.59375 109.40625 90.59375 100 100 100 100 100 100", NULL, NULL);
    assert_string_equal(result.s.text, "6.27083333333333");
    assert_string_equal(result.rounded.text, "15.1");
    assert_int_equal(result.verdict, DOSAGE_TEST_20_MORE);
    result = judged("101.575 98.45 96.8875 100.0125 106.2625 89.075 100.0125 89.075 95.325 107.825", NULL, NULL);
    assert_string_equal(result.acceptance_value.text, "15.05");
    assert_string_equal(result.rounded.text, "15.1");
}

static void a_certificate_shows_three_decimals(void **state)
{
    (void)state;
    dosage_result result = judged(BATCH_1, "20", NULL);
    assert_string_equal(result.s_printed.text, "2.138");
    assert_string_equal(result.value_printed.text, "5.131");
    assert_string_equal(result.value_printed.formula, "AV = |M - X| + k × s = |99.26 - 99.26| + 2.4 × 2.138");
    result = judged(BATCH_2_FIRST, "20", NULL);
    assert_string_equal(result.s_printed.text, "6.445");
    assert_string_equal(result.value_printed.text, "18.364");
    /* A mean without an end. */
    result = judged("95 96 97 98 99 100 101 102 103 104 95 95.5 96 96.5 97 97.5 98 98.5 99 99.5 100 100.5 101 101.5 102 "
                    "102.5 103 103.5 104 104.5", NULL, NULL);
    assert_string_equal(result.value_printed.formula, "AV = |M - X| + k × s = |99.667 - 99.667| + 2.0 × 2.931");
}

/* One pair of units that are d above and below the others has s = d x sqrt(2) / 3: 1 in the 16th decimal of d takes s over one
 * half of the third decimal, nearer than its 15 digits can tell (they say 0.5005 both times). */
static void three_decimals_are_rounded_from_the_exact_value(void **state)
{
    (void)state;
    dosage_result result = judged("3.0617208319516011 0.9382791680483989 2 2 2 2 2 2 2 2", NULL, NULL);
    assert_string_equal(result.s.text, "0.5005");
    assert_string_equal(result.s_printed.text, "0.500");
    result = judged("3.0617208319516012 0.9382791680483988 2 2 2 2 2 2 2 2", NULL, NULL);
    assert_string_equal(result.s.text, "0.5005");
    assert_string_equal(result.s_printed.text, "0.501");
}

static void the_reference_is_the_nearer_end_of_its_range(void **state)
{
    (void)state;
    dosage_result result = judged("105 105 105 105 105 106 105 105 105 105", NULL, NULL);
    assert_string_equal(result.reference.text, "101.5");
    assert_string_equal(result.reference.formula, "M = 101.5 (X = 105.1 > 101.5)");
    result = judged("105 105 105 105 105 106 105 105 105 105", NULL, "110");
    assert_string_equal(result.reference.text, "105.1");
    result = judged("112 112 112 112 112 113 112 112 112 112", NULL, "110");
    assert_string_equal(result.reference.text, "110");
    assert_string_equal(result.reference.formula, "M = 110 (X = 112.1 > 110)");
    result = judged("97 97 97 97 97 97 97 97 97 97", NULL, "110");
    assert_string_equal(result.reference.text, "98.5");
    assert_string_equal(result.rounded.text, "1.5");
    result = judged("98.5 98.5 98.5 98.5 98.5 98.5 98.5 98.5 98.5 98.5", NULL, NULL);
    assert_string_equal(result.rounded.text, "0.0");
}

static void a_single_far_unit_is_judged_only_after_thirty(void **state)
{
    (void)state;
#define TEN_EVEN " 100 100 100 100 100 100 100 100 100 100"
    dosage_result result = judged("70 100 100 100 100 100 100 100 100 100" TEN_EVEN TEN_EVEN, NULL, NULL);
    is_exactly(result.mean.value, "99");
    assert_string_equal(result.low.text, "74.25");
    assert_string_equal(result.rounded.text, "11.0");
    assert_int_equal(result.outside, 1);
    assert_int_equal(result.verdict, DOSAGE_DOES_NOT_COMPLY);
    result = judged("75 100 100 100 100 100 100 100 100 100" TEN_EVEN TEN_EVEN, NULL, NULL);
    assert_int_equal(result.outside, 0);
    assert_int_equal(result.verdict, DOSAGE_COMPLIES);
    result = judged("88 70 93 100 100 100 100 100 100 100", NULL, NULL);
    assert_int_equal(result.outside, 1);
    assert_int_equal(result.verdict, DOSAGE_TEST_20_MORE);
}

static void other_counts_and_claims_are_refused(void **state)
{
    (void)state;
    decimal values[30], zero = {0};
    dosage_input input = {.contents = values, .count = numbers(BATCH_1, values, 30)};
    dosage_result result = {.count = 99};
    input.count = 9;
    assert_int_equal(dosage_units_judge(memory, &input, &result), DOSAGE_COUNT);
    input.count = 10;
    input.claim = &zero;
    assert_int_equal(dosage_units_judge(memory, &input, &result), DOSAGE_CLAIM);
    input.claim = NULL;
    values[3].digits = -1;
    assert_int_equal(dosage_units_judge(memory, &input, &result), DOSAGE_NEGATIVE);
    values[3] = (decimal){999999999999999999, 0};
    values[4] = (decimal){1, 18};
    assert_int_equal(dosage_units_judge(memory, &input, &result), DOSAGE_RANGE);
    assert_int_equal(result.count, 99);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(ten_good_units_comply),
        TEST(every_figure_shows_how_it_was_computed),
        TEST(above_fifteen_on_ten_units_is_test_20_more),
        TEST(above_fifteen_on_thirty_units_does_not_comply),
        TEST(acceptance_value_of_published_vectors),
        TEST(acceptance_value_of_twenty_milligram_vectors),
        TEST(an_evenly_low_batch_passes_the_acceptance_value),
        TEST(the_acceptance_value_is_rounded_to_one_decimal_first),
        TEST(an_acceptance_value_of_exactly_one_half_is_rounded_up),
        TEST(a_certificate_shows_three_decimals),
        TEST(three_decimals_are_rounded_from_the_exact_value),
        TEST(the_reference_is_the_nearer_end_of_its_range),
        TEST(a_single_far_unit_is_judged_only_after_thirty),
        TEST(other_counts_and_claims_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
