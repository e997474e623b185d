#include "expect.h"

static void reads_mass(const char *text, int64_t nanograms)
{
    mass value = {0};
    assert_int_equal(mass_parse(text, &value), QUANTITY_GOOD);
    assert_int_equal(value.nanograms, nanograms);
}

static void refuses_mass(const char *text, quantity_error reason)
{
    mass value = {42};
    assert_string_equal(quantity_error_word(mass_parse(text, &value)), quantity_error_word(reason));
    assert_int_equal(value.nanograms, 42);
}

static void masses_are_read_with_their_unit(void **state)
{
    (void)state;
    reads_mass("2,5 mg", 2500000);
    reads_mass("250.0000 g", 250000000000);
    reads_mass("0.160 g", 160000000);
    reads_mass("12 \xC2\xB5g", 12000);
    reads_mass("12\xC2\xA0\xCE\xBCg", 12000);
    reads_mass("1 kg", 1000000000000);
    reads_mass("1kg", 1000000000000);
    reads_mass("7 ng", 7);
    reads_mass("-0.5 mg ", -500000);
    reads_mass("1 000 mg", 1000000000);
}

static void a_mass_without_its_unit_is_refused(void **state)
{
    (void)state;
    refuses_mass("250", QUANTITY_NO_UNIT);
    refuses_mass("250 ", QUANTITY_NO_UNIT);
    refuses_mass("250 mL", QUANTITY_UNIT);
    refuses_mass("250 Mg", QUANTITY_UNIT);
    refuses_mass("250 mcg", QUANTITY_UNIT);
    refuses_mass("250 g g", QUANTITY_UNIT);
    refuses_mass("g", QUANTITY_NUMBER);
    refuses_mass("", QUANTITY_NUMBER);
    refuses_mass("1.2.3 g", QUANTITY_NUMBER);
    refuses_mass("1e3 g", QUANTITY_NUMBER);
}

static void nothing_finer_or_larger_than_kept_is_read(void **state)
{
    (void)state;
    refuses_mass("0.5 ng", QUANTITY_FINE);
    refuses_mass("0.0000000001 g", QUANTITY_FINE);
    refuses_mass("9223373 kg", QUANTITY_RANGE);
    reads_mass("9223372 kg", 9223372000000000000);
    reads_mass("0.0000000010 g", 1);
}

static void volumes_and_money(void **state)
{
    (void)state;
    volume volume = {0};
    money money = {0};
    assert_int_equal(volume_parse("0.50 mL", &volume), QUANTITY_GOOD);
    assert_int_equal(volume.nanolitres, 500000);
    assert_int_equal(volume_parse("1,37 ml", &volume), QUANTITY_GOOD);
    assert_int_equal(volume.nanolitres, 1370000);
    assert_int_equal(money_parse("14 500,00 EUR", &money), QUANTITY_GOOD);
    assert_int_equal(money.micro_euro, 14500000000);
    assert_int_equal(money_parse("58 \xE2\x82\xAC", &money), QUANTITY_GOOD);
    assert_int_equal(money.micro_euro, 58000000);
    assert_int_equal(money_parse("58", &money), QUANTITY_NO_UNIT);
    assert_int_equal(money_parse("58 USD", &money), QUANTITY_UNIT);
    assert_string_equal(money_text(memory, money), "58.00");
}

static void masses_are_written_without_losing_a_digit(void **state)
{
    (void)state;
    assert_string_equal(mass_text(memory, grams("6.5068"), "g", 4), "6.5068");
    assert_string_equal(mass_text(memory, grams("53.49"), "g", 3), "53.490");
    assert_string_equal(mass_text(memory, milligrams("21.677"), "mg", 0), "21.677");
    assert_string_equal(mass_text(memory, grams("0"), "g", 4), "0.0000");
    assert_string_equal(mass_words(memory, grams("6.5068")), "6.5068 g");
    assert_string_equal(mass_words(memory, milligrams("20")), "20 mg");
    is_exactly(mass_grams(milligrams("21.677")), "0.021677");
    is_exactly(mass_milligrams(grams("0.160")), "160");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(masses_are_read_with_their_unit),
        TEST(a_mass_without_its_unit_is_refused),
        TEST(nothing_finer_or_larger_than_kept_is_read),
        TEST(volumes_and_money),
        TEST(masses_are_written_without_losing_a_digit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
