#include "expect.h"

#include "magistral/domain/control.h"

typedef struct entered {
    const char *values[64];
    size_t count;
} entered;

/* Reads values separated by "; " as a person writes them. */
static control_series series(const control_specification *of, const char *text)
{
    entered *made = arena_alloc(memory, sizeof *made);
    while (*text) {
        size_t length = strcspn(text, ";");
        assert_true(control_read_value(memory, of, arena_copy(memory, text, length), &made->values[made->count++]));
        text += length + (text[length] ? 2 : 0);
    }
    return (control_series){made->values, made->count};
}

static control_judged judged(const control_specification *of, const char *text, int stage)
{
    control_judged made = {0};
    control_values values = {.value = series(of, text)};
    assert_int_equal(control_judge(memory, of, &values, stage, &made), CONTROL_GOOD);
    return made;
}

static control_error error_of(const control_specification *of, const char *text)
{
    control_judged made = {0};
    control_values values = {.value = series(of, text)};
    return control_judge(memory, of, &values, 1, &made);
}

static void has(const control_judged *made, const char *name, const char *text)
{
    const char *found = answer_find_text(made->computation, name);
    assert_non_null(found);
    assert_string_equal(found, text);
}

static void replicates_are_averaged_and_rounded_once(void **state)
{
    (void)state;
    control_specification assay = {.kind = CONTROL_MEASUREMENT, .limit = "95.0 to 105.0", .unit = "%", .replicates = 2};
    control_judged made = judged(&assay, "99.0; 99,1 %", 1);
    assert_int_equal(made.verdict, CONTROL_COMPLIES);
    has(&made, "mean", "99.05");
    has(&made, "rounded", "99.1");
    assert_string_equal(answer_find(made.computation, "mean")->formula, "X = (99.0 + 99.1) / 2");
    made = judged(&assay, "95.4; 95.9", 1);
    has(&made, "rounded", "95.7");
    assert_int_equal(judged(&assay, "94.9; 94.98", 1).verdict, CONTROL_DOES_NOT_COMPLY);
    assert_int_equal(judged(&assay, "94.9; 95.0", 1).verdict, CONTROL_COMPLIES);
}

static void what_is_below_a_number_is_judged_or_said_impossible(void **state)
{
    (void)state;
    control_specification impurity = {.kind = CONTROL_MEASUREMENT, .limit = "<= 0.50", .unit = "%", .replicates = 2};
    assert_int_equal(judged(&impurity, "< 0.05; 0.12", 1).verdict, CONTROL_COMPLIES);
    assert_int_equal(judged(&impurity, "< 0.05; 0.51", 1).verdict, CONTROL_DOES_NOT_COMPLY);
    assert_int_equal(error_of(&impurity, "< LOQ; 0.12"), CONTROL_IMPOSSIBLE);
    assert_int_equal(error_of(&impurity, "0.12"), CONTROL_INCOMPLETE);
    impurity.limit = "little";
    assert_int_equal(error_of(&impurity, "0.1; 0.2"), CONTROL_LIMIT);
}

static void words_of_conformity(void **state)
{
    (void)state;
    control_specification appearance = {.kind = CONTROL_CONFORMITY, .replicates = 1};
    assert_int_equal(judged(&appearance, "conforme", 1).verdict, CONTROL_COMPLIES);
    assert_int_equal(judged(&appearance, "does not conform", 1).verdict, CONTROL_DOES_NOT_COMPLY);
    control_specification coli = {.kind = CONTROL_MICROBIAL_ABSENCE, .replicates = 1};
    assert_int_equal(judged(&coli, "absence", 1).verdict, CONTROL_COMPLIES);
    assert_int_equal(judged(&coli, "present", 1).verdict, CONTROL_DOES_NOT_COMPLY);
}

#define FIRST_TEN "20.40; 20.67; 17.52; 19.56; 17.36; 18.76; 18.68; 21.12; 18.31; 18.83"
#define TWENTY_MORE                                                                                                    \
    "; 18.22; 20.22; 21.32; 16.89; 19.97; 19.49; 21.70; 18.22; 18.71; 19.44; 20.77; 17.41; 19.88; 17.66; 19.12; 19.45; " \
    "16.85; 20.12; 17.59; 18.82"

static void contents_in_two_stages(void **state)
{
    (void)state;
    control_specification content = {.kind = CONTROL_DOSAGE_UNITS, .limit = "<= 15.0", .unit = "mg", .replicates = 10, .claim = {20, 0}};
    assert_int_equal(control_expected(&content, 1, "value"), 10);
    assert_int_equal(control_expected(&content, 2, "value"), 30);
    assert_int_equal(control_expected(&content, 1, "gross"), 0);
    control_judged made = judged(&content, FIRST_TEN, 1);
    assert_int_equal(made.verdict, CONTROL_TEST_20_MORE);
    has(&made, "AV_rounded", "18.4");
    made = judged(&content, FIRST_TEN TWENTY_MORE, 2);
    assert_int_equal(made.verdict, CONTROL_DOES_NOT_COMPLY);
    has(&made, "n", "30");
    has(&made, "AV_rounded", "16.4");
    content.limit = "<= 20.0";
    assert_int_equal(error_of(&content, FIRST_TEN), CONTROL_LIMIT);
}

/* 599.9 / 30 x 5 has no end: the computation has fifteen digits, the line that a certificate prints three decimals. */
static void what_is_printed_has_fewer_digits_than_what_is_kept(void **state)
{
    (void)state;
    control_specification content = {.kind = CONTROL_DOSAGE_UNITS, .limit = "<= 15.0", .unit = "mg", .replicates = 10, .claim = {20, 0}};
    control_judged made = judged(&content, "20; 20; 20; 20; 20; 20; 20; 20; 20; 20; 20; 20; 20; 20; 20; 20; 20; 20; 20; 20; 20; 20; 20; 20; 20; "
                                           "20; 20; 20; 20; 19.9", 2);
    has(&made, "mean", "99.9833333333333");
    assert_string_equal(answer_find_text(made.printed, "mean"), "99.983");
    assert_string_equal(answer_find_text(made.printed, "s"), "0.091");
    assert_null(answer_find(made.printed, "AV_rounded"));
}

static void masses_need_their_mean_within_its_limit(void **state)
{
    (void)state;
    control_specification mass = {.kind = CONTROL_MASS_UNIFORMITY, .limit = "190.0 to 210.0", .unit = "mg", .replicates = 20};
    control_judged made = {0};
    control_values values = {
        .gross = series(&mass, "273.3; 275.0; 273.6; 267.5; 278.8; 278.5; 273.7; 270.8; 276.6; 270.8; 276.2; 269.0; 266.6; 280.3; "
                               "277.7; 277.3; 276.8; 267.9; 276.6; 0.2764 g"),
        .shell = series(&mass, "76.7; 76.3; 75.1; 76.7; 77.1; 74.1; 75.8; 75.8; 77.0; 74.4; 76.0; 75.3; 76.3; 75.8; 77.4; 77.3; "
                               "77.6; 74.6; 73.4; 75.6")};
    assert_int_equal(control_judge(memory, &mass, &values, 1, &made), CONTROL_GOOD);
    assert_int_equal(made.verdict, CONTROL_COMPLIES);
    has(&made, "mean", "198.255");
    has(&made, "mean_rounded", "198.3");
    has(&made, "smallest", "-4.0125");
    mass.limit = "200.0 to 210.0";
    assert_int_equal(control_judge(memory, &mass, &values, 1, &made), CONTROL_GOOD);
    assert_int_equal(made.verdict, CONTROL_DOES_NOT_COMPLY);
    values.shell.count = 19;
    assert_int_equal(control_judge(memory, &mass, &values, 1, &made), CONTROL_INCOMPLETE);
}

static void minutes_and_colonies(void **state)
{
    (void)state;
    control_specification minutes = {.kind = CONTROL_DISINTEGRATION, .limit = "<= 30", .replicates = 6};
    assert_int_equal(control_further_units(minutes.kind), 12);
    control_judged made = judged(&minutes, "6.5; 7.0; 7.2; 7.8; 8.1; 9,4 min", 1);
    assert_int_equal(made.verdict, CONTROL_COMPLIES);
    has(&made, "longest", "9.4");
    assert_int_equal(judged(&minutes, "6.5; 7.0; 7.2; 7.8; 8.1; > 30 min", 1).verdict, CONTROL_TEST_12_MORE);
    assert_int_equal(error_of(&minutes, "6.5; 7.0; 7.2; 7.8; 8.1; > 20"), CONTROL_IMPOSSIBLE);
    control_specification colonies = {.kind = CONTROL_MICROBIAL_COUNT, .limit = "10^2", .replicates = 1};
    assert_int_equal(judged(&colonies, "< 10 CFU/g", 1).verdict, CONTROL_COMPLIES);
    assert_int_equal(judged(&colonies, "201", 1).verdict, CONTROL_DOES_NOT_COMPLY);
    assert_int_equal(error_of(&colonies, "> 100"), CONTROL_IMPOSSIBLE);
}

static void values_that_are_none(void **state)
{
    (void)state;
    const char *value = NULL;
    control_specification content = {.kind = CONTROL_DOSAGE_UNITS, .unit = "mg"}, appearance = {.kind = CONTROL_CONFORMITY};
    assert_false(control_read_value(memory, &content, "19,4,8", &value));
    assert_false(control_read_value(memory, &content, "19.48 mL", &value));
    assert_false(control_read_value(memory, &content, "< 10", &value));
    assert_false(control_read_value(memory, &content, "-1", &value));
    control_specification assay = {.kind = CONTROL_MEASUREMENT, .limit = "95.0 to 105.0", .unit = "%", .replicates = 2};
    assert_false(control_read_value(memory, &assay, "-50", &value));
    assert_false(control_read_value(memory, &assay, "\xE2\x88\x92" "50", &value));
    assert_false(control_read_value(memory, &assay, "< -1", &value));
    assert_true(control_is_outside(&assay, "105.05") && control_is_outside(&assay, "94.9"));
    assert_false(control_is_outside(&assay, "105.04") || control_is_outside(&assay, "95.0"));
    assay.limit = "-0.5 to 0.5";
    assert_true(control_read_value(memory, &assay, "-0.2", &value));
    assay.limit = "<= 8";
    assay.unit = "\xC2\xB0" "C";
    assert_true(control_read_value(memory, &assay, "-2", &value));
    assert_false(control_read_value(memory, &appearance, "good", &value));
    assert_true(control_read_value(memory, &content, "19,480 mg", &value));
    assert_string_equal(value, "19.480");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(replicates_are_averaged_and_rounded_once),
        TEST(what_is_below_a_number_is_judged_or_said_impossible),
        TEST(words_of_conformity),
        TEST(contents_in_two_stages),
        TEST(what_is_printed_has_fewer_digits_than_what_is_kept),
        TEST(masses_need_their_mean_within_its_limit),
        TEST(minutes_and_colonies),
        TEST(values_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
