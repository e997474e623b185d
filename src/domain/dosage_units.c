#include "magistral/domain/dosage_units.h"

#include "magistral/domain/statistics.h"

#define TIMES "\xC3\x97"

/* The sample in percent of the claim, and the numbers of the test as exact fractions. */
typedef struct sample {
    statistics measured; /* as entered */
    ratio factor;        /* percent of the claim for one unit of what was entered */
    ratio mean, variance, s;
    ratio target, reference, k, offset;
} sample;

static ratio tenths(int64_t digits)
{
    return ratio_of(digits, 10);
}

static bool is_above_zero(const decimal *value)
{
    return !value || value->digits > 0;
}

static dosage_error check(const dosage_input *input)
{
    if (input->count != DOSAGE_FIRST_UNITS && input->count != DOSAGE_ALL_UNITS)
        return DOSAGE_COUNT;
    if (!is_above_zero(input->claim) || !is_above_zero(input->target))
        return DOSAGE_CLAIM;
    for (size_t i = 0; i < input->count; i++)
        if (input->contents[i].digits < 0)
            return DOSAGE_NEGATIVE;
    return DOSAGE_GOOD;
}

/* M: the mean itself between 98.5 % and 101.5 % (or T where T is above 101.5 %), else the nearer of the two. */
static ratio reference_of(ratio mean, ratio target)
{
    ratio low = tenths(985), high = tenths(1015);
    if (ratio_compare(target, high) > 0)
        high = target;
    if (ratio_compare(mean, low) < 0)
        return low;
    return ratio_compare(mean, high) > 0 ? high : mean;
}

ratio dosage_units_reference(ratio mean)
{
    return reference_of(mean, ratio_whole(100));
}

static bool measure(const dosage_input *input, sample *ret_sample)
{
    sample made = {.factor = RATIO_ZERO};
    if (!statistics_of(input->contents, input->count, &made.measured))
        return false;
    made.factor = input->claim ? ratio_divide(ratio_whole(100), ratio_of_decimal(*input->claim)) : ratio_whole(1);
    made.mean = ratio_multiply(made.measured.mean, made.factor);
    made.variance = ratio_multiply(made.measured.variance, ratio_multiply(made.factor, made.factor));
    made.s = ratio_square_root(made.variance, 18);
    made.target = input->target ? ratio_of_decimal(*input->target) : ratio_whole(100);
    made.k = input->count == DOSAGE_FIRST_UNITS ? tenths(24) : tenths(20);
    if (!ratio_is_number(made.mean) || !ratio_is_number(made.s))
        return false;
    made.reference = reference_of(made.mean, made.target);
    made.offset = ratio_absolute(ratio_subtract(made.reference, made.mean));
    *ret_sample = made;
    return ratio_is_number(made.offset);
}

/* True when |M - X| + k s is at least `bound`, decided on squares, so that the digits of a root never decide a verdict. */
static bool reaches(const sample *sample, ratio bound, bool *ret_reaches)
{
    ratio rest = ratio_subtract(bound, sample->offset);
    ratio spread = ratio_multiply(ratio_multiply(sample->k, sample->k), sample->variance);
    ratio square = ratio_multiply(rest, rest);
    if (!ratio_is_number(rest) || !ratio_is_number(spread) || !ratio_is_number(square))
        return false;
    *ret_reaches = ratio_sign(rest) <= 0 || ratio_compare(spread, square) >= 0;
    return true;
}

/* Rounds `value`, which is |M - X| + k s of this sample, half up: one decimal decides, three are printed. */
static bool round_exactly(const sample *sample, ratio value, int places, decimal *ret_rounded)
{
    decimal rounded;
    bool above, below;
    int64_t halves = 2;
    for (int i = 0; i < places; i++)
        halves *= 10;
    if (!ratio_round(value, places, ROUND_HALF_AWAY, &rounded) ||
        !reaches(sample, ratio_of(2 * rounded.digits + 1, halves), &above) ||
        !reaches(sample, ratio_of(2 * rounded.digits - 1, halves), &below))
        return false;
    if (above)
        rounded.digits++;
    else if (!below)
        rounded.digits--;
    *ret_rounded = rounded;
    return true;
}

static void show_sample(arena *arena, const dosage_input *input, const sample *sample, dosage_result *result)
{
    const char *sum = ratio_text(arena, sample->measured.sum);
    if (input->claim)
        result->mean = figure_of(arena, sample->mean, "%", "X = \xCE\xA3x / n " TIMES " 100 / D = %s / %zu " TIMES " 100 / %s",
                                 sum, input->count, decimal_text(arena, *input->claim));
    else
        result->mean = figure_of(arena, sample->mean, "%", "X = \xCE\xA3x / n = %s / %zu", sum, input->count);
    ratio squares = ratio_multiply(sample->variance, ratio_whole((int64_t)input->count - 1));
    result->s = figure_of(arena, ratio_square_root(sample->variance, 15), "%",
                          "s = \xE2\x88\x9A(\xCE\xA3(x - X)\xC2\xB2 / (n - 1)) = \xE2\x88\x9A(%s / %zu)",
                          ratio_text(arena, squares), input->count - 1);
    result->k = figure_at_places(arena, sample->k, 1, NULL, "n = %zu", input->count);
}

static void show_reference(arena *arena, const sample *sample, dosage_result *result)
{
    bool beyond = ratio_compare(sample->target, tenths(1015)) > 0;
    const char *high = beyond ? ratio_text(arena, sample->target) : "101.5";
    const char *mean = result->mean.text;
    int low_order = ratio_compare(sample->mean, tenths(985));
    ratio reference = sample->reference;
    if (low_order < 0)
        result->reference = figure_of(arena, reference, "%", "M = 98.5 (X = %s < 98.5)", mean);
    else if (ratio_compare(sample->mean, reference) > 0)
        result->reference = figure_of(arena, reference, "%", "M = %s (X = %s > %s)", high, mean, high);
    else
        result->reference = figure_of(arena, reference, "%", "M = X (98.5 <= %s <= %s)", mean, high);
    const char *m = result->reference.text;
    result->low = figure_of(arena, ratio_multiply(reference, ratio_of(3, 4)), "%",
                            "(1 - 0.01 " TIMES " 25.0) " TIMES " M = 0.75 " TIMES " %s", m);
    result->high = figure_of(arena, ratio_multiply(reference, ratio_of(5, 4)), "%",
                             "(1 + 0.01 " TIMES " 25.0) " TIMES " M = 1.25 " TIMES " %s", m);
}

static bool show_printed(arena *arena, const sample *measured, ratio value, dosage_result *result)
{
    sample spread = *measured; /* s alone: nothing before it, once */
    decimal s, rounded;
    spread.offset = RATIO_ZERO;
    spread.k = ratio_whole(1);
    if (!round_exactly(&spread, spread.s, DOSAGE_PRINTED_PLACES, &s) || !round_exactly(measured, value, DOSAGE_PRINTED_PLACES, &rounded))
        return false;
    result->s_printed = figure_at_places(arena, ratio_of_decimal(s), DOSAGE_PRINTED_PLACES, "%", "%s", result->s.formula);
    result->value_printed =
        figure_at_places(arena, ratio_of_decimal(rounded), DOSAGE_PRINTED_PLACES, NULL,
                         "AV = |M - X| + k " TIMES " s = |%s - %s| + %s " TIMES " %s",
                         ratio_text_at_most(arena, measured->reference, DOSAGE_PRINTED_PLACES),
                         ratio_text_at_most(arena, measured->mean, DOSAGE_PRINTED_PLACES), result->k.text, result->s_printed.text);
    return true;
}

static bool show_acceptance(arena *arena, const sample *sample, dosage_result *result)
{
    ratio value = ratio_add(sample->offset, ratio_multiply(sample->k, sample->s));
    decimal rounded;
    if (!ratio_is_number(value) || !round_exactly(sample, value, 1, &rounded))
        return false;
    result->acceptance_value = figure_of(arena, value, NULL, "AV = |M - X| + k " TIMES " s = |%s - %s| + %s " TIMES " %s",
                                         result->reference.text, result->mean.text, result->k.text, result->s.text);
    ratio square = ratio_multiply(sample->s, sample->s);
    if (!ratio_is_number(square) || ratio_compare(square, sample->variance) != 0) /* no exact root: 15 digits are sure */
        result->acceptance_value.text = ratio_text_significant(arena, value, 15);
    result->rounded = figure_at_places(arena, ratio_of_decimal(rounded), 1, NULL, "AV = %s", result->acceptance_value.text);
    return show_printed(arena, sample, value, result);
}

static size_t count_outside(const dosage_input *input, const sample *sample, const dosage_result *result, bool *ret_counted)
{
    size_t outside = 0;
    *ret_counted = ratio_is_number(result->low.value) && ratio_is_number(result->high.value);
    for (size_t i = 0; i < input->count && *ret_counted; i++) {
        ratio percent = ratio_multiply(ratio_of_decimal(input->contents[i]), sample->factor);
        *ret_counted = ratio_is_number(percent);
        if (*ret_counted &&
            (ratio_compare(percent, result->low.value) < 0 || ratio_compare(percent, result->high.value) > 0))
            outside++;
    }
    return outside;
}

static dosage_verdict verdict_of(const dosage_result *result)
{
    bool acceptable = ratio_compare(result->rounded.value, tenths(150)) <= 0;
    if (result->count == DOSAGE_FIRST_UNITS)
        return acceptable ? DOSAGE_COMPLIES : DOSAGE_TEST_20_MORE;
    return acceptable && result->outside == 0 ? DOSAGE_COMPLIES : DOSAGE_DOES_NOT_COMPLY;
}

dosage_error dosage_units_judge(arena *arena, const dosage_input *input, dosage_result *ret_result)
{
    sample sample;
    dosage_result made = {.count = input->count};
    bool counted;
    dosage_error error = check(input);
    if (error != DOSAGE_GOOD)
        return error;
    if (!measure(input, &sample))
        return DOSAGE_RANGE;
    show_sample(arena, input, &sample, &made);
    show_reference(arena, &sample, &made);
    if (!show_acceptance(arena, &sample, &made))
        return DOSAGE_RANGE;
    made.outside = count_outside(input, &sample, &made, &counted);
    if (!counted)
        return DOSAGE_RANGE;
    made.verdict = verdict_of(&made);
    *ret_result = made;
    return DOSAGE_GOOD;
}
