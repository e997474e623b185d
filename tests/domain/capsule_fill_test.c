#include "expect.h"

#include "magistral/domain/capsule_fill.h"

static volume millilitres(const char *text)
{
    volume value = {0};
    assert_int_equal(volume_parse(arena_format(memory, "%s mL", text), &value), QUANTITY_GOOD);
    return value;
}

/* Birabresib 20 mg in size 1: 21.677 mg as supplied, filler to 200 mg, 93.8 % of the body. */
static void the_example_formula_fills_size_one(void **state)
{
    (void)state;
    fill_input input = {milligrams("20"), ratio_of_decimal(number("0.922621")), milligrams("200"), number("0.40"),
                        number("0.43"), millilitres("0.50")};
    fill_result result;
    assert_true(capsule_fill(memory, &input, &result));
    assert_string_equal(result.active.text, "21.677");
    assert_string_equal(result.filler.text, "178.323");
    assert_string_equal(result.volume.text, "0.46890");
    assert_string_equal(result.filled.text, "93.8");
    assert_string_equal(result.filled.formula, "0.46890 / 0.5 × 100");
    assert_string_equal(result.volume.formula, "(21.677 / 0.40 + 178.323 / 0.43) / 1000");
}

static void impossible_fills_are_refused(void **state)
{
    (void)state;
    fill_input input = {milligrams("20"), ratio_whole(1), milligrams("19"), number("0.40"), number("0.43"), millilitres("0.50")};
    fill_result result;
    assert_false(capsule_fill(memory, &input, &result));
    input.content = milligrams("200");
    input.purity = RATIO_NONE;
    assert_false(capsule_fill(memory, &input, &result));
    input.purity = ratio_whole(1);
    input.filler_density = number("0");
    assert_false(capsule_fill(memory, &input, &result));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_example_formula_fills_size_one),
        TEST(impossible_fills_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
