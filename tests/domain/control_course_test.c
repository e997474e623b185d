#include "expect.h"

#include "magistral/domain/control_course.h"

static const char *const gross[] = {"273.3", "275.0", "273.6"}, *const shells[] = {"76.7", "76.3", "75.1"};

static control_course course_of(const control_specification *of, control_values values)
{
    control_course made = {0};
    assert_true(control_course_of(memory, of, &values, &made));
    return made;
}

static void gross_masses_have_a_mean_and_no_limit(void **state)
{
    (void)state;
    control_specification mass = {.kind = CONTROL_MASS_UNIFORMITY};
    control_course made = course_of(&mass, (control_values){.gross = {gross, 3}});
    assert_int_equal(made.count, 3);
    assert_string_equal(made.mean.text, "273.9667");
    assert_string_equal(made.mean.formula, "X = \xCE\xA3x / n = 821.9 / 3");
    assert_false(made.has_low || made.has_high);
}

/* Contents 196.6, 198.7, 198.5: 10 % around their mean, 7.5 % from 300 mg on. Rule: Ph. Eur. 2.9.5. */
static void contents_have_limits_around_their_mean(void **state)
{
    (void)state;
    control_specification mass = {.kind = CONTROL_MASS_UNIFORMITY};
    control_course made = course_of(&mass, (control_values){.gross = {gross, 3}, .shell = {shells, 2}});
    assert_int_equal(made.count, 2);
    assert_string_equal(made.mean.text, "197.65");
    assert_string_equal(made.low.text, "177.885");
    assert_string_equal(made.high.text, "217.415");
    const char *const heavy[] = {"400", "380", "300"}, *const empty[] = {"40", "40", "40"};
    made = course_of(&mass, (control_values){.gross = {heavy, 3}, .shell = {empty, 3}});
    assert_string_equal(made.mean.text, "320");
    assert_string_equal(made.low.text, "296");
    assert_string_equal(made.high.text, "344");
    assert_true(made.points[0].outside && !made.points[1].outside && made.points[2].outside);
}

/* 0.75 M and 1.25 M, where M is the mean held between 98.5 and 101.5. Rule: Ph. Eur. 2.9.40. */
static void contents_in_percent_of_the_claim(void **state)
{
    (void)state;
    const char *const low[] = {"19.0", "18.0"}, *const near[] = {"20.0", "20.2"}, *const far[] = {"26.0", "14.0"};
    control_specification units = {.kind = CONTROL_DOSAGE_UNITS, .unit = "mg", .claim = {20, 0}};
    control_course made = course_of(&units, (control_values){.value = {low, 2}});
    assert_string_equal(made.mean.text, "92.5");
    assert_string_equal(made.low.text, "73.875");
    assert_string_equal(made.high.text, "123.125");
    assert_string_equal(made.unit, "%");
    made = course_of(&units, (control_values){.value = {near, 2}});
    assert_string_equal(made.low.text, "75.375");
    made = course_of(&units, (control_values){.value = {far, 2}});
    assert_true(made.points[0].outside && made.points[1].outside);
}

static void measurements_and_minutes_have_their_own_limits(void **state)
{
    (void)state;
    const char *const assays[] = {"99.0", "94.0"}, *const minutes[] = {"6.5", "> 30", "31"};
    control_specification assay = {.kind = CONTROL_MEASUREMENT, .limit = "95.0 to 105.0", .unit = "%", .replicates = 2};
    control_course made = course_of(&assay, (control_values){.value = {assays, 2}});
    assert_string_equal(made.low.text, "95");
    assert_string_equal(made.high.text, "105");
    assert_true(!made.points[0].outside && made.points[1].outside);
    control_specification disintegration = {.kind = CONTROL_DISINTEGRATION};
    made = course_of(&disintegration, (control_values){.value = {minutes, 3}});
    assert_true(made.has_high && !made.has_low && !made.has_mean);
    assert_string_equal(made.high.text, "30");
    assert_true(!made.points[0].outside && made.points[1].outside && made.points[2].outside);
}

static void what_is_no_number_is_not_drawn(void **state)
{
    (void)state;
    const char *const words[] = {"conforms"}, *const below[] = {"< 10"}, *const long_one[] = {"99999999999999.9999", "99999999999999.9999"};
    control_course made;
    control_specification word = {.kind = CONTROL_CONFORMITY}, count = {.kind = CONTROL_MICROBIAL_COUNT, .limit = "10^3"};
    control_specification assay = {.kind = CONTROL_MEASUREMENT, .limit = "95.0 to 105.0", .unit = "%", .replicates = 2};
    control_specification units = {.kind = CONTROL_DOSAGE_UNITS, .unit = "mg", .claim = {20, 0}};
    assert_false(control_course_of(memory, &word, &(control_values){.value = {words, 1}}, &made));
    assert_false(control_course_of(memory, &count, &(control_values){.value = {below, 1}}, &made));
    assert_false(control_course_of(memory, &assay, &(control_values){.value = {below, 1}}, &made));
    assert_false(control_course_of(memory, &assay, &(control_values){.value = {NULL, 0}}, &made));
    assert_false(control_course_of(memory, &units, &(control_values){.value = {long_one, 2}}, &made));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(gross_masses_have_a_mean_and_no_limit),
        TEST(contents_have_limits_around_their_mean),
        TEST(contents_in_percent_of_the_claim),
        TEST(measurements_and_minutes_have_their_own_limits),
        TEST(what_is_no_number_is_not_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
