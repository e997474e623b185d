/* What is read in a room, and whether it is within its limits. */
#include "magistral/domain/room.h"

#include "expect.h"

static const char *value_of(room_kind kind, const char *text)
{
    const char *value = NULL;
    return room_read(memory, kind, text, &value) ? value : "refused";
}

static void the_digits_are_kept_and_the_unit_may_be_left_out(void **state)
{
    (void)state;
    assert_string_equal(value_of(ROOM_TEMPERATURE, "21,50 °C"), "21.50");
    assert_string_equal(value_of(ROOM_TEMPERATURE, "21.5"), "21.5");
    assert_string_equal(value_of(ROOM_PRESSURE, "-15 Pa"), "-15");
    assert_string_equal(value_of(ROOM_HUMIDITY, "45 %"), "45");
    assert_string_equal(value_of(ROOM_HUMIDITY, "45"), "45");
}

static void another_unit_and_what_no_instrument_shows_are_refused(void **state)
{
    (void)state;
    assert_string_equal(value_of(ROOM_TEMPERATURE, "70 °F"), "refused");
    assert_string_equal(value_of(ROOM_PRESSURE, "15 hPa"), "refused");
    assert_string_equal(value_of(ROOM_HUMIDITY, "100.1"), "refused");
    assert_string_equal(value_of(ROOM_HUMIDITY, "-1"), "refused");
    assert_string_equal(value_of(ROOM_TEMPERATURE, "21.50001"), "refused");
    assert_string_equal(value_of(ROOM_PRESSURE, "Pa"), "refused");
    assert_string_equal(value_of(ROOM_TEMPERATURE, "environ 20"), "refused");
}

static void limits_are_inclusive_and_either_may_be_missing(void **state)
{
    (void)state;
    assert_true(room_within("18", "18.0", "25"));
    assert_true(room_within("25.00", "18.0", "25"));
    assert_false(room_within("25.01", "18.0", "25"));
    assert_false(room_within("17.99", "18.0", "25"));
    assert_true(room_within("-20", NULL, "-10"));
    assert_false(room_within("-9", NULL, "-10"));
    assert_true(room_within("12", "10", NULL));
    assert_false(room_within("9.9", "10", NULL));
    assert_string_equal(room_limits(memory, "18", "25"), "18 to 25");
    assert_string_equal(room_limits(memory, "10", NULL), ">= 10");
    assert_string_equal(room_limits(memory, NULL, "60"), "<= 60");
}

static void each_kind_has_its_word_and_unit(void **state)
{
    (void)state;
    room_kind kind;
    for (int i = 0; i < ROOM_KIND_COUNT; i++) {
        assert_true(room_kind_parse(room_kind_word((room_kind)i), &kind));
        assert_int_equal(kind, i);
    }
    assert_string_equal(room_kind_unit(ROOM_TEMPERATURE), "°C");
    assert_false(room_kind_parse("noise", &kind));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_digits_are_kept_and_the_unit_may_be_left_out),
        TEST(another_unit_and_what_no_instrument_shows_are_refused),
        TEST(limits_are_inclusive_and_either_may_be_missing),
        TEST(each_kind_has_its_word_and_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
