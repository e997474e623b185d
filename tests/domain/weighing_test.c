#include "expect.h"

#include "magistral/domain/weighing.h"

static figure purity_of(const char *assay, assay_basis basis, const char *water)
{
    correction correction = {number(assay), basis, number(water)};
    figure purity = {.value = RATIO_NONE};
    assert_true(lot_purity(memory, &correction, &purity));
    return purity;
}

static figure pure(int64_t units, const char *dose, const char *overage, const char *salt)
{
    dose_input input = {units, milligrams(dose), number(overage), number(salt)};
    figure due = {.value = RATIO_NONE};
    assert_true(pure_mass_due(memory, &input, &due));
    return due;
}

static figure due_of(figure pure_due, figure purity)
{
    figure due = {.value = RATIO_NONE};
    assert_true(portion_due(memory, pure_due.value, NULL, 0, purity.value, &due));
    return due;
}

static const char balance_a_readability[] = "0.0001", balance_a_minimum[] = "0.160";
static const char balance_b_readability[] = "0.001", balance_b_minimum[] = "1.200";

static weighing_target aim(ratio due, const char *tolerance, const char *readability, const char *minimum)
{
    weighing_target target;
    assert_int_equal(weighing_aim(memory, due, number(tolerance), (balance_limits){grams(readability), grams(minimum)}, &target),
                     WEIGHING_GOOD);
    return target;
}

static void shows(const weighing_target *target, const char *aimed, const char *low, const char *high)
{
    assert_string_equal(target->target_figure.text, aimed);
    assert_string_equal(target->low_figure.text, low);
    assert_string_equal(target->high_figure.text, high);
}

/* Lot of the example: assay 99.1 % anhydrous, water 6.9 %. */
static void purity_as_supplied_corrects_for_water_once(void **state)
{
    (void)state;
    figure purity = purity_of("99.1", ASSAY_ANHYDROUS, "6.9");
    assert_string_equal(purity.text, "0.922621");
    assert_string_equal(purity.formula, "99.1 / 100 × (1 - 6.9 / 100)");
    is_at_places(ratio_divide(ratio_whole(1), purity.value), 9, "1.083868674");
    assert_string_equal(purity_of("91.9", ASSAY_AS_IS, "6.8").text, "0.919");
    assert_string_equal(purity_of("98.6", ASSAY_DRIED, "6.8").text, "0.918952");
}

/* 120 capsules of 20 mg, assay 98.6 % anhydrous, water 6.8 %; as is 91.9 %; and the 7.3 % overdose of correcting twice. */
static void mass_due_of_the_anhydrous_and_the_as_is_basis(void **state)
{
    (void)state;
    figure due = pure(120, "20", "0", "1");
    assert_string_equal(due.text, "2.4");
    is_at_places(due_of(due, purity_of("98.6", ASSAY_ANHYDROUS, "6.8")).value, 5, "2.61167");
    is_at_places(due_of(due, purity_of("91.9", ASSAY_AS_IS, "6.8")).value, 5, "2.61153");
    is_at_places(due_of(due, purity_of("91.9", ASSAY_ANHYDROUS, "6.8")).value, 6, "2.802075");
}

static void salt_factor_and_overage_enter_the_mass_due(void **state)
{
    (void)state;
    /* dordaviprone 125 mg as dihydrochloride, 459.41 / 386.49 */
    is_at_places(pure(1, "125", "0", "1.18867").value, 5, "0.14858");
    assert_string_equal(pure(100, "20", "2.5", "1").text, "2.05");
    assert_string_equal(pure(100, "20", "2.5", "1").formula, "100 × 0.02 g × (1 + 2.5 / 100) × 1");
}

/* First example batch, weighing 1: 300 capsules of 20 mg. */
static void target_of_the_active_substance_of_batch_1(void **state)
{
    (void)state;
    figure due = due_of(pure(300, "20", "0", "1"), purity_of("99.1", ASSAY_ANHYDROUS, "6.9"));
    assert_string_equal(due.text, "6.503212");
    assert_string_equal(due.formula, "6 / 0.922621");
    weighing_target target = aim(due.value, "1", balance_a_readability, balance_a_minimum);
    shows(&target, "6.5032", "6.4382", "6.5682");
    assert_string_equal(target.low_figure.formula, "6.503212 × (1 - 1 / 100) (d = 0.0001)");
    mass net = {0};
    figure shown;
    assert_true(weighing_net(memory, grams("18.9378"), grams("12.4310"), &net, &shown));
    assert_string_equal(shown.text, "6.5068");
    assert_string_equal(shown.formula, "18.9378 - 12.431");
    assert_int_equal(weighing_judge(&target, net), WEIGHED_WITHIN);
    assert_string_equal(weighing_deviation(memory, due.value, net).text, "0.055");
    is_at_places(ratio_multiply(mass_grams(net), ratio_of_decimal(number("0.922621"))), 6, "6.003310");
}

/* First example batch, weighings 2 and 3: the filler follows what was really weighed. */
static void target_of_the_filler_of_batch_1(void **state)
{
    (void)state;
    mass weighed[] = {grams("6.5068")};
    figure due = {.value = RATIO_NONE};
    assert_true(filler_due(memory, grams("60.0000"), weighed, 1, &due));
    assert_string_equal(due.formula, "60 - 6.5068");
    weighing_target target = aim(due.value, "2", balance_b_readability, balance_b_minimum);
    shows(&target, "53.493", "52.424", "54.563");
    assert_int_equal(weighing_judge(&target, grams("55.012")), WEIGHED_OVER);
    assert_string_equal(ratio_text_places(memory, weighing_deviation(memory, due.value, grams("55.012")).value, 2), "2.84");
    assert_int_equal(weighing_judge(&target, grams("53.489")), WEIGHED_WITHIN);
    assert_string_equal(weighing_deviation(memory, due.value, grams("53.489")).text, "-0.008");
}

/* Second example batch: 200 capsules. */
static void targets_of_batch_2(void **state)
{
    (void)state;
    figure due = due_of(pure(200, "20", "0", "1"), purity_of("99.1", ASSAY_ANHYDROUS, "6.9"));
    weighing_target target = aim(due.value, "1", balance_a_readability, balance_a_minimum);
    shows(&target, "4.3355", "4.2922", "4.3788");
    assert_int_equal(weighing_judge(&target, grams("4.3361")), WEIGHED_WITHIN);
    mass weighed[] = {grams("4.3361")};
    assert_true(filler_due(memory, grams("40"), weighed, 1, &due));
    target = aim(due.value, "2", balance_b_readability, balance_b_minimum);
    shows(&target, "35.664", "34.951", "36.377");
    assert_int_equal(weighing_judge(&target, grams("35.671")), WEIGHED_WITHIN);
    is_at_places(ratio_multiply(mass_grams(weighed[0]), purity_of("99.1", ASSAY_ANHYDROUS, "6.9").value), 6, "4.000577");
}

static void limits_are_inclusive_and_rounded_inward(void **state)
{
    (void)state;
    weighing_target target = aim(ratio_of_decimal(number("6.503212")), "1", balance_a_readability, balance_a_minimum);
    assert_int_equal(weighing_judge(&target, grams("6.4382")), WEIGHED_WITHIN);
    assert_int_equal(weighing_judge(&target, grams("6.4381")), WEIGHED_UNDER);
    assert_int_equal(weighing_judge(&target, grams("6.5682")), WEIGHED_WITHIN);
    assert_int_equal(weighing_judge(&target, grams("6.5683")), WEIGHED_OVER);
    target = aim(ratio_whole(10), "1", balance_b_readability, balance_b_minimum);
    shows(&target, "10.000", "9.900", "10.100");
    target = aim(ratio_of_decimal(number("2.0005")), "1", "0.005", "0.1");
    shows(&target, "2.000", "1.985", "2.020");
}

static void a_second_lot_supplies_what_is_left(void **state)
{
    (void)state;
    figure pure_due = pure(300, "20", "0", "1"), next = purity_of("98.0", ASSAY_AS_IS, "0"), due;
    portion weighed[] = {{grams("4.0000"), purity_of("99.1", ASSAY_ANHYDROUS, "6.9").value}};
    assert_true(portion_due(memory, pure_due.value, weighed, 1, next.value, &due));
    assert_string_equal(due.formula, "(6 - 4 × 0.922621) / 0.98");
    assert_string_equal(due.text, "2.356649");
    portion enough[] = {{grams("7.0000"), next.value}};
    assert_true(portion_due(memory, pure_due.value, enough, 1, next.value, &due));
    weighing_target target;
    assert_int_equal(weighing_aim(memory, due.value, number("1"), (balance_limits){grams("0.001"), grams("0")}, &target),
                     WEIGHING_NOTHING_DUE);
}

static void minimum_weight_is_two_thousand_s(void **state)
{
    (void)state;
    figure minimum;
    assert_true(balance_minimum(memory, milligrams("0.08"), milligrams("0.1"), &minimum));
    assert_string_equal(minimum.text, "0.16");
    assert_true(balance_minimum(memory, milligrams("0.6"), milligrams("1"), &minimum));
    assert_string_equal(minimum.text, "1.2");
    assert_true(balance_minimum(memory, grams("0.00015"), milligrams("0.1"), &minimum));
    assert_string_equal(minimum.text, "0.3");
    assert_true(balance_minimum(memory, milligrams("0.03"), milligrams("0.1"), &minimum));
    assert_string_equal(minimum.text, "0.082");
    assert_string_equal(minimum.formula, "2000 × 0.41 × d = 820 × 0.0001 (s = 0.00003 < 0.41 × d)");
    assert_false(balance_minimum(memory, milligrams("-1"), milligrams("1"), &minimum));
}

static weighing_error aimed(const char *due, const char *tolerance, const char *readability, const char *minimum)
{
    weighing_target target;
    return weighing_aim(memory, ratio_of_decimal(number(due)), number(tolerance),
                        (balance_limits){grams(readability), grams(minimum)}, &target);
}

static void a_check_is_inclusive_and_its_tolerance_at_most_a_thousandth(void **state)
{
    (void)state;
    assert_int_equal(balance_most_tolerance(grams("20")).nanograms, milligrams("20").nanograms);
    assert_true(balance_check_conforms(grams("20"), grams("20.0005"), milligrams("0.5")));
    assert_true(balance_check_conforms(grams("20"), grams("19.9995"), milligrams("0.5")));
    assert_false(balance_check_conforms(grams("20"), grams("20.0006"), milligrams("0.5")));
    assert_false(balance_check_conforms(grams("20"), grams("19.9994"), milligrams("0.5")));
}

static void a_balance_that_does_not_suit_the_mass_is_refused(void **state)
{
    (void)state;
    assert_int_equal(aimed("0.1599", "1", balance_a_readability, balance_a_minimum), WEIGHING_BELOW_MINIMUM);
    assert_int_equal(aimed("0.15996", "1", balance_a_readability, balance_a_minimum), WEIGHING_GOOD);
    assert_int_equal(aimed("0.0405", "1", "0.001", "0"), WEIGHING_TOO_COARSE);
    assert_int_equal(aimed("0", "1", "0.001", "0"), WEIGHING_NOTHING_DUE);
    assert_int_equal(aimed("5", "0", "0.001", "0"), WEIGHING_TOLERANCE);
    assert_int_equal(aimed("5", "100", "0.001", "0"), WEIGHING_TOLERANCE);
    weighing_target target;
    assert_int_equal(weighing_aim(memory, RATIO_NONE, number("1"), (balance_limits){grams("1"), grams("1")}, &target),
                     WEIGHING_RANGE);
}

static void a_blend_holds_the_pure_active_of_its_portions(void **state)
{
    (void)state;
    ARENA_SCOPE arena *arena = arena_new();
    const portion portions[] = {{{INT64_C(6506800000)}, ratio_of(922621, 1000000)}, {{INT64_C(53489000000)}, ratio_whole(0)}};
    blend_result blend;
    assert_true(blend_of(arena, portions, 2, 300, &blend));
    assert_string_equal(blend.mass.text, "59.9958");
    assert_string_equal(blend.active.text, "6.003310");
    assert_string_equal(blend.per_capsule.text, "20.0110");
    assert_string_equal(blend.per_capsule.formula, "6.003310 / 300 \xC3\x97 1000");
    assert_false(blend_of(arena, portions, 2, 0, &blend));
}

static void values_out_of_range_are_refused(void **state)
{
    (void)state;
    figure none;
    mass net = {7};
    correction wrong[] = {{{0, 0}, ASSAY_AS_IS, {0, 0}}, {{151, 0}, ASSAY_AS_IS, {0, 0}}, {{99, 0}, ASSAY_DRIED, {100, 0}},
                          {{99, 0}, ASSAY_ANHYDROUS, {-1, 0}}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(lot_purity(memory, &wrong[i], &none));
    dose_input input = {0, milligrams("20"), number("0"), number("1")};
    assert_false(pure_mass_due(memory, &input, &none));
    input = (dose_input){10, milligrams("20"), number("-1"), number("1")};
    assert_false(pure_mass_due(memory, &input, &none));
    assert_false(portion_due(memory, ratio_whole(6), NULL, 0, RATIO_ZERO, &none));
    assert_false(weighing_net(memory, grams("12.4310"), grams("12.4310"), &net, &none));
    assert_int_equal(net.nanograms, 7);
}

static void bases_have_words(void **state)
{
    (void)state;
    assay_basis basis = ASSAY_AS_IS;
    assert_true(assay_basis_parse("anhydrous", &basis));
    assert_int_equal(basis, ASSAY_ANHYDROUS);
    assert_true(assay_basis_parse("dried", &basis));
    assert_int_equal(basis, ASSAY_DRIED);
    assert_false(assay_basis_parse("", &basis));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(purity_as_supplied_corrects_for_water_once),
        TEST(mass_due_of_the_anhydrous_and_the_as_is_basis),
        TEST(salt_factor_and_overage_enter_the_mass_due),
        TEST(target_of_the_active_substance_of_batch_1),
        TEST(target_of_the_filler_of_batch_1),
        TEST(targets_of_batch_2),
        TEST(limits_are_inclusive_and_rounded_inward),
        TEST(a_second_lot_supplies_what_is_left),
        TEST(minimum_weight_is_two_thousand_s),
        TEST(a_check_is_inclusive_and_its_tolerance_at_most_a_thousandth),
        TEST(a_balance_that_does_not_suit_the_mass_is_refused),
        TEST(a_blend_holds_the_pure_active_of_its_portions),
        TEST(values_out_of_range_are_refused),
        TEST(bases_have_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
