#ifndef MAGISTRAL_DOMAIN_CONTROL_H
#define MAGISTRAL_DOMAIN_CONTROL_H

#include <stdbool.h>
#include <stddef.h>

#include "magistral/base/answer.h"
#include "magistral/base/decimal.h"

/* The controls of a batch, judged against the specification that its formula fixed. */

#define CONTROL_KINDS(X)                              \
    X(CONTROL_CONFORMITY, "conformity")               \
    X(CONTROL_MEASUREMENT, "measurement")             \
    X(CONTROL_MASS_UNIFORMITY, "mass-uniformity")     \
    X(CONTROL_DOSAGE_UNITS, "dosage-units")           \
    X(CONTROL_DISINTEGRATION, "disintegration")       \
    X(CONTROL_MICROBIAL_COUNT, "microbial-count")     \
    X(CONTROL_MICROBIAL_ABSENCE, "microbial-absence")

#define CONTROL_KIND_NAME(name, word) name,
typedef enum control_kind { CONTROL_KINDS(CONTROL_KIND_NAME) } control_kind;
#undef CONTROL_KIND_NAME

bool control_kind_parse(const char *word, control_kind *ret_kind);

#define CONTROL_VERDICTS(X)                                 \
    X(CONTROL_COMPLIES, "complies")                         \
    X(CONTROL_TEST_20_MORE, "test 20 more")                 \
    X(CONTROL_TEST_12_MORE, "test 12 more")                 \
    X(CONTROL_DOES_NOT_COMPLY, "does not comply")

#define CONTROL_VERDICT_NAME(name, word) name,
typedef enum control_verdict { CONTROL_VERDICTS(CONTROL_VERDICT_NAME) } control_verdict;
#undef CONTROL_VERDICT_NAME

const char *control_verdict_word(control_verdict verdict);

/* A control as the frozen formula expects it. */
typedef struct control_specification {
    control_kind kind;
    const char *limit;  /* "95.0 to 105.0", "10^3", or NULL */
    const char *unit;   /* of the values, or NULL */
    size_t replicates;
    decimal claim;      /* label claim in mg a unit, for dosage units */
} control_specification;

/* One series of values as stored: canonical, digits kept. */
typedef struct control_series {
    const char *const *values;
    size_t count;
} control_series;

typedef struct control_values {
    control_series value; /* of every kind but mass uniformity */
    control_series gross, shell;
} control_values;

/* How many values a series holds when it is complete: 20 gross masses, 10 then 30 contents, 6 then 18 minutes, else the
 * replicates; 0 for a series that the control does not have. */
size_t control_expected(const control_specification *specification, int stage, const char *series);

/* How many further units the second stage takes; 0 for a control without one. Rule: Ph. Eur. 2.9.40, 2.9.1. */
size_t control_further_units(control_kind kind);

/* True for a text that states a value below 0 where the control has none: contents, masses, minutes, counts, and a measurement whose
 * limit names no negative number and whose unit is no temperature, angle or voltage. A mean would hide it. */
bool control_is_below_zero(const control_specification *specification, const char *text);

/* True for one of several averaged values that lies outside the limit by itself, rounded as the limit is: the mean may comply, but
 * whoever reviews the batch sees it. Rule: BPP 6.18. */
bool control_is_outside(const control_specification *specification, const char *value);

/* Writes a value as it is stored ("19,48 mg" -> "19.48", "conforme" -> "conforms", "> 30 min" -> "> 30"), digits kept; false
 * when it is no value of this kind. Masses are in mg. */
bool control_read_value(arena *arena, const control_specification *specification, const char *text, const char **ret_value);

/* True when a control of this kind can be judged by a limit as a formula writes it (NULL: none): a measurement needs one, conformity
 * and absence take none, an acceptance value is judged at 15.0, a time of disintegration has an upper end only.
 * Rule: Ph. Eur. 2.9.1, 2.9.40, 5.1.4. */
bool control_judges(control_kind kind, const char *limit);

/* What it is judged by: the limit given, else that of the pharmacopoeia for the two kinds that have one, else NULL. */
const char *control_limit(control_kind kind, const char *given);

typedef enum control_error {
    CONTROL_GOOD,
    CONTROL_INCOMPLETE, /* a series does not hold what control_expected() says */
    CONTROL_LIMIT,      /* the formula's limit cannot be judged by this kind of control */
    CONTROL_IMPOSSIBLE, /* a value such as "< LOQ" cannot be judged against the limit */
    CONTROL_CONTENT,    /* a shell is as heavy as its capsule, or a value is below 0 */
    CONTROL_RANGE       /* figures too long to be computed exactly */
} control_error;

typedef struct control_judged {
    control_verdict verdict;
    answer *computation; /* every statistic with its formula: n, mean, s, ... */
    answer *printed;     /* those of `computation` that a certificate shows with fewer digits, by the same names */
} control_judged;

/* Judges complete series. Replicates are averaged exactly and rounded once, to the limit's precision; mass uniformity also
 * needs its mean content mass within the limit. Written only on CONTROL_GOOD.
 * Rule: Ph. Eur. General Notices 1, 2.9.1, 2.9.5, 2.9.40, 5.1.4; USP 7.20. */
control_error control_judge(arena *arena, const control_specification *specification, const control_values *values, int stage,
                            control_judged *ret_judged);

#endif
