#ifndef MAGISTRAL_DOMAIN_COMPARISON_H
#define MAGISTRAL_DOMAIN_COMPARISON_H

#include <stdbool.h>

#include "magistral/base/arena.h"
#include "magistral/base/decimal.h"
#include "magistral/base/ratio.h"

/* One end of a limit; its number of decimals is the precision of the judgement. */
typedef struct limit_end {
    bool given;
    bool inclusive;
    decimal value;
} limit_end;

/* A limit of a specification: at least one end is given. */
typedef struct limit {
    limit_end low;
    limit_end high;
    char unit[16]; /* as written after the number ("%", "mg", "CFU/g"), or "" */
} limit;

/* Reads a limit: one of
 *     <= 101.5    < 5      >= 98.0 %    > 2      (also U+2264 and U+2265)
 *     95.0 to 105.0 %      95.0..105.0    95.0 - 105.0    95,0 <dash> 105,0    95,0 <a grave> 105,0
 * where the hyphen needs a space on both sides, <dash> is U+2013 and <a grave> is U+00E0. Ends of an interval are inclusive.
 * A unit may follow; written on both ends it must be the same. False for anything else and when low is above high. */
bool limit_parse(const char *text, limit *ret_limit);

/* The canonical text ("<= 101.5 %", "95.0 to 105.0 %"); owned by the arena. */
const char *limit_text(arena *arena, const limit *limit);

/* How a laboratory states a result. */
typedef enum stated_kind {
    STATED_EXACT,              /* 99.10 */
    STATED_BELOW,              /* < 10 */
    STATED_AT_MOST,            /* <= 10 */
    STATED_ABOVE,              /* > 200 */
    STATED_AT_LEAST,           /* >= 200 */
    STATED_BELOW_QUANTITATION, /* < LOQ */
    STATED_BELOW_DETECTION,    /* < LOD */
} stated_kind;

typedef struct stated {
    stated_kind kind;
    decimal value; /* not read for the last two */
} stated;

/* Reads a result as stated: a number, or <, <=, >, >= and a number, or "< LOQ", "< LQ", "< LOD", "< LD"; else false. */
bool stated_parse(const char *text, stated *ret_stated);

/* The canonical text ("99.10", "< 10", "< LOQ"); owned by the arena. */
const char *stated_text(arena *arena, stated result);

typedef enum judgement { JUDGED_COMPLIES, JUDGED_DOES_NOT_COMPLY, JUDGED_IMPOSSIBLE } judgement;

/* Judges a stated result. A number is rounded half away from zero to the decimals of the limit, then compared, the limit
 * itself included where its sign says so. "< 10" stands for every value below 10: it complies when all of them do, does not
 * when none does, and else cannot be judged; it is never taken as 0. "< LOQ" and "< LOD" cannot be judged as such: replace
 * them by "< value" once the method's value is known.
 * Rule: Ph. Eur. General Notices 1 (limits), USP General Notices 7.20 (rounding rules). */
judgement limit_judge(const limit *limit, stated result);

/* Judges a computed value the same way; *ret_rounded (may be NULL) is the value at the larger number of decimals of the two
 * ends, what a certificate shows. JUDGED_IMPOSSIBLE when the value is no number or does not fit. */
judgement limit_judge_value(const limit *limit, ratio value, decimal *ret_rounded);

#endif
