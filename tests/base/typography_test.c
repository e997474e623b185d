#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "magistral/base/day.h"
#include "magistral/base/typography.h"

/* cmocka has a macro fail() of its own: it comes last. */
#include <cmocka.h>

#define FIRM "\xC2\xA0"
#define NARROW "\xE2\x80\xAF"

static void check(buffer *written, const char *expected)
{
    assert_string_equal(buffer_text(written), expected);
    buffer_empty(written);
}

static void numbers_take_the_signs_of_the_language(void **state)
{
    (void)state;
    BUFFER_SCOPE buffer to = BUFFER_EMPTY;
    typography_add_number(&to, FRENCH, "14500.00", "EUR");
    check(&to, "14" NARROW "500,00" FIRM "€");
    typography_add_number(&to, ENGLISH, "14500.00", "EUR");
    check(&to, "€14" NARROW "500.00");
    typography_add_number(&to, FRENCH, "-1076.087842", "mg");
    check(&to, "−1" NARROW "076,087842" FIRM "mg");
    typography_add_number(&to, ENGLISH, "99.1", "%");
    check(&to, "99.1" FIRM "%");
    typography_add_number(&to, FRENCH, "58.00", "EUR/g");
    check(&to, "58,00" FIRM "€/g");
    typography_add_number(&to, ENGLISH, "58.00", "EUR/g");
    check(&to, "€58.00/g");
    typography_add_number(&to, FRENCH, "1234567", NULL);
    check(&to, "1" NARROW "234" NARROW "567");
    typography_add_number(&to, FRENCH, "999", "");
    check(&to, "999");
    typography_add_number(&to, FRENCH, "< LOQ", "mg");
    check(&to, "< LOQ" FIRM "mg");
    typography_add_number(&to, FRENCH, "", NULL);
    check(&to, "");
}

static void days_and_instants_are_told_apart_in_both_languages(void **state)
{
    (void)state;
    BUFFER_SCOPE buffer to = BUFFER_EMPTY;
    typography_add_day(&to, FRENCH, "2026-07-11");
    check(&to, "11/07/2026");
    typography_add_day(&to, ENGLISH, "2026-07-11");
    check(&to, "11" FIRM "Jul" FIRM "2026");
    typography_add_day(&to, FRENCH, "2026-13-11");
    check(&to, "2026-13-11");
    typography_add_instant(&to, FRENCH, "2026-01-12T13:32:05.000Z", "Europe/Paris");
    check(&to, "12/01/2026" FIRM "à" FIRM "14" FIRM "h" FIRM "32");
    typography_add_instant(&to, ENGLISH, "2026-01-12T13:32:05.000Z", "Europe/Paris");
    check(&to, "12" FIRM "Jan" FIRM "2026," FIRM "14:32");
    typography_add_instant(&to, ENGLISH, "2026-01-12T13:32:05.000Z", "Mars/Olympus");
    check(&to, "12" FIRM "Jan" FIRM "2026," FIRM "13:32" FIRM "UTC");
    typography_add_instant(&to, ENGLISH, "2026-01-12T13:32:05.000Z", NULL);
    check(&to, "12" FIRM "Jan" FIRM "2026," FIRM "13:32" FIRM "UTC");
    typography_add_time(&to, ENGLISH, "2026-07-12T13:32:05.000Z", "Europe/Paris", true);
    check(&to, "15:32:05");
    typography_add_instant(&to, FRENCH, "yesterday", "Europe/Paris");
    check(&to, "yesterday");
}

static void summer_time_turns_on_the_last_sundays(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"2026-03-29T00:59:59.000Z", "2026-03-29 01:59:59"}, {"2026-03-29T01:00:00.000Z", "2026-03-29 03:00:00"},
        {"2026-10-25T00:59:59.000Z", "2026-10-25 02:59:59"}, {"2026-10-25T01:00:00.000Z", "2026-10-25 02:00:00"},
        {"2026-12-31T23:30:00.000Z", "2027-01-01 00:30:00"},
    };
    char text[20];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(instant_local_text(cases[i][0], "Europe/Paris", text));
        assert_string_equal(text, cases[i][1]);
    }
    assert_false(instant_local_text("2026-01-01", "UTC", text));
}

static void formulas_keep_numbers_of_things_as_they_are(void **state)
{
    (void)state;
    BUFFER_SCOPE buffer to = BUFFER_EMPTY;
    typography_add_formula(&to, FRENCH, "6.503212 g = 300 x 20 mg / 0.922621");
    check(&to, "6,503212" FIRM "g = 300 × 20" FIRM "mg / 0,922621");
    typography_add_formula(&to, FRENCH, "59995.8 mg - (59.4765 g + 0.3100 g) <= -2.0 %");
    check(&to, "59" NARROW "995,8" FIRM "mg − (59,4765" FIRM "g + 0,3100" FIRM "g) ≤ −2,0" FIRM "%");
    typography_add_formula(&to, FRENCH, "MP26-0003 by 2.9.40: 1500 x 0.84 EUR");
    check(&to, "MP26-0003 by 2.9.40: 1" NARROW "500 × 0,84" FIRM "€");
    typography_add_formula(&to, FRENCH, "198.3 ; 190.0 to 210.0 mg");
    check(&to, "198,3 ; 190,0 à 210,0" FIRM "mg");
    typography_add_number(&to, FRENCH, "2000", "CFU/g");
    check(&to, "2" NARROW "000" FIRM "UFC/g");
    typography_add_formula(&to, ENGLISH, "3 EUR x (6.5068 g x 58.00 EUR/g - 1250.5 EUR); 2 EURO");
    check(&to, "€3 × (6.5068" FIRM "g × €58.00/g − €1" NARROW "250.5); 2" FIRM "EURO");
    typography_add_formula(&to, FRENCH, "6 g; 60 - 6.5 = 53.5 g; MP26-0003; 5.50 EUR; 3 x 2");
    check(&to, "6" FIRM "g" NARROW "; 60 − 6,5 = 53,5" FIRM "g" NARROW "; MP26-0003" NARROW "; 5,50" FIRM "€" NARROW "; 3 × 2");
    typography_add_formula(&to, FRENCH, "10^3 x 2 <= 10^4 UFC/g, 10^12, x^2");
    check(&to, "10³ × 2 ≤ 10⁴" FIRM "UFC/g, 10^12, x^2");
    typography_add_formula(&to, ENGLISH, "6 g; 2 g");
    check(&to, "6" FIRM "g; 2" FIRM "g");
    typography_add_number(&to, FRENCH, "<= 3.0 %", NULL);
    check(&to, "≤ 3,0" FIRM "%");
    typography_add_number(&to, FRENCH, "190.0 to 210.0", NULL);
    check(&to, "190,0 à 210,0");
    typography_add_number(&to, ENGLISH, "190.0 to 210.0", "mg");
    check(&to, "190.0 to 210.0" FIRM "mg");
    typography_add_formula(&to, ENGLISH, "2.5 mg +- 0.1 mg");
    check(&to, "2.5" FIRM "mg ± 0.1" FIRM "mg");
}

static void french_sentences_get_their_firm_spaces(void **state)
{
    (void)state;
    BUFFER_SCOPE buffer to = BUFFER_EMPTY;
    typography_add_sentence(&to, FRENCH, "Lot : « l'un » ; prêt ?");
    check(&to, "Lot" FIRM ": «" FIRM "l’un" FIRM "»" NARROW "; prêt" NARROW "?");
    typography_add_sentence(&to, ENGLISH, "Batch : it's ready ?");
    check(&to, "Batch : it’s ready ?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_take_the_signs_of_the_language),
        cmocka_unit_test(days_and_instants_are_told_apart_in_both_languages),
        cmocka_unit_test(summer_time_turns_on_the_last_sundays),
        cmocka_unit_test(formulas_keep_numbers_of_things_as_they_are),
        cmocka_unit_test(french_sentences_get_their_firm_spaces),
    };
    return cmocka_run_group_tests_name("typography", tests, NULL, NULL);
}
