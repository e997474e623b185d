#include "expect.h"

#include "magistral/domain/posology.h"
#include "magistral/domain/wording.h"

static void a_strength_begins_with_its_mass(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t nanograms; /* 0: none */
    } cases[] = {
        {"20 mg", 20000000}, {"0,020 g", 20000000}, {"20 000 µg", 20000000}, {"20\u00A0mg", 20000000}, {"20 mg/gélule", 20000000},
        {"20mg", 20000000}, {"200 mg", 200000000}, {"fort", 0}, {"", 0}, {"20", 0}, {"20 UI", 0}, {"2 x 20 mg", 0}, {"20 mgr", 0}, {"1.2.3 mg", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mass read = {0};
        assert_int_equal(wording_leading_mass(cases[i].text, &read), cases[i].nanograms > 0);
        assert_int_equal(read.nanograms, cases[i].nanograms);
    }
}

static void further_masses_are_found(void **state)
{
    (void)state;
    const char *at = "Association 20 mg + 0,5 g, 3 gélules, 5 mg";
    int64_t expected[] = {20000000, 500000000, 5000000};
    for (size_t i = 0; i < 3; i++) {
        mass read = {0};
        assert_true(wording_next_mass(&at, &read));
        assert_int_equal(read.nanograms, expected[i]);
    }
    mass read;
    assert_false(wording_next_mass(&at, &read));
}

static void a_specification_says_its_limit(void **state)
{
    (void)state;
    enum { NEITHER, FIGURES, WHOLE };
    static const struct {
        const char *text, *limit;
        control_kind kind;
        int says;
    } cases[] = {
        {"95,0 à 105,0 % de la teneur annoncée", "95.0 to 105.0", CONTROL_MEASUREMENT, WHOLE},
        {"95.0 % to 105.0 %", "95.0 to 105.0", CONTROL_MEASUREMENT, WHOLE},
        {"entre 95,0 et 105,0", "95.0 to 105.0", CONTROL_MEASUREMENT, WHOLE},
        {"95,0 – 105,0 %", "95.0 to 105.0", CONTROL_MEASUREMENT, WHOLE},
        {"95,0 à 105,0 %", "50.0 to 500.0", CONTROL_MEASUREMENT, NEITHER},
        {"95 à 105 %", "95.0 to 105.0", CONTROL_MEASUREMENT, NEITHER},
        {"195,0 à 105,0 %", "95.0 to 105.0", CONTROL_MEASUREMENT, NEITHER},
        {"95,0 à 105,0 %", ">= 95.0", CONTROL_MEASUREMENT, FIGURES},
        {"au plus 95,0 %", ">= 95.0", CONTROL_MEASUREMENT, FIGURES},
        {"au moins 95,0 %", ">= 95.0", CONTROL_MEASUREMENT, WHOLE},
        {"≥ 95,0 %", ">= 95.0", CONTROL_MEASUREMENT, WHOLE},
        {"> 95,0 %", ">= 95.0", CONTROL_MEASUREMENT, FIGURES},
        {"not more than 5.0 %", "<= 5.0", CONTROL_MEASUREMENT, WHOLE},
        {"more than 5.0 %", "<= 5.0", CONTROL_MEASUREMENT, FIGURES},
        {"au plus\u00A05,0 %", "<= 5.0", CONTROL_MEASUREMENT, WHOLE},
        {"-5 à 5 mV", "-5 to 5", CONTROL_MEASUREMENT, WHOLE},
        {"5 à 5 mV", "-5 to 5", CONTROL_MEASUREMENT, NEITHER},
        {"Ph. Eur. 2.9.5 ; masse moyenne 190,0 à 210,0 mg", "190.0 to 210.0", CONTROL_MASS_UNIFORMITY, WHOLE},
        {"Ph. Eur. 2.9.5", NULL, CONTROL_MASS_UNIFORMITY, WHOLE},
        {"Valeur d'acceptation au plus 15,0", "<= 15.0", CONTROL_DOSAGE_UNITS, WHOLE},
        {"AV ≤ 15,0", NULL, CONTROL_DOSAGE_UNITS, WHOLE},
        {"AV ≤ 25,0", NULL, CONTROL_DOSAGE_UNITS, NEITHER},
        {"6 unités en 30 min au plus", "<= 30", CONTROL_DISINTEGRATION, WHOLE},
        {"30 min", "<= 30", CONTROL_DISINTEGRATION, FIGURES},
        {"60 min au plus", NULL, CONTROL_DISINTEGRATION, NEITHER},
        {"10³ UFC/g (au plus 2000)", "10^3", CONTROL_MICROBIAL_COUNT, WHOLE},
        {"10^3 UFC/g", "10^3", CONTROL_MICROBIAL_COUNT, WHOLE},
        {"1 000 UFC/g", "10^3", CONTROL_MICROBIAL_COUNT, WHOLE},
        {"10\u00A0000 UFC/g", "10^4", CONTROL_MICROBIAL_COUNT, WHOLE},
        {"10⁶ UFC/g", "10^6", CONTROL_MICROBIAL_COUNT, WHOLE},
        {"10^3 UFC/g", "10^6", CONTROL_MICROBIAL_COUNT, NEITHER},
        {"10^36 UFC/g", "10^3", CONTROL_MICROBIAL_COUNT, NEITHER},
        {"Gélule incolore", NULL, CONTROL_CONFORMITY, WHOLE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool has = wording_has_limit(cases[i].text, cases[i].kind, cases[i].limit), says = wording_says_limit(cases[i].text, cases[i].kind, cases[i].limit);
        if (has != (cases[i].says >= FIGURES) || says != (cases[i].says == WHOLE))
            fail_msg("\"%s\" against \"%s\": figures %d, whole %d", cases[i].text, cases[i].limit ? cases[i].limit : "", has, says);
    }
}

static void a_posology_is_read_only_beyond_doubt(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t units; /* -1: not read */
    } cases[] = {
        {"1 gélule par jour", 1}, {"4 gélules par jour, le matin", 4}, {"2 gélules deux fois par jour", 4}, {"2 gélules 3 x par jour", 6},
        {"Prendre une gélule par jour", 1}, {"one capsule daily", 1}, {"2 capsules twice a day", 4}, {"1 gélule/jour", 1}, {"1 gélule 3x/jour", 3},
        {"4 gélules une fois par jour, le matin à jeun, avec un grand verre d'eau, pendant 28 jours", 4}, {"4 capsules once daily for 28 days", 4},
        {"4 gélules le matin", -1}, {"1 à 2 gélules par jour", -1}, {"1-2 gélules par jour", -1}, {"1/2 gélule par jour", -1}, {"1,5 gélule par jour", -1},
        {"1 gélule par jour puis 2", -1}, {"1 gélule par jour la première semaine, 2 gélules par jour la seconde", -1}, {"Selon l'ordonnance", -1},
        {"jusqu'à 4 gélules par jour", -1}, {"2 gélules par prise, 3 prises par jour", -1}, {"1 gélule par journée", -1}, {"", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t units = -1;
        bool read = posology_daily_units(cases[i].text, &units);
        if (read != (cases[i].units >= 0) || units != cases[i].units)
            fail_msg("\"%s\": %lld", cases[i].text, (long long)units);
    }
}

static void a_kind_of_control_judges_its_own_limits(void **state)
{
    (void)state;
    assert_false(control_judges(CONTROL_DOSAGE_UNITS, "<= 25.0"));
    assert_true(control_judges(CONTROL_DOSAGE_UNITS, "<= 15.0"));
    assert_true(control_judges(CONTROL_DOSAGE_UNITS, NULL));
    assert_false(control_judges(CONTROL_DISINTEGRATION, "20 to 30"));
    assert_false(control_judges(CONTROL_DISINTEGRATION, "< 30"));
    assert_true(control_judges(CONTROL_DISINTEGRATION, "<= 15"));
    assert_false(control_judges(CONTROL_MEASUREMENT, NULL));
    assert_false(control_judges(CONTROL_CONFORMITY, "<= 1"));
    assert_true(control_judges(CONTROL_MICROBIAL_COUNT, "10^3"));
    assert_false(control_judges(CONTROL_MICROBIAL_COUNT, "<= 1000"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_strength_begins_with_its_mass),
        TEST(further_masses_are_found),
        TEST(a_specification_says_its_limit),
        TEST(a_posology_is_read_only_beyond_doubt),
        TEST(a_kind_of_control_judges_its_own_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
