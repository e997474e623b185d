#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "magistral/base/day.h"

static void reads_as(const char *text, const char *canonical)
{
    ARENA_SCOPE arena *arena = arena_new();
    int64_t day = 0;
    assert_true(day_parse(text, &day));
    assert_string_equal(day_text(arena, day), canonical);
}

static void days_are_read_in_both_orders(void **state)
{
    (void)state;
    reads_as("2026-01-12", "2026-01-12");
    reads_as("12/01/2026", "2026-01-12");
    reads_as("1900-01-01", "1900-01-01");
    reads_as("2999-12-31", "2999-12-31");
    int64_t day = 7;
    assert_true(day_parse("1970-01-01", &day));
    assert_int_equal(day, 0);
}

static void a_month_means_its_last_day(void **state)
{
    (void)state;
    reads_as("2026-09", "2026-09-30");
    reads_as("05/2027", "2027-05-31");
    reads_as("02/2028", "2028-02-29");
    reads_as("03/2028", "2028-03-31");
}

static void a_day_that_does_not_exist_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "1900-02-29", "26-01-12",
                                        "2026-1-12",  "2026/01/12", "12-01-2026", "32/01/2026", "2026-13",    "",
                                        "0000-01-01", "2026-01-12 ", "2026-01-1x", "2026-01-00", "00/01/2026", "00/2026"};
    int64_t day = 5;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(day_parse(wrong[i], &day));
    assert_int_equal(day, 5);
    assert_true(day_parse("2000-02-29", &day));
}

static void years_are_of_the_calendar(void **state)
{
    ARENA_SCOPE arena *arena = arena_new();
    (void)state;
    assert_string_equal(day_years_after(arena, "2026-07-11", 1), "2027-07-11");
    assert_string_equal(day_years_after(arena, "2027-07-11", 1), "2028-07-11");
    assert_string_equal(day_years_after(arena, "2028-02-29", 1), "2029-02-28");
    assert_null(day_years_after(arena, "2027-02-29", 1));
}

static void days_are_added(void **state)
{
    (void)state;
    ARENA_SCOPE arena *arena = arena_new();
    assert_string_equal(day_after(arena, "2026-01-12", 180), "2026-07-11");
    assert_string_equal(day_after(arena, "2024-03-01", -1), "2024-02-29");
    assert_null(day_after(arena, "2026-02-30", 1));
}

static void every_day_of_eleven_centuries_comes_back(void **state)
{
    (void)state;
    int64_t first = 0, last = 0, again = 0;
    assert_true(day_parse("1900-01-01", &first));
    assert_true(day_parse("2999-12-31", &last));
    ARENA_SCOPE arena *arena = arena_new();
    for (int64_t day = first; day <= last; day++) {
        assert_true(day_parse(day_text(arena, day), &again));
        assert_int_equal(again, day);
    }
}

static void instant_reads_as(const char *text, const char *canonical)
{
    ARENA_SCOPE arena *arena = arena_new();
    int64_t instant = 0;
    assert_true(instant_parse(text, &instant));
    assert_string_equal(instant_text(arena, instant), canonical);
}

static void typed_reads_as(const char *text, const char *zone, instant_error error, const char *canonical)
{
    ARENA_SCOPE arena *arena = arena_new();
    int64_t instant = 0;
    assert_int_equal(instant_read(text, zone, &instant), error);
    if (canonical)
        assert_string_equal(instant_text(arena, instant), canonical);
}

/* The clocks of Europe change at 01:00 UTC of the last Sunday of March and of October (Directive 2000/84/EC). */
static void a_person_types_the_clock_on_the_wall(void **state)
{
    (void)state;
    typed_reads_as("12/01/2026 20:00", "Europe/Paris", INSTANT_GOOD, "2026-01-12T19:00:00.000Z");
    typed_reads_as("12/07/2026 9:05", "Europe/Paris", INSTANT_GOOD, "2026-07-12T07:05:00.000Z");
    typed_reads_as("12/01/2026\u00a0\u00e0\u00a009\u202fh\u202f40", "Europe/Paris", INSTANT_GOOD, "2026-01-12T08:40:00.000Z");
    typed_reads_as("2026-01-12 20:00:30", "Indian/Reunion", INSTANT_GOOD, "2026-01-12T16:00:30.000Z");
    typed_reads_as("2026-01-12T20:00", "America/Martinique", INSTANT_GOOD, "2026-01-13T00:00:00.000Z");
    typed_reads_as("2026-01-12T20:00:00+01:00", "UTC", INSTANT_GOOD, "2026-01-12T19:00:00.000Z");
    typed_reads_as("29/03/2026 01:59", "Europe/Paris", INSTANT_GOOD, "2026-03-29T00:59:00.000Z");
    typed_reads_as("29/03/2026 02:00", "Europe/Paris", INSTANT_LEFT_OUT, NULL);
    typed_reads_as("29/03/2026 02:59", "Europe/Paris", INSTANT_LEFT_OUT, NULL);
    typed_reads_as("29/03/2026 03:00", "Europe/Paris", INSTANT_GOOD, "2026-03-29T01:00:00.000Z");
    typed_reads_as("25/10/2026 01:59", "Europe/Paris", INSTANT_GOOD, "2026-10-24T23:59:00.000Z");
    typed_reads_as("25/10/2026 02:00", "Europe/Paris", INSTANT_TWICE, NULL);
    typed_reads_as("25/10/2026 02:59", "Europe/Paris", INSTANT_TWICE, NULL);
    typed_reads_as("25/10/2026 03:00", "Europe/Paris", INSTANT_GOOD, "2026-10-25T02:00:00.000Z");
    typed_reads_as("2026-10-25T02:30:00+02:00", "Europe/Paris", INSTANT_GOOD, "2026-10-25T00:30:00.000Z");
    static const char *const none[] = {"", "12/01/2026", "01/2026 20:00", "12/01/2026 24:00", "12/01/2026 20:60", "12/01/2026 20", "12/01/202620:00", "30/02/2026 20:00",
                                       "12/01/2026 20:00 soir", "hier 20:00", "12/01/2026 h00"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        typed_reads_as(none[i], "Europe/Paris", INSTANT_FORM, NULL);
}

static void instants_are_kept_in_utc(void **state)
{
    (void)state;
    instant_reads_as("2026-01-12T08:30:00Z", "2026-01-12T08:30:00.000Z");
    instant_reads_as("2026-01-12T09:30:00.250+01:00", "2026-01-12T08:30:00.250Z");
    instant_reads_as("2026-01-01T00:15:00+04:00", "2025-12-31T20:15:00.000Z");
    instant_reads_as("2026-01-01T00:15:00-10:00", "2026-01-01T10:15:00.000Z");
    instant_reads_as("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z");
}

static void an_instant_without_zone_or_out_of_range_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"2026-01-12T08:30:00",  "2026-01-12 08:30:00Z",      "2026-01-12T24:00:00Z",
                                        "2026-01-12T08:60:00Z", "2026-01-12T08:30:60Z",      "2026-02-30T08:30:00Z",
                                        "2026-01-12T08:30:00.", "2026-01-12T08:30:00.1234Z", "2026-01-12T08:30:00+1:00",
                                        "12/01/2026T08:30:00Z", "2026-01-12T08:30:00z",      "2026-01-12T08:30:00+15:00",
                                        "",                     "2026-01-12T08:30:00ZZ"};
    int64_t instant = 3;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(instant_parse(wrong[i], &instant));
    assert_int_equal(instant, 3);
}

static void shows(const char *utc, const char *zone, const char *expected)
{
    ARENA_SCOPE arena *arena = arena_new();
    char local[20];
    int64_t instant = 0;
    assert_true(instant_local_text(utc, zone, local));
    assert_string_equal(local, expected);
    assert_true(instant_parse(utc, &instant));
    assert_memory_equal(instant_local_day(arena, instant, zone), expected, 10);
}

static void summer_time_begins_and_ends_on_the_last_sunday(void **state)
{
    (void)state;
    shows("2026-03-29T00:59:59.999Z", "Europe/Paris", "2026-03-29 01:59:59");
    shows("2026-03-29T01:00:00Z", "Europe/Paris", "2026-03-29 03:00:00");
    shows("2026-10-25T00:59:59Z", "Europe/Paris", "2026-10-25 02:59:59");
    shows("2026-10-25T01:00:00Z", "Europe/Paris", "2026-10-25 02:00:00");
    shows("2024-03-31T01:00:00Z", "Europe/Paris", "2024-03-31 03:00:00");
    shows("2025-12-31T23:30:00Z", "Europe/Paris", "2026-01-01 00:30:00");
}

static void overseas_zones_keep_one_offset(void **state)
{
    (void)state;
    shows("2026-07-01T21:00:00Z", "Indian/Reunion", "2026-07-02 01:00:00");
    shows("2026-07-01T21:00:00Z", "Indian/Mayotte", "2026-07-02 00:00:00");
    shows("2026-07-01T03:00:00Z", "America/Martinique", "2026-06-30 23:00:00");
    shows("2026-07-01T03:00:00Z", "America/Guadeloupe", "2026-06-30 23:00:00");
    shows("2026-07-01T03:00:00Z", "America/Cayenne", "2026-07-01 00:00:00");
    shows("2026-07-01T13:00:00Z", "Pacific/Noumea", "2026-07-02 00:00:00");
    shows("2026-07-01T09:59:00Z", "Pacific/Tahiti", "2026-06-30 23:59:00");
    shows("2026-07-01T09:59:00Z", "UTC", "2026-07-01 09:59:00");
    assert_false(zone_is_known("Europe/Atlantis"));
    assert_false(zone_is_known(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_read_in_both_orders),
        cmocka_unit_test(a_month_means_its_last_day),
        cmocka_unit_test(a_day_that_does_not_exist_is_refused),
        cmocka_unit_test(days_are_added),
        cmocka_unit_test(years_are_of_the_calendar),
        cmocka_unit_test(every_day_of_eleven_centuries_comes_back),
        cmocka_unit_test(a_person_types_the_clock_on_the_wall),
        cmocka_unit_test(instants_are_kept_in_utc),
        cmocka_unit_test(an_instant_without_zone_or_out_of_range_is_refused),
        cmocka_unit_test(summer_time_begins_and_ends_on_the_last_sunday),
        cmocka_unit_test(overseas_zones_keep_one_offset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
