#include "magistral/domain/cost.h"

#include "magistral/base/text.h"

#define TIMES "\xC3\x97"

enum { CENT = 10000 }; /* micro-euro */

/* The value when it is a number of 0 or more, else no number. */
static ratio not_below_zero(ratio value)
{
    return ratio_is_number(value) && ratio_sign(value) >= 0 ? value : RATIO_NONE;
}

static ratio price(money value)
{
    return not_below_zero(money_euro(value));
}

figure cost_of_material(arena *arena, money paid, ratio received, ratio used)
{
    ratio cost = ratio_multiply(ratio_divide(price(paid), not_below_zero(received)), not_below_zero(used));
    return figure_of(arena, cost, "EUR", "%s " TIMES " %s / %s", ratio_text(arena, used), money_text(arena, paid),
                     ratio_text(arena, received));
}

figure cost_of_quantity(arena *arena, decimal quantity, money unit_price)
{
    ratio cost = ratio_multiply(not_below_zero(ratio_of_decimal(quantity)), price(unit_price));
    return figure_of(arena, cost, "EUR", "%s " TIMES " %s", decimal_text(arena, quantity), money_text(arena, unit_price));
}

figure cost_of_time(arena *arena, decimal minutes, money hourly_rate)
{
    ratio hours = ratio_divide(not_below_zero(ratio_of_decimal(minutes)), ratio_whole(60));
    return figure_of(arena, ratio_multiply(hours, price(hourly_rate)), "EUR", "%s / 60 " TIMES " %s", decimal_text(arena, minutes),
                     money_text(arena, hourly_rate));
}

figure cost_of_share(arena *arena, decimal percent, ratio euros)
{
    ratio share = ratio_hundredth(not_below_zero(ratio_of_decimal(percent)));
    return figure_of(arena, ratio_multiply(share, not_below_zero(euros)), "EUR", "%s / 100 " TIMES " %s",
                     decimal_text(arena, percent), ratio_text(arena, euros));
}

/* Sums lines rounded to 12 decimals: a millionth of a micro-euro. */
static ratio sum_of_rounded(const figure *lines, size_t count)
{
    enum { PLACES = 12 };
    ratio sum = RATIO_ZERO;
    for (size_t i = 0; i < count; i++) {
        decimal line;
        if (!ratio_round(lines[i].value, PLACES, ROUND_HALF_AWAY, &line))
            return RATIO_NONE;
        sum = ratio_add(sum, ratio_of_decimal(line));
    }
    return sum;
}

figure cost_sum(arena *arena, const figure *lines, size_t count)
{
    BUFFER_SCOPE buffer formula = BUFFER_EMPTY;
    ratio sum = RATIO_ZERO;
    for (size_t i = 0; i < count; i++)
        sum = ratio_add(sum, lines[i].value);
    /* Five lots received in odd masses have no common denominator of 127 bits; the pharmacy needs its cost all the same. */
    if (!ratio_is_number(sum))
        sum = sum_of_rounded(lines, count);
    for (size_t i = 0; i < count; i++) {
        buffer_add_format(&formula, "%s%s", i > 0 ? " + " : "", lines[i].text);
    }
    return figure_of(arena, sum, "EUR", "%s", count > 0 ? buffer_text(&formula) : "0");
}

bool cost_round(ratio euros, money *ret_cost)
{
    decimal cents;
    int64_t micro_euro;
    if (!ratio_round(euros, 2, ROUND_HALF_AWAY, &cents) || __builtin_mul_overflow(cents.digits, CENT, &micro_euro))
        return false;
    ret_cost->micro_euro = micro_euro;
    return true;
}

figure cost_of_capsule(arena *arena, ratio euros, int64_t dispensable)
{
    ratio each = dispensable > 0 ? ratio_divide(euros, ratio_whole(dispensable)) : RATIO_NONE;
    return figure_at_places(arena, each, 4, "EUR", "%s / %lld", ratio_text(arena, euros), (long long)dispensable);
}

static bool check(const charge_input *input)
{
    return input->dispensable > 0 && input->so_far >= 0 && input->so_far <= input->dispensable && input->cost.micro_euro >= 0 &&
           input->already.micro_euro >= 0;
}

bool cost_charge(arena *arena, const charge_input *input, charge_result *ret_result)
{
    money due;
    if (!check(input) ||
        !cost_round(ratio_multiply(money_euro(input->cost), ratio_of(input->so_far, input->dispensable)), &due))
        return false;
    charge_result made;
    if (__builtin_sub_overflow(due.micro_euro, input->already.micro_euro, &made.charge.micro_euro) ||
        __builtin_sub_overflow(input->cost.micro_euro, due.micro_euro, &made.remainder.micro_euro))
        return false;
    made.figure = figure_at_places(arena, money_euro(made.charge), 2, "EUR", "%s " TIMES " %lld / %lld - %s",
                                   money_text(arena, input->cost), (long long)input->so_far, (long long)input->dispensable,
                                   money_text(arena, input->already));
    *ret_result = made;
    return true;
}
