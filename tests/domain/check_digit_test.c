#include "expect.h"

#include "magistral/domain/check_digit.h"

static void known_substances_have_the_right_digit(void **state)
{
    (void)state;
    /* water, ethylene glycol, lactose, cellulose, mannitol, birabresib, dordaviprone and its dihydrochloride */
    static const char *const right[] = {"7732-18-5", "107-07-3",    "63-42-3",      "9004-34-6",
                                        "69-65-8",   "202590-98-5", "1616632-77-9", "1638178-82-1"};
    int expected = -1;
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        assert_int_equal(cas_check(right[i], &expected), CHECK_DIGIT_RIGHT);
    assert_int_equal(expected, 1);
}

static void swapped_figures_are_found(void **state)
{
    (void)state;
    int expected = -1;
    assert_int_equal(cas_check("202590-89-5", &expected), CHECK_DIGIT_WRONG);
    assert_int_equal(expected, 4);
    assert_int_equal(cas_check("9004-34-5", &expected), CHECK_DIGIT_WRONG);
    assert_int_equal(expected, 6);
}

static void another_form_is_malformed(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "7732185", "7732-18", "7732-18-55", "7732-1-85", "1-18-5", "12345678-18-5", "77a2-18-5",
                                        "07732-18-5", "7732-18-5 "};
    int expected = 77;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(cas_check(wrong[i], &expected), CHECK_DIGIT_MALFORMED);
    assert_int_equal(expected, 77);
    assert_int_equal(cas_check("7732-18-5", NULL), CHECK_DIGIT_RIGHT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(known_substances_have_the_right_digit),
        TEST(swapped_figures_are_found),
        TEST(another_form_is_malformed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
