#include "magistral/domain/mass_uniformity.h"

#include "magistral/domain/statistics.h"

static uniformity_error contents_of(const uniformity_input *input, decimal contents[UNIFORMITY_UNITS])
{
    if (input->count != UNIFORMITY_UNITS || (input->shell_count != UNIFORMITY_UNITS && input->shell_count > 1))
        return UNIFORMITY_COUNT;
    for (size_t i = 0; i < UNIFORMITY_UNITS; i++) {
        decimal shell = input->shell_count ? input->shells[input->shell_count == 1 ? 0 : i] : decimal_whole(0);
        if (!decimal_subtract(input->gross[i], shell, &contents[i]))
            return UNIFORMITY_RANGE;
        if ((input->shell_count && shell.digits <= 0) || contents[i].digits <= 0)
            return UNIFORMITY_CONTENT;
    }
    return UNIFORMITY_GOOD;
}

ratio mass_uniformity_limit(ratio mean)
{
    return ratio_compare(mean, ratio_whole(300)) < 0 ? ratio_whole(10) : ratio_of(15, 2);
}

static void show_sample(arena *arena, const statistics *sample, uniformity_result *result)
{
    result->mean = figure_of(arena, sample->mean, "mg", "X = \xCE\xA3x / n = %s / %zu", ratio_text(arena, sample->sum),
                             sample->count);
    ratio squares = ratio_multiply(sample->variance, ratio_whole((int64_t)sample->count - 1));
    result->s = figure_of(arena, sample->standard_deviation, "mg",
                          "s = \xE2\x88\x9A(\xCE\xA3(x - X)\xC2\xB2 / (n - 1)) = \xE2\x88\x9A(%s / %zu)",
                          ratio_text(arena, squares), sample->count - 1);
    bool light = ratio_compare(sample->mean, ratio_whole(300)) < 0;
    result->limit = figure_of(arena, mass_uniformity_limit(sample->mean), "%", "X = %s %s 300", result->mean.text,
                              light ? "<" : ">=");
}

static bool judge_units(arena *arena, uniformity_result *result)
{
    ratio mean = result->mean.value, limit = result->limit.value, twice = ratio_multiply(limit, ratio_whole(2));
    for (size_t i = 0; i < UNIFORMITY_UNITS; i++) {
        ratio difference = ratio_subtract(ratio_of_decimal(result->contents[i]), mean);
        ratio percent = ratio_divide(ratio_multiply(difference, ratio_whole(100)), mean);
        if (!ratio_is_number(percent))
            return false;
        figure deviation = figure_at_places(arena, percent, 4, "%", "(%s - %s) / %s \xC3\x97 100",
                                            decimal_text(arena, result->contents[i]), result->mean.text, result->mean.text);
        result->deviations[i] = deviation;
        if (i == 0 || ratio_compare(percent, result->lowest.value) < 0)
            result->lowest = deviation;
        if (i == 0 || ratio_compare(percent, result->highest.value) > 0)
            result->highest = deviation;
        result->outside += ratio_compare(ratio_absolute(percent), limit) > 0;
        result->outside_twice += ratio_compare(ratio_absolute(percent), twice) > 0;
    }
    return true;
}

uniformity_error mass_uniformity_judge(arena *arena, const uniformity_input *input, uniformity_result *ret_result)
{
    uniformity_result made = {.outside = 0};
    statistics sample;
    uniformity_error error = contents_of(input, made.contents);
    if (error != UNIFORMITY_GOOD)
        return error;
    if (!statistics_of(made.contents, UNIFORMITY_UNITS, &sample))
        return UNIFORMITY_RANGE;
    show_sample(arena, &sample, &made);
    if (!judge_units(arena, &made))
        return UNIFORMITY_RANGE;
    made.complies = made.outside <= 2 && made.outside_twice == 0;
    *ret_result = made;
    return UNIFORMITY_GOOD;
}
