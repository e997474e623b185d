#include "magistral/domain/weighing.h"

#include <string.h>

#include "magistral/base/text.h"

#define TIMES "\xC3\x97"

static const char *const basis_words[] = {
#define WORD(name, word) [name] = word,
    ASSAY_BASES(WORD)
#undef WORD
};

bool assay_basis_parse(const char *word, assay_basis *ret_basis)
{
    for (size_t i = 0; i < sizeof basis_words / sizeof *basis_words; i++)
        if (text_equal(basis_words[i], word)) {
            *ret_basis = (assay_basis)i;
            return true;
        }
    return false;
}

static ratio percent(decimal value)
{
    return ratio_hundredth(ratio_of_decimal(value));
}

/* Grams as a figure: what a formula shows of a mass. */
static const char *in_grams(arena *arena, mass value)
{
    return mass_text(arena, value, "g", 0);
}

bool lot_purity(arena *arena, const correction *correction, figure *ret_purity)
{
    static const decimal most = {150, 0}, whole = {100, 0};
    if (correction->assay.digits <= 0 || decimal_compare(correction->assay, most) > 0)
        return false;
    const char *assay = decimal_text(arena, correction->assay);
    if (correction->basis == ASSAY_AS_IS) {
        *ret_purity = figure_of(arena, percent(correction->assay), NULL, "%s / 100", assay);
        return true;
    }
    if (correction->water.digits < 0 || decimal_compare(correction->water, whole) >= 0)
        return false;
    ratio dry = ratio_subtract(ratio_whole(1), percent(correction->water));
    ratio purity = ratio_multiply(percent(correction->assay), dry);
    if (!ratio_is_number(purity))
        return false;
    *ret_purity = figure_of(arena, purity, NULL, "%s / 100 " TIMES " (1 - %s / 100)", assay,
                            decimal_text(arena, correction->water));
    return true;
}

bool pure_mass_due(arena *arena, const dose_input *input, figure *ret_due)
{
    if (input->units <= 0 || input->dose.nanograms <= 0 || input->overage.digits < 0 || input->salt_factor.digits <= 0)
        return false;
    ratio more = ratio_add(ratio_whole(1), percent(input->overage));
    ratio due = ratio_multiply(ratio_whole(input->units), mass_grams(input->dose));
    due = ratio_multiply(ratio_multiply(due, more), ratio_of_decimal(input->salt_factor));
    if (!ratio_is_number(due))
        return false;
    *ret_due = figure_of(arena, due, "g", "%lld " TIMES " %s g " TIMES " (1 + %s / 100) " TIMES " %s", (long long)input->units,
                         in_grams(arena, input->dose), decimal_text(arena, input->overage),
                         decimal_text(arena, input->salt_factor));
    return true;
}

bool portion_due(arena *arena, ratio pure_due, const portion *weighed, size_t count, ratio purity, figure *ret_due)
{
    BUFFER_SCOPE buffer taken = BUFFER_EMPTY;
    ratio left = pure_due;
    for (size_t i = 0; i < count; i++) {
        left = ratio_subtract(left, ratio_multiply(mass_grams(weighed[i].net), weighed[i].purity));
        buffer_add_format(&taken, " - %s " TIMES " %s", in_grams(arena, weighed[i].net), ratio_text(arena, weighed[i].purity));
    }
    ratio due = ratio_divide(left, purity);
    if (!ratio_is_number(due) || ratio_sign(purity) <= 0)
        return false;
    const char *whole = ratio_text(arena, pure_due), *last = ratio_text(arena, purity);
    *ret_due = count == 0 ? figure_at_places(arena, due, 6, "g", "%s / %s", whole, last)
                          : figure_at_places(arena, due, 6, "g", "(%s%s) / %s", whole, buffer_text(&taken), last);
    return true;
}

bool filler_due(arena *arena, mass total, const mass *weighed, size_t count, figure *ret_due)
{
    BUFFER_SCOPE buffer formula = BUFFER_EMPTY;
    ratio due = mass_grams(total);
    buffer_add_text(&formula, in_grams(arena, total));
    for (size_t i = 0; i < count; i++) {
        due = ratio_subtract(due, mass_grams(weighed[i]));
        buffer_add_format(&formula, " - %s", in_grams(arena, weighed[i]));
    }
    if (!ratio_is_number(due))
        return false;
    *ret_due = figure_at_places(arena, due, 6, "g", "%s", buffer_text(&formula));
    return true;
}

bool blend_of(arena *arena, const portion *weighed, size_t count, int64_t units, blend_result *ret_blend)
{
    BUFFER_SCOPE buffer masses = BUFFER_EMPTY, actives = BUFFER_EMPTY;
    ratio mass = ratio_whole(0), active = ratio_whole(0);
    for (size_t i = 0; i < count; i++) {
        ratio net = mass_grams(weighed[i].net);
        const char *text = in_grams(arena, weighed[i].net);
        mass = ratio_add(mass, net);
        buffer_add_format(&masses, "%s%s", i > 0 ? " + " : "", text);
        if (ratio_sign(weighed[i].purity) == 0)
            continue;
        active = ratio_add(active, ratio_multiply(net, weighed[i].purity));
        buffer_add_format(&actives, "%s%s " TIMES " %s", actives.length > 0 ? " + " : "", text, ratio_text(arena, weighed[i].purity));
    }
    ratio each = units > 0 ? ratio_divide(ratio_multiply(active, ratio_whole(1000)), ratio_whole(units)) : ratio_whole(0);
    if (units <= 0 || !ratio_is_number(mass) || !ratio_is_number(each))
        return false;
    ret_blend->mass = figure_of(arena, mass, "g", "%s", count > 0 ? buffer_text(&masses) : "0");
    ret_blend->active = figure_at_places(arena, active, 6, "g", "%s", actives.length > 0 ? buffer_text(&actives) : "0");
    ret_blend->per_capsule = figure_at_places(arena, each, 4, "mg", "%s / %lld " TIMES " 1000", ret_blend->active.text, (long long)units);
    return true;
}

bool balance_minimum(arena *arena, mass s, mass readability, figure *ret_minimum)
{
    if (s.nanograms < 0 || readability.nanograms <= 0)
        return false;
    ratio least = ratio_multiply(mass_grams(readability), ratio_of(41, 100)), measured = mass_grams(s);
    bool counts = ratio_compare(measured, least) >= 0;
    ratio minimum = ratio_multiply(counts ? measured : least, ratio_whole(2000));
    if (!ratio_is_number(minimum))
        return false;
    const char *spread = in_grams(arena, s);
    if (counts)
        *ret_minimum = figure_of(arena, minimum, "g", "2000 " TIMES " s = 2000 " TIMES " %s", spread);
    else
        *ret_minimum =
            figure_of(arena, minimum, "g", "2000 " TIMES " 0.41 " TIMES " d = 820 " TIMES " %s (s = %s < 0.41 " TIMES " d)",
                      in_grams(arena, readability), spread);
    return true;
}

mass balance_most_tolerance(mass weight)
{
    return (mass){weight.nanograms / 1000};
}

bool balance_check_conforms(mass weight, mass reading, mass tolerance)
{
    int64_t deviation = reading.nanograms - weight.nanograms;
    return (deviation < 0 ? -deviation : deviation) <= tolerance.nanograms;
}

/* Decimals of a gram that the balance shows. */
static int places_of(mass readability)
{
    int places = 9;
    for (int64_t rest = readability.nanograms; places > 0 && rest % 10 == 0; rest /= 10)
        places--;
    return places;
}

static bool round_to(ratio value, mass readability, rounding direction, mass *ret_mass)
{
    int64_t steps;
    return ratio_round_steps(value, mass_grams(readability), direction, &steps) &&
           !__builtin_mul_overflow(steps, readability.nanograms, &ret_mass->nanograms);
}

static void show_target(arena *arena, ratio due, decimal tolerance, mass readability, weighing_target *made)
{
    int places = places_of(readability);
    const char *whole = ratio_text_places(arena, due, 6), *part = decimal_text(arena, tolerance);
    const char *step = in_grams(arena, readability);
    made->target_figure = figure_at_places(arena, mass_grams(made->target), places, "g", "%s (d = %s)", whole, step);
    made->low_figure = figure_at_places(arena, mass_grams(made->low), places, "g",
                                        "%s " TIMES " (1 - %s / 100) (d = %s)", whole, part, step);
    made->high_figure = figure_at_places(arena, mass_grams(made->high), places, "g",
                                         "%s " TIMES " (1 + %s / 100) (d = %s)", whole, part, step);
}

weighing_error weighing_aim(arena *arena, ratio due, decimal tolerance, balance_limits balance, weighing_target *ret_target)
{
    static const decimal whole = {100, 0};
    if (!ratio_is_number(due) || balance.readability.nanograms <= 0)
        return WEIGHING_RANGE;
    if (ratio_sign(due) <= 0)
        return WEIGHING_NOTHING_DUE;
    if (tolerance.digits <= 0 || decimal_compare(tolerance, whole) >= 0)
        return WEIGHING_TOLERANCE;
    ratio width = ratio_multiply(due, percent(tolerance));
    weighing_target made;
    if (!round_to(due, balance.readability, ROUND_HALF_AWAY, &made.target) ||
        !round_to(ratio_subtract(due, width), balance.readability, ROUND_UP, &made.low) ||
        !round_to(ratio_add(due, width), balance.readability, ROUND_DOWN, &made.high))
        return WEIGHING_RANGE;
    if (made.low.nanograms > made.target.nanograms ||
        made.high.nanograms < made.target.nanograms)
        return WEIGHING_TOO_COARSE;
    if (made.target.nanograms < balance.minimum.nanograms)
        return WEIGHING_BELOW_MINIMUM;
    show_target(arena, due, tolerance, balance.readability, &made);
    *ret_target = made;
    return WEIGHING_GOOD;
}

weighing_verdict weighing_judge(const weighing_target *target, mass net)
{
    if (net.nanograms < target->low.nanograms)
        return WEIGHED_UNDER;
    return net.nanograms > target->high.nanograms ? WEIGHED_OVER : WEIGHED_WITHIN;
}

figure weighing_deviation(arena *arena, ratio due, mass net)
{
    ratio deviation = ratio_divide(ratio_subtract(mass_grams(net), due), due);
    const char *whole = ratio_text_places(arena, due, 6);
    return figure_at_places(arena, ratio_multiply(deviation, ratio_whole(100)), 3, "%", "(%s - %s) / %s " TIMES " 100",
                            in_grams(arena, net), whole, whole);
}

bool weighing_net(arena *arena, mass gross, mass tare, mass *ret_net, figure *ret_figure)
{
    if (tare.nanograms < 0 || gross.nanograms <= tare.nanograms)
        return false;
    ret_net->nanograms = gross.nanograms - tare.nanograms;
    *ret_figure = figure_of(arena, mass_grams(*ret_net), "g", "%s - %s", in_grams(arena, gross), in_grams(arena, tare));
    return true;
}
