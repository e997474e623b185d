#include "expect.h"

#include "magistral/base/day.h"
#include "magistral/domain/expiry.h"

static int64_t on(const char *text)
{
    int64_t day = 0;
    assert_true(day_parse(text, &day));
    return day;
}

static void limited_by(const expiry_input *inputs, size_t count, const char *day, expiry_cause cause, const char *number)
{
    expiry_result result = {0};
    assert_true(expiry_of_batch(memory, on("2026-01-12"), 180, inputs, count, &result));
    assert_string_equal(day_text(memory, result.day), day);
    assert_string_equal(expiry_cause_word(result.cause), expiry_cause_word(cause));
    if (number)
        assert_string_equal(result.number, number);
    else
        assert_null(result.number);
}

/* The example: retest 2026-09, expiry 05/2027 and 03/2028, stability 180 days. */
static void stability_limits_the_example_batch(void **state)
{
    (void)state;
    expiry_input inputs[] = {{EXPIRY_OF_RETEST, on("2026-09"), "MP26-0003"}, {EXPIRY_OF_EXPIRY, on("05/2027"), "MP26-0005"},
                             {EXPIRY_OF_EXPIRY, on("03/2028"), "MP26-0006"}};
    limited_by(inputs, 3, "2026-07-11", EXPIRY_OF_STABILITY, NULL);
    expiry_result result = {0};
    assert_true(expiry_of_batch(memory, on("2026-01-12"), 180, inputs, 3, &result));
    assert_string_equal(result.formula, "2026-01-12 + 180");
}

static void the_earliest_date_of_an_input_limits(void **state)
{
    (void)state;
    expiry_input inputs[] = {{EXPIRY_OF_RETEST, on("2026-06"), "MP26-0003"}, {EXPIRY_OF_OPENING, on("2026-05-10"), "MP26-0005/1"},
                             {EXPIRY_OF_EXPIRY, on("2026-05-10"), "MP26-0006"}};
    limited_by(inputs, 1, "2026-06-30", EXPIRY_OF_RETEST, "MP26-0003");
    limited_by(inputs, 3, "2026-05-10", EXPIRY_OF_OPENING, "MP26-0005/1");
    inputs[0].day = on("2026-07-11");
    limited_by(inputs, 1, "2026-07-11", EXPIRY_OF_STABILITY, NULL);
}

static void a_batch_that_was_born_expired_says_so(void **state)
{
    (void)state;
    expiry_input input = {EXPIRY_OF_EXPIRY, on("2026-01-11"), "MP26-0003"};
    expiry_result result = {.day = 7};
    limited_by(&input, 1, "2026-01-11", EXPIRY_OF_EXPIRY, "MP26-0003");
    assert_false(expiry_of_batch(memory, on("2026-01-12"), 0, NULL, 0, &result));
    assert_false(expiry_of_batch(memory, on("2026-01-12"), 36501, NULL, 0, &result));
    assert_int_equal(result.day, 7);
    input.day = on("2026-01-12");
    limited_by(&input, 1, "2026-01-12", EXPIRY_OF_EXPIRY, "MP26-0003");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(stability_limits_the_example_batch),
        TEST(the_earliest_date_of_an_input_limits),
        TEST(a_batch_that_was_born_expired_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
