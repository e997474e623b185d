#include "expect.h"

#include "magistral/domain/reconciliation.h"

static limit the_limit(const char *text)
{
    limit made = {0};
    assert_true(limit_parse(text, &made));
    return made;
}

/* First example batch: 59.9958 = 59.4765 + 0.3100 + 0.2093 g. */
static void powder_of_batch_1(void **state)
{
    (void)state;
    powder_input input = {grams("59.9958"), 300, ratio_of_decimal(number("198.255")), grams("0.3100")};
    powder_result result;
    assert_true(powder_reconcile(memory, &input, &result));
    assert_string_equal(result.in_capsules.text, "59.4765");
    assert_string_equal(result.in_capsules.formula, "300 × 198.255 / 1000");
    assert_string_equal(result.unaccounted.text, "0.2093");
    assert_string_equal(result.unaccounted.formula, "59.9958 - 59.4765 - 0.3100");
    assert_string_equal(result.unaccounted_percent.text, "0.349");
    assert_string_equal(result.loss.text, "0.5193");
    assert_string_equal(result.loss_percent.text, "0.866");
    limit loss = the_limit("<= 3.0 %"), unaccounted = the_limit("<= 2.0 %");
    assert_int_equal(powder_judge_loss(&result, &loss), JUDGED_COMPLIES);
    assert_int_equal(powder_judge_unaccounted(&result, &unaccounted), JUDGED_COMPLIES);
}

static void powder_found_beyond_what_was_weighed_is_judged_too(void **state)
{
    (void)state;
    powder_input input = {grams("60"), 300, ratio_whole(206), grams("0")};
    powder_result result;
    assert_true(powder_reconcile(memory, &input, &result));
    assert_string_equal(result.unaccounted_percent.text, "-3.000");
    limit limit = the_limit("<= 2.0 %");
    assert_int_equal(powder_judge_unaccounted(&result, &limit), JUDGED_DOES_NOT_COMPLY);
    input.weighed = grams("0");
    assert_false(powder_reconcile(memory, &input, &result));
}

static void balances(int64_t expected, const int64_t *parts, size_t count, const char *formula)
{
    count_result result;
    assert_true(counts_reconcile(memory, expected, parts, count, &result));
    assert_string_equal(result.sum.formula, formula);
    assert_string_equal(result.difference.text, "0");
    assert_true(result.balanced);
}

static void counts_of_the_example_batches(void **state)
{
    (void)state;
    balances(300, (const int64_t[]){224, 72, 3, 1}, 4, "224 + 72 + 3 + 1");
    balances(72, (const int64_t[]){20, 6, 10, 36}, 4, "20 + 6 + 10 + 36");
    balances(310, (const int64_t[]){300, 4, 6}, 3, "300 + 4 + 6");
    balances(8, (const int64_t[]){4, 1, 1, 1, 1}, 5, "4 + 1 + 1 + 1 + 1");
    balances(200, (const int64_t[]){126, 56, 16, 2, 0}, 5, "126 + 56 + 16 + 2 + 0");
    balances(142, (const int64_t[]){126, 16}, 2, "126 + 16");
    balances(207, (const int64_t[]){200, 3, 4}, 3, "200 + 3 + 4");
}

/* What is left of the example lots: received - controls and retained samples - the batches. */
static void stocks_left_after_both_batches(void **state)
{
    (void)state;
    ratio left = ratio_subtract(mass_grams(grams("250.0000")), mass_grams(grams("20")));
    left = ratio_subtract(ratio_subtract(left, mass_grams(grams("6.5068"))), mass_grams(grams("4.3361")));
    is_exactly(left, "219.1571");
    left = ratio_subtract(mass_grams(grams("1000")), mass_grams(grams("50")));
    left = ratio_subtract(left, mass_grams(grams("55.012")));
    left = ratio_subtract(ratio_subtract(left, mass_grams(grams("53.489"))), mass_grams(grams("35.671")));
    is_exactly(left, "805.828");
    balances(1000, (const int64_t[]){463, 20, 310, 207}, 4, "463 + 20 + 310 + 207");
}

static void a_difference_has_its_sign(void **state)
{
    (void)state;
    count_result result;
    assert_true(counts_reconcile(memory, 300, (const int64_t[]){224, 72}, 2, &result));
    assert_string_equal(result.difference.text, "4");
    assert_false(result.balanced);
    assert_true(counts_reconcile(memory, 8, (const int64_t[]){9}, 1, &result));
    assert_string_equal(result.difference.text, "-1");
    assert_true(counts_reconcile(memory, 0, NULL, 0, &result));
    assert_true(result.balanced);
    assert_false(counts_reconcile(memory, 3, (const int64_t[]){4, -1}, 2, &result));
    assert_false(counts_reconcile(memory, 3, (const int64_t[]){INT64_MAX, 1}, 2, &result));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(powder_of_batch_1),
        TEST(powder_found_beyond_what_was_weighed_is_judged_too),
        TEST(counts_of_the_example_batches),
        TEST(stocks_left_after_both_batches),
        TEST(a_difference_has_its_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
