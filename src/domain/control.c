#include "magistral/domain/control.h"

#include <string.h>

#include "magistral/domain/comparison.h"
#include "magistral/domain/disintegration.h"
#include "magistral/domain/dosage_units.h"
#include "magistral/domain/entered.h"
#include "magistral/domain/mass_uniformity.h"
#include "magistral/domain/microbial.h"

#define WORD(name, word) [name] = word,
static const char *const kind_words[] = {CONTROL_KINDS(WORD)};
static const char *const verdict_words[] = {CONTROL_VERDICTS(WORD)};
#undef WORD

bool control_kind_parse(const char *word, control_kind *ret_kind)
{
    for (size_t i = 0; i < sizeof kind_words / sizeof *kind_words; i++)
        if (text_equal(kind_words[i], word)) {
            *ret_kind = (control_kind)i;
            return true;
        }
    return false;
}

const char *control_verdict_word(control_verdict verdict)
{
    return verdict_words[verdict];
}

/* The acceptance value is judged against 15.0 at both stages: another limit in a formula is a mistake of the formula. */
static bool is_limit_of_acceptance(const char *text)
{
    limit limit;
    return !text || (limit_parse(text, &limit) && !limit.low.given && limit.high.inclusive &&
                     decimal_compare(limit.high.value, (decimal){150, 1}) == 0);
}

/* A time to disintegrate is at most so many minutes, that time included. */
static bool is_limit_of_minutes(const char *text)
{
    limit limit;
    return !text || (limit_parse(text, &limit) && !limit.low.given && limit.high.inclusive);
}

const char *control_limit(control_kind kind, const char *given)
{
    if (kind == CONTROL_CONFORMITY || kind == CONTROL_MICROBIAL_ABSENCE || given)
        return given;
    return kind == CONTROL_DOSAGE_UNITS ? "<= 15.0" : kind == CONTROL_DISINTEGRATION ? "<= 30" : NULL;
}

bool control_judges(control_kind kind, const char *text)
{
    limit limit;
    decimal most;
    int power;
    switch (kind) {
    case CONTROL_CONFORMITY:
    case CONTROL_MICROBIAL_ABSENCE:
        return !text;
    case CONTROL_MEASUREMENT:
        return text && limit_parse(text, &limit);
    case CONTROL_MASS_UNIFORMITY:
        return !text || limit_parse(text, &limit);
    case CONTROL_DOSAGE_UNITS:
        return is_limit_of_acceptance(text);
    case CONTROL_DISINTEGRATION:
        return is_limit_of_minutes(text);
    case CONTROL_MICROBIAL_COUNT:
        return text && microbial_parse(text, &power) && microbial_most(power, &most);
    }
    return false;
}

size_t control_further_units(control_kind kind)
{
    if (kind == CONTROL_DOSAGE_UNITS)
        return DOSAGE_ALL_UNITS - DOSAGE_FIRST_UNITS;
    return kind == CONTROL_DISINTEGRATION ? DISINTEGRATION_ALL_UNITS - DISINTEGRATION_FIRST_UNITS : 0;
}

size_t control_expected(const control_specification *specification, int stage, const char *series)
{
    bool weighed = specification->kind == CONTROL_MASS_UNIFORMITY;
    if (weighed == (strcmp(series, "value") == 0))
        return 0;
    if (weighed)
        return UNIFORMITY_UNITS;
    size_t first = specification->kind == CONTROL_DOSAGE_UNITS      ? DOSAGE_FIRST_UNITS
                   : specification->kind == CONTROL_DISINTEGRATION ? DISINTEGRATION_FIRST_UNITS
                                                                    : specification->replicates;
    return stage == 2 ? first + control_further_units(specification->kind) : first;
}

static const char *one_of(const char *text, const char *const words[][2], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(text, words[i][0]) == 0)
            return words[i][1];
    return NULL;
}

/* A value with a sign before it (< <= > >=), each part read for itself. */
static const char *read_stated(arena *arena, const char *text, const char *unit, bool scaled, entered_unit entered)
{
    size_t sign = strspn(text, "<>= ");
    const char *why, *number = text + sign;
    decimal value;
    stated stated;
    if (scaled) {
        if (!entered_parse(number, entered, &value, &why) || value.digits < 0)
            return NULL;
        number = decimal_text(arena, value);
    } else if (unit && strlen(number) > strlen(unit) && strcmp(number + strlen(number) - strlen(unit), unit) == 0) {
        number = arena_copy(arena, number, strlen(number) - strlen(unit));
    }
    const char *whole = arena_format(arena, "%.*s%s", (int)sign, text, number);
    return stated_parse(whole, &stated) ? stated_text(arena, stated) : NULL;
}

/* A specification that admits negative values names one in its limit, or is of a quantity whose zero is a convention. */
static bool admits_negative(const control_specification *specification)
{
    static const char *const units[] = {("\xC2\xB0" "C"), "\xC2\xB0", "mV"};
    limit limit;
    if (specification->kind != CONTROL_MEASUREMENT)
        return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (text_equal(specification->unit, units[i]))
            return true;
    return specification->limit && limit_parse(specification->limit, &limit) &&
           ((limit.low.given && limit.low.value.digits < 0) || (limit.high.given && limit.high.value.digits < 0));
}

bool control_is_below_zero(const control_specification *specification, const char *text)
{
    bool words = specification->kind == CONTROL_CONFORMITY || specification->kind == CONTROL_MICROBIAL_ABSENCE;
    text += strspn(text, "<>= ");
    return !words && (*text == '-' || text_starts(text, "\xE2\x88\x92")) && !admits_negative(specification);
}

bool control_is_outside(const control_specification *specification, const char *value)
{
    limit limit;
    stated stated;
    return specification->kind == CONTROL_MEASUREMENT && specification->replicates > 1 && specification->limit &&
           limit_parse(specification->limit, &limit) && stated_parse(value, &stated) &&
           limit_judge(&limit, stated) == JUDGED_DOES_NOT_COMPLY;
}

bool control_read_value(arena *arena, const control_specification *specification, const char *text, const char **ret_value)
{
    static const char *const conformity[][2] = {{"conforms", "conforms"}, {"does not conform", "does not conform"}, {"conforme", "conforms"},
                                                {"non conforme", "does not conform"}};
    static const char *const absence[][2] = {{"absent", "absent"}, {"absence", "absent"}, {"present", "present"},
                                             {"présence", "present"}, {"présent", "present"}};
    bool percent = specification->unit && strcmp(specification->unit, "%") == 0;
    const char *value = NULL;
    switch (specification->kind) {
    case CONTROL_CONFORMITY:
        value = one_of(text, conformity, sizeof conformity / sizeof *conformity);
        break;
    case CONTROL_MICROBIAL_ABSENCE:
        value = one_of(text, absence, sizeof absence / sizeof *absence);
        break;
    case CONTROL_MEASUREMENT:
        value = read_stated(arena, text, specification->unit, false, ENTERED_PERCENT);
        break;
    case CONTROL_MASS_UNIFORMITY:
        value = read_stated(arena, text, NULL, true, ENTERED_MILLIGRAMS);
        break;
    case CONTROL_DOSAGE_UNITS:
        value = read_stated(arena, text, NULL, true, percent ? ENTERED_PERCENT : ENTERED_MILLIGRAMS);
        break;
    case CONTROL_DISINTEGRATION:
        value = read_stated(arena, text, NULL, true, ENTERED_MINUTES);
        break;
    case CONTROL_MICROBIAL_COUNT:
        value = read_stated(arena, text, NULL, true, ENTERED_COLONIES);
        break;
    }
    bool exact = specification->kind == CONTROL_MASS_UNIFORMITY || specification->kind == CONTROL_DOSAGE_UNITS;
    if (!value || (exact && strpbrk(value, "<>")) || control_is_below_zero(specification, value))
        return false;
    *ret_value = value;
    return true;
}

static decimal *decimals_of(arena *arena, const control_series *series)
{
    decimal *values = arena_array(arena, series->count + 1, sizeof *values);
    for (size_t i = 0; i < series->count; i++)
        if (decimal_parse(series->values[i], &values[i]) != DECIMAL_GOOD)
            return NULL;
    return values;
}

static void put(answer *to, const char *name, figure figure)
{
    put_figure(to, name, figure.text, figure.unit, figure.formula);
}

/* Three decimals of a mean or of a bound are enough on paper; the computation keeps them all. */
static void print(arena *arena, answer *to, const char *name, figure figure)
{
    figure.text = ratio_text_at_most(arena, figure.value, DOSAGE_PRINTED_PLACES);
    put(to, name, figure);
}

static const char *joined(arena *arena, const control_series *series, const char *between)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    for (size_t i = 0; i < series->count; i++)
        buffer_add_format(&text, "%s%s", i ? between : "", series->values[i]);
    return arena_text(arena, buffer_text(&text));
}

/* Every value is judged for itself: one that fails is enough. */
static control_error judge_words(const control_series *series, const char *good, const char *bad, control_judged *judged)
{
    judged->verdict = CONTROL_COMPLIES;
    for (size_t i = 0; i < series->count; i++)
        if (strcmp(series->values[i], good) != 0)
            judged->verdict = CONTROL_DOES_NOT_COMPLY;
    put_state(judged->computation, "conclusion", judged->verdict == CONTROL_COMPLIES ? good : bad);
    return CONTROL_GOOD;
}

static control_error mean_of(const control_series *series, ratio *ret_mean, bool *ret_exact)
{
    ratio sum = RATIO_ZERO;
    *ret_exact = true;
    for (size_t i = 0; i < series->count; i++) {
        stated value;
        if (!stated_parse(series->values[i], &value))
            return CONTROL_RANGE;
        if (value.kind != STATED_EXACT)
            *ret_exact = false;
        else
            sum = ratio_add(sum, ratio_of_decimal(value.value));
    }
    *ret_mean = ratio_divide(sum, ratio_whole((int64_t)series->count));
    return CONTROL_GOOD;
}

/* Replicates of which one is stated as "< 10" have no mean: each is judged, and all must comply. */
static control_error judge_each(arena *arena, const control_series *series, const limit *limit, control_judged *judged)
{
    judged->verdict = CONTROL_COMPLIES;
    for (size_t i = 0; i < series->count; i++) {
        stated value;
        if (!stated_parse(series->values[i], &value))
            return CONTROL_RANGE;
        judgement one = limit_judge(limit, value);
        if (one == JUDGED_IMPOSSIBLE)
            return CONTROL_IMPOSSIBLE;
        if (one == JUDGED_DOES_NOT_COMPLY)
            judged->verdict = CONTROL_DOES_NOT_COMPLY;
    }
    put_text(judged->computation, "each", joined(arena, series, ", "));
    return CONTROL_GOOD;
}

static control_error judge_mean(arena *arena, const limit *limit, ratio mean, const char *unit, const char *formula, const char *of,
                                control_judged *judged)
{
    decimal rounded;
    judgement made = limit_judge_value(limit, mean, &rounded);
    if (made == JUDGED_IMPOSSIBLE)
        return CONTROL_RANGE;
    const char *text = ratio_text(arena, mean);
    if (formula)
        put_figure(judged->computation, "mean", text, unit, formula);
    put_figure(judged->computation, of, decimal_text(arena, rounded), unit,
               arena_format(arena, "%s \xE2\x86\x92 %s; %s", text, decimal_text(arena, rounded), limit_text(arena, limit)));
    judged->verdict = made == JUDGED_COMPLIES ? CONTROL_COMPLIES : CONTROL_DOES_NOT_COMPLY;
    return CONTROL_GOOD;
}

static control_error judge_measurement(arena *arena, const control_specification *specification, const control_series *series,
                                       control_judged *judged)
{
    limit limit;
    ratio mean;
    bool exact;
    if (!specification->limit || !limit_parse(specification->limit, &limit))
        return CONTROL_LIMIT;
    control_error error = mean_of(series, &mean, &exact);
    if (error != CONTROL_GOOD)
        return error;
    const char *formula = arena_format(arena, "X = (%s) / %zu", joined(arena, series, " + "), series->count);
    return exact ? judge_mean(arena, &limit, mean, specification->unit, formula, "rounded", judged)
                 : judge_each(arena, series, &limit, judged);
}

static control_error judge_masses(arena *arena, const control_specification *specification, const control_values *values,
                                  control_judged *judged)
{
    uniformity_input input = {.gross = decimals_of(arena, &values->gross), .count = values->gross.count,
                              .shells = decimals_of(arena, &values->shell), .shell_count = values->shell.count};
    uniformity_result result = {0};
    limit limit;
    if (!input.gross || !input.shells)
        return CONTROL_RANGE;
    uniformity_error error = mass_uniformity_judge(arena, &input, &result);
    if (error != UNIFORMITY_GOOD)
        return error == UNIFORMITY_CONTENT ? CONTROL_CONTENT : CONTROL_RANGE;
    put(judged->computation, "mean", result.mean);
    print(arena, judged->printed, "mean", result.mean);
    put(judged->computation, "s", result.s);
    put(judged->computation, "limit_percent", result.limit);
    put(judged->computation, "smallest", result.lowest);
    put(judged->computation, "largest", result.highest);
    put_count(judged->computation, "outside", (int64_t)result.outside);
    put_count(judged->computation, "outside_twice", (int64_t)result.outside_twice);
    answer *contents = put_list(judged->computation, "contents"), *deviations = put_list(judged->computation, "deviations");
    for (size_t i = 0; i < UNIFORMITY_UNITS; i++) {
        answer_add(contents, answer_make(arena, ANSWER_DECIMAL, decimal_text(arena, result.contents[i]), NULL, NULL));
        answer_add(deviations, answer_make(arena, ANSWER_DECIMAL, result.deviations[i].text, NULL, NULL));
    }
    judged->verdict = result.complies ? CONTROL_COMPLIES : CONTROL_DOES_NOT_COMPLY;
    if (!specification->limit)
        return CONTROL_GOOD;
    if (!limit_parse(specification->limit, &limit))
        return CONTROL_LIMIT;
    control_judged of_mean = {.computation = judged->computation};
    control_error judged_mean = judge_mean(arena, &limit, result.mean.value, "mg", NULL, "mean_rounded", &of_mean);
    if (of_mean.verdict != CONTROL_COMPLIES)
        judged->verdict = CONTROL_DOES_NOT_COMPLY;
    return judged_mean;
}

static control_error judge_contents(arena *arena, const control_specification *specification, const control_series *series,
                                    control_judged *judged)
{
    static const control_verdict verdicts[] = {[DOSAGE_COMPLIES] = CONTROL_COMPLIES, [DOSAGE_TEST_20_MORE] = CONTROL_TEST_20_MORE,
                                               [DOSAGE_DOES_NOT_COMPLY] = CONTROL_DOES_NOT_COMPLY};
    bool percent = specification->unit && strcmp(specification->unit, "%") == 0;
    dosage_input input = {.contents = decimals_of(arena, series), .count = series->count,
                          .claim = percent ? NULL : &specification->claim};
    dosage_result result = {0};
    if (!is_limit_of_acceptance(specification->limit))
        return CONTROL_LIMIT;
    if (!input.contents)
        return CONTROL_RANGE;
    dosage_error error = dosage_units_judge(arena, &input, &result);
    if (error != DOSAGE_GOOD)
        return error == DOSAGE_NEGATIVE ? CONTROL_CONTENT : CONTROL_RANGE;
    answer *to = judged->computation;
    put(to, "mean", result.mean);
    put(to, "s", result.s);
    put(to, "k", result.k);
    put(to, "M", result.reference);
    put(to, "AV", result.acceptance_value);
    put(to, "AV_rounded", result.rounded);
    put(to, "low", result.low);
    put(to, "high", result.high);
    put_count(to, "outside", (int64_t)result.outside);
    put(judged->printed, "s", result.s_printed);
    put(judged->printed, "AV", result.value_printed);
    print(arena, judged->printed, "mean", result.mean);
    print(arena, judged->printed, "M", result.reference);
    print(arena, judged->printed, "low", result.low);
    print(arena, judged->printed, "high", result.high);
    judged->verdict = verdicts[result.verdict];
    return CONTROL_GOOD;
}

static control_error judge_minutes(arena *arena, const control_specification *specification, const control_series *series,
                                   control_judged *judged)
{
    static const control_verdict verdicts[] = {[DISINTEGRATION_COMPLIES] = CONTROL_COMPLIES,
                                               [DISINTEGRATION_TEST_12_MORE] = CONTROL_TEST_12_MORE,
                                               [DISINTEGRATION_DOES_NOT_COMPLY] = CONTROL_DOES_NOT_COMPLY};
    decimal most = decimal_whole(DISINTEGRATION_USUAL_MINUTES), longest = decimal_whole(0);
    disintegration_unit *units = arena_array(arena, series->count, sizeof *units);
    disintegration_result result = {0};
    limit limit;
    if (!is_limit_of_minutes(specification->limit))
        return CONTROL_LIMIT;
    if (specification->limit && limit_parse(specification->limit, &limit))
        most = limit.high.value;
    for (size_t i = 0; i < series->count; i++) {
        stated value;
        if (!stated_parse(series->values[i], &value))
            return CONTROL_RANGE;
        bool above = value.kind == STATED_ABOVE || value.kind == STATED_AT_LEAST;
        if ((above && decimal_compare(value.value, most) < 0) || (!above && value.kind != STATED_EXACT))
            return CONTROL_IMPOSSIBLE;
        units[i] = (disintegration_unit){.disintegrated = !above, .minutes = value.value};
        longest = decimal_compare(value.value, longest) > 0 ? value.value : longest;
    }
    if (!disintegration_judge(units, series->count, most, &result))
        return CONTROL_RANGE;
    put_count(judged->computation, "disintegrated", (int64_t)result.disintegrated);
    put_decimal(judged->computation, "limit", decimal_text(arena, most), "min");
    put_decimal(judged->computation, "longest", decimal_text(arena, longest), "min");
    judged->verdict = verdicts[result.verdict];
    return CONTROL_GOOD;
}

static control_error judge_colonies(arena *arena, const control_specification *specification, const control_series *series,
                                    control_judged *judged)
{
    int power;
    decimal most;
    if (!specification->limit || !microbial_parse(specification->limit, &power) || !microbial_most(power, &most))
        return CONTROL_LIMIT;
    judged->verdict = CONTROL_COMPLIES;
    for (size_t i = 0; i < series->count; i++) {
        stated value;
        judgement one = stated_parse(series->values[i], &value) ? microbial_judge(power, value) : JUDGED_IMPOSSIBLE;
        if (one == JUDGED_IMPOSSIBLE)
            return CONTROL_IMPOSSIBLE;
        if (one == JUDGED_DOES_NOT_COMPLY)
            judged->verdict = CONTROL_DOES_NOT_COMPLY;
    }
    put_text(judged->computation, "each", joined(arena, series, ", "));
    put_figure(judged->computation, "maximum", decimal_text(arena, most), "CFU/g",
               arena_format(arena, "2 x 10^%d = %s", power, decimal_text(arena, most)));
    return CONTROL_GOOD;
}

static bool is_complete(const control_specification *specification, const control_values *values, int stage)
{
    return values->value.count == control_expected(specification, stage, "value") &&
           values->gross.count == control_expected(specification, stage, "gross") &&
           values->shell.count == control_expected(specification, stage, "shell");
}

static control_error judge(arena *arena, const control_specification *specification, const control_values *values, control_judged *judged)
{
    switch (specification->kind) {
    case CONTROL_CONFORMITY:
        return judge_words(&values->value, "conforms", "does not conform", judged);
    case CONTROL_MICROBIAL_ABSENCE:
        return judge_words(&values->value, "absent", "present", judged);
    case CONTROL_MEASUREMENT:
        return judge_measurement(arena, specification, &values->value, judged);
    case CONTROL_MASS_UNIFORMITY:
        return judge_masses(arena, specification, values, judged);
    case CONTROL_DOSAGE_UNITS:
        return judge_contents(arena, specification, &values->value, judged);
    case CONTROL_DISINTEGRATION:
        return judge_minutes(arena, specification, &values->value, judged);
    case CONTROL_MICROBIAL_COUNT:
        return judge_colonies(arena, specification, &values->value, judged);
    }
    return CONTROL_LIMIT;
}

control_error control_judge(arena *arena, const control_specification *specification, const control_values *values, int stage,
                            control_judged *ret_judged)
{
    control_judged made = {.computation = answer_object(arena), .printed = answer_object(arena)};
    if (!is_complete(specification, values, stage))
        return CONTROL_INCOMPLETE;
    size_t units = values->value.count ? values->value.count : values->gross.count;
    put_count(made.computation, "n", (int64_t)units);
    control_error error = judge(arena, specification, values, &made);
    if (error != CONTROL_GOOD)
        return error;
    put_state(made.computation, "verdict", control_verdict_word(made.verdict));
    *ret_judged = made;
    return CONTROL_GOOD;
}
