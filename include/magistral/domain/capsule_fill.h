#ifndef MAGISTRAL_DOMAIN_CAPSULE_FILL_H
#define MAGISTRAL_DOMAIN_CAPSULE_FILL_H

#include <stdbool.h>

#include "magistral/base/arena.h"
#include "magistral/base/decimal.h"
#include "magistral/domain/figure.h"
#include "magistral/domain/quantity.h"

/* How one capsule is filled; for the formula, before anything is weighed. */
typedef struct fill_input {
    mass dose;              /* of the active moiety in one capsule */
    ratio purity;           /* of the lot as supplied, with the salt factor divided out */
    mass content;           /* content of one capsule */
    decimal active_density; /* tapped, g/mL */
    decimal filler_density; /* tapped, g/mL */
    volume capacity;        /* of the shell's body */
} fill_input;

typedef struct fill_result {
    figure active; /* as supplied, mg, to 3 decimals */
    figure filler; /* quantum satis, mg, to 3 decimals */
    figure volume; /* mL, to 5 decimals */
    figure filled; /* % of the capacity, to 1 decimal: 80 to 95 is usual */
} fill_result;

/* Computes the fill; false when a mass, density or capacity is not above 0, or the active substance alone exceeds the content. */
bool capsule_fill(arena *arena, const fill_input *input, fill_result *ret_result);

#endif
