#ifndef MAGISTRAL_DOMAIN_WEIGHING_H
#define MAGISTRAL_DOMAIN_WEIGHING_H

#include <stdbool.h>
#include <stddef.h>

#include "magistral/base/arena.h"
#include "magistral/base/decimal.h"
#include "magistral/domain/figure.h"
#include "magistral/domain/quantity.h"

/* What the assay of a certificate refers to. It is always stated: correcting for water twice overdoses by 7 %. */
#define ASSAY_BASES(X)               \
    X(ASSAY_AS_IS, "as-is")          \
    X(ASSAY_ANHYDROUS, "anhydrous")  \
    X(ASSAY_DRIED, "dried")

#define ASSAY_BASIS_NAME(name, word) name,
typedef enum assay_basis { ASSAY_BASES(ASSAY_BASIS_NAME) } assay_basis;
#undef ASSAY_BASIS_NAME

bool assay_basis_parse(const char *word, assay_basis *ret_basis);

/* The correction of a lot, fixed at its acceptance. */
typedef struct correction {
    decimal assay; /* %, above 0 and at most 150 */
    assay_basis basis;
    decimal water; /* %, 0 or more and below 100; water or loss on drying; not read when the assay is as-is */
} correction;

/* Purity as supplied, the fraction of the lot that is active substance: assay / 100 x (1 - water / 100), the water only on the
 * anhydrous and the dried basis. False for values outside their ranges. Rule: Ph. Eur. General Notices 1, expression of content. */
bool lot_purity(arena *arena, const correction *correction, figure *ret_purity);

/* What a formula asks of an active substance. */
typedef struct dose_input {
    int64_t units;       /* capsules, above 0 */
    mass dose;           /* of the active moiety in one unit, above 0 */
    decimal overage;     /* %, 0 or more */
    decimal salt_factor; /* molar mass as supplied / molar mass of the moiety that the dose names; 1 when they are the same */
} dose_input;

/* The pure mass due, in g: units x dose x (1 + overage / 100) x salt factor. False for values outside their ranges. */
bool pure_mass_due(arena *arena, const dose_input *input, figure *ret_due);

/* One portion already weighed: its net mass and the purity of the lot it came from. */
typedef struct portion {
    mass net;
    ratio purity;
} portion;

/* The mass due of the next lot, in g, shown to 6 decimals: (pure mass due - sum of net x purity) / purity of the next lot;
 * nothing is left (value 0 or below) when enough has been weighed. False when the purity is not above 0 or a number overflows. */
bool portion_due(arena *arena, ratio pure_due, const portion *weighed, size_t count, ratio purity, figure *ret_due);

/* The mass due of a filler (quantum satis), in g, shown to 6 decimals: total - sum of the net masses really weighed. */
bool filler_due(arena *arena, mass total, const mass *weighed, size_t count, figure *ret_due);

/* The powder that goes into the capsules. */
typedef struct blend_result {
    figure mass;       /* g: sum of the net masses */
    figure active;     /* g, to 6 decimals: sum of net x purity of the portions of active substance */
    figure per_capsule; /* mg, to 4 decimals: active / units */
} blend_result;

/* What a blend of verified portions is and holds; the purity of a filler is 0. False when units is not above 0 or a number
 * overflows. */
bool blend_of(arena *arena, const portion *weighed, size_t count, int64_t units, blend_result *ret_blend);

/* A balance as far as the sums need it. */
typedef struct balance_limits {
    mass readability; /* above 0 */
    mass minimum;     /* smallest net mass that may be weighed on it */
} balance_limits;

/* The minimum weight: 2000 x s, where an s below 0.41 d counts as 0.41 d. False when s < 0 or d <= 0.
 * Rule: USP <41>: 2 x s / minimum <= 0.10 %, s of at least ten weighings. */
bool balance_minimum(arena *arena, mass s, mass readability, figure *ret_minimum);

/* The most that a balance may be wrong with a control weight: 0.10 % of it, rounded down. Rule: USP <41>, accuracy. */
mass balance_most_tolerance(mass weight);

/* True when a reading of a control weight lies within the tolerance, inclusive. Rule: BPP 5.42. */
bool balance_check_conforms(mass weight, mass reading, mass tolerance);

/* What the operator aims at. All four are masses that the balance can show. */
typedef struct weighing_target {
    mass target;
    mass low;
    mass high;
    figure target_figure, low_figure, high_figure; /* g, at the decimals of the readability */
} weighing_target;

typedef enum weighing_error {
    WEIGHING_GOOD,
    WEIGHING_NOTHING_DUE,   /* due mass is 0 or below */
    WEIGHING_TOLERANCE,     /* not above 0 and below 100 % */
    WEIGHING_TOO_COARSE,    /* no reading of this balance lies within the tolerance */
    WEIGHING_BELOW_MINIMUM, /* target below the balance's minimum weight */
    WEIGHING_RANGE          /* does not fit */
} weighing_error;

/* Sets the target: the due mass (g) rounded half up to the readability; the limits due x (1 -+ tolerance / 100) are computed from
 * the due mass itself and rounded inward to the readability; both are inclusive. Written only on WEIGHING_GOOD.
 * Rule: BPP 5.42 (balance suited to the mass), USP 7.20. */
weighing_error weighing_aim(arena *arena, ratio due, decimal tolerance, balance_limits balance, weighing_target *ret_target);

typedef enum weighing_verdict { WEIGHED_WITHIN, WEIGHED_UNDER, WEIGHED_OVER } weighing_verdict;

/* Judges a net mass against the limits of its target. */
weighing_verdict weighing_judge(const weighing_target *target, mass net);

/* Deviation of a net mass from the due mass itself (g), in %, shown to 3 decimals. The due mass must be a number above 0. */
figure weighing_deviation(arena *arena, ratio due, mass net);

/* Net = gross - tare; false when the gross mass is not above the tare, or the tare is below 0. */
bool weighing_net(arena *arena, mass gross, mass tare, mass *ret_net, figure *ret_figure);

#endif
