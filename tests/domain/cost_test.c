#include "expect.h"

#include "magistral/domain/cost.h"

static money euros(const char *text)
{
    money value = {0};
    assert_int_equal(money_parse(arena_format(memory, "%s EUR", text), &value), QUANTITY_GOOD);
    return value;
}

static figure is(figure line, const char *expected)
{
    is_exactly(line.value, expected);
    assert_string_equal(line.unit, "EUR");
    return line;
}

static figure material(const char *paid, const char *received, const char *used)
{
    return cost_of_material(memory, euros(paid), ratio_of_decimal(number(received)), ratio_of_decimal(number(used)));
}

static figure minutes(const char *count, const char *rate)
{
    return cost_of_time(memory, number(count), euros(rate));
}

static figure things(const char *count, const char *price)
{
    return cost_of_quantity(memory, number(count), euros(price));
}

static figure materials(void)
{
    figure lines[] = {
        is(material("14500.00", "250.0000", "6.5068"), "377.394400"), is(material("42.00", "1000", "108.501"), "4.557042"),
        is(material("31.00", "1000", "310"), "9.61"),                 is(things("6", "0.84"), "5.04"),
        is(things("8", "0.06"), "0.48"),
    };
    return cost_sum(memory, lines, 5);
}

static figure labour(void)
{
    figure lines[] = {
        is(minutes("190", "31.20"), "98.80"), is(minutes("24", "31.20"), "12.48"),  is(minutes("45", "31.20"), "23.40"),
        is(minutes("260", "33.60"), "145.60"), is(minutes("30", "68.40"), "34.20"), is(minutes("30", "68.40"), "34.20"),
        is(minutes("35", "68.40"), "39.90"),
    };
    return cost_sum(memory, lines, 7);
}

static figure other(figure labour_cost)
{
    figure lines[] = {
        is(things("3.5", "4.10"), "14.35"), is(things("6", "9.50"), "57.00"),  is(things("1", "74.30"), "74.30"),
        is(things("1", "96.00"), "96.00"),  is(things("1", "17.69"), "17.69"), is(cost_of_share(memory, number("8"), labour_cost.value), "31.0864"),
    };
    return cost_sum(memory, lines, 6);
}

/* First example batch, every line of it. */
static void cost_of_batch_1(void **state)
{
    (void)state;
    figure labour_cost = is(labour(), "388.58");
    figure parts[] = {is(materials(), "397.081442"), labour_cost, is(other(labour_cost), "290.4264")};
    figure total = is(cost_sum(memory, parts, 3), "1076.087842");
    assert_string_equal(total.formula, "397.081442 + 388.58 + 290.4264");
    money cost = {0};
    assert_true(cost_round(total.value, &cost));
    assert_string_equal(money_text(memory, cost), "1076.09");
    assert_string_equal(cost_of_capsule(memory, total.value, 224).text, "4.8040");
}

static void lines_show_how_they_were_computed(void **state)
{
    (void)state;
    assert_string_equal(material("14500.00", "250.0000", "6.5068").formula, "6.5068 × 14500.00 / 250");
    assert_string_equal(minutes("190", "31.20").formula, "190 / 60 × 31.20");
    assert_string_equal(things("8", "0.06").formula, "8 × 0.06");
    assert_string_equal(cost_of_share(memory, number("8"), ratio_of_decimal(number("388.58"))).formula, "8 / 100 × 388.58");
}

static charge_result charged(const char *cost, int64_t dispensable, int64_t so_far, const char *already)
{
    charge_input input = {euros(cost), dispensable, so_far, euros(already)};
    charge_result result = {0};
    assert_true(cost_charge(memory, &input, &result));
    return result;
}

/* 112 + 112 capsules: 538.05 + 538.04, and never 224 x 4.80. */
static void charges_of_batch_1_add_up_to_its_cost(void **state)
{
    (void)state;
    charge_result first = charged("1076.09", 224, 112, "0");
    assert_string_equal(money_text(memory, first.charge), "538.05");
    assert_string_equal(money_text(memory, first.remainder), "538.04");
    assert_string_equal(first.figure.formula, "1076.09 × 112 / 224 - 0.00");
    charge_result second = charged("1076.09", 224, 224, "538.05");
    assert_string_equal(money_text(memory, second.charge), "538.04");
    assert_string_equal(money_text(memory, second.remainder), "0.00");
}

static void any_sequence_of_dispensings_adds_up(void **state)
{
    (void)state;
    const int64_t steps[] = {1, 1, 5, 84, 28, 3, 101, 1};
    money already = {0};
    int64_t so_far = 0;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        so_far += steps[i];
        charge_input input = {euros("1076.09"), 224, so_far, already};
        charge_result result = {0};
        assert_true(cost_charge(memory, &input, &result));
        already.micro_euro += result.charge.micro_euro;
        assert_true(result.charge.micro_euro % 10000 == 0);
    }
    assert_string_equal(money_text(memory, already), "1076.09");
}

/* 112 x 12.345 EUR = 1,382.64; 2.1 % of it = 29.03544. */
static void shares_are_rounded_once(void **state)
{
    (void)state;
    figure net = is(things("112", "12.345"), "1382.64");
    figure tax = is(cost_of_share(memory, number("2.1"), net.value), "29.03544");
    money rounded = {0};
    assert_true(cost_round(tax.value, &rounded));
    assert_string_equal(money_text(memory, rounded), "29.04");
    assert_true(cost_round(ratio_of_decimal(number("0.005")), &rounded));
    assert_string_equal(money_text(memory, rounded), "0.01");
}

static void many_odd_lots_still_have_a_sum(void **state)
{
    (void)state;
    static const char *const received[] = {"249.9973", "99.8711", "1000.0003", "501.2347", "333.3337", "777.7781", "123.4567"};
    figure lines[7];
    for (size_t i = 0; i < 7; i++)
        lines[i] = material("1000.01", received[i], "1.2343");
    figure sum = cost_sum(memory, lines, 7);
    assert_true(ratio_is_number(sum.value));
    is_at_places(sum.value, 8, "36.28105519");
}

static void values_out_of_range_are_no_numbers(void **state)
{
    (void)state;
    assert_false(ratio_is_number(material("10", "0", "1").value));
    assert_false(ratio_is_number(material("-10", "5", "1").value));
    assert_false(ratio_is_number(things("-1", "1").value));
    assert_false(ratio_is_number(minutes("10", "-1").value));
    assert_false(ratio_is_number(cost_of_capsule(memory, ratio_whole(10), 0).value));
    figure lines[] = {things("1", "1"), things("-1", "1")};
    assert_false(ratio_is_number(cost_sum(memory, lines, 2).value));
    money cost = {5};
    assert_false(cost_round(RATIO_NONE, &cost));
    assert_false(cost_round(ratio_whole(INT64_MAX), &cost));
    assert_int_equal(cost.micro_euro, 5);
    charge_result result;
    charge_input input = {euros("10"), 0, 0, euros("0")};
    assert_false(cost_charge(memory, &input, &result));
    input = (charge_input){euros("10"), 5, 6, euros("0")};
    assert_false(cost_charge(memory, &input, &result));
}

static void a_formula_that_only_repeats_its_value_is_known(void **state)
{
    (void)state;
    assert_true(figure_repeats("74.30 EUR", "74.30", "EUR"));
    assert_true(figure_repeats("0.31 g", "0.3100", "g"));
    assert_true(figure_repeats("8", "8", NULL));
    assert_false(figure_repeats("74.30 EUR", "74.31", "EUR"));
    assert_false(figure_repeats("0.31 mg", "0.31", "g"));
    assert_false(figure_repeats("8 - 0", "8", NULL));
    assert_false(figure_repeats("2 x 4.15 EUR", "8.30", "EUR"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_formula_that_only_repeats_its_value_is_known),
        TEST(cost_of_batch_1),
        TEST(lines_show_how_they_were_computed),
        TEST(charges_of_batch_1_add_up_to_its_cost),
        TEST(any_sequence_of_dispensings_adds_up),
        TEST(shares_are_rounded_once),
        TEST(many_odd_lots_still_have_a_sum),
        TEST(values_out_of_range_are_no_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
