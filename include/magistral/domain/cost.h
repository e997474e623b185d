#ifndef MAGISTRAL_DOMAIN_COST_H
#define MAGISTRAL_DOMAIN_COST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "magistral/base/arena.h"
#include "magistral/base/decimal.h"
#include "magistral/domain/figure.h"
#include "magistral/domain/quantity.h"

/* The real cost of a batch, without profit. Lines are exact; the one rounding is the total's, to the cent.
 * All figures are in EUR. Each function gives a figure whose value is no number when something is out of range (a quantity or
 * price below 0, a received quantity of 0): ask ratio_is_number(); a total of such a line is no number either. */

/* Material of a lot: price paid / quantity received x quantity used, both quantities in the same unit. */
figure cost_of_material(arena *arena, money paid, ratio received, ratio used);

/* Things at a unit price: quantity x price (labels, hours of a hood, one flat sum as 1 x price). */
figure cost_of_quantity(arena *arena, decimal quantity, money unit_price);

/* Time at a rate: minutes x rate per hour / 60. */
figure cost_of_time(arena *arena, decimal minutes, money hourly_rate);

/* A share such as overhead: percent of a sum. */
figure cost_of_share(arena *arena, decimal percent, ratio euros);

/* The sum of lines: exact, except that when no common denominator fits in 127 bits every line is first rounded to 12 decimals. */
figure cost_sum(arena *arena, const figure *lines, size_t count);

/* Rounds a sum to the cent, half away from zero: the batch's cost, once and for all. False when it is no number or too large. */
bool cost_round(ratio euros, money *ret_cost);

/* Cost of one dispensable capsule, to 4 decimals: for display only, never billed. No number when `dispensable` is not above 0. */
figure cost_of_capsule(arena *arena, ratio euros, int64_t dispensable);

/* What a dispensing is charged: the cost of all capsules so far, this dispensing included, rounded to the cent, less what has been
 * charged already. So the charges always add up to the cost, without knowing the dispensings to come. */
typedef struct charge_input {
    money cost;           /* as cost_round() gave it */
    int64_t dispensable;  /* capsules that the cost is spread over, above 0 */
    int64_t so_far;       /* capsules dispensed, this dispensing included; 0 to dispensable */
    money already;        /* charged before this dispensing */
} charge_input;

typedef struct charge_result {
    money charge;
    money remainder; /* of the cost, after this charge: the hospital's if the rest is never dispensed */
    figure figure;   /* the charge, with its formula */
} charge_result;

/* Computes a charge; false for values outside their ranges. */
bool cost_charge(arena *arena, const charge_input *input, charge_result *ret_result);

#endif
