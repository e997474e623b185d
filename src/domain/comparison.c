#include "magistral/domain/comparison.h"

#include <string.h>

/* Moves past `word` when it stands at *at. */
static bool take(const char **at, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(*at, word, length) != 0)
        return false;
    *at += length;
    return true;
}

static void skip_spaces(const char **at)
{
    while (take(at, " ") || take(at, "\xC2\xA0") || take(at, "\xE2\x80\xAF"))
        continue;
}

typedef enum sign { SIGN_NONE, SIGN_LESS, SIGN_AT_MOST, SIGN_MORE, SIGN_AT_LEAST } sign;

static sign take_sign(const char **at)
{
    if (take(at, "<=") || take(at, "\xE2\x89\xA4"))
        return SIGN_AT_MOST;
    if (take(at, ">=") || take(at, "\xE2\x89\xA5"))
        return SIGN_AT_LEAST;
    if (take(at, "<"))
        return SIGN_LESS;
    if (take(at, ">"))
        return SIGN_MORE;
    return SIGN_NONE;
}

/* Length of the longest start of `text` that looks like a number: figures, a decimal sign or a space between figures. */
static size_t number_length(const char *text)
{
    const char *at = text;
    size_t length = 0;
    if (!take(&at, "-"))
        (void)take(&at, "\xE2\x88\x92");
    while (*at) {
        const char *before = at;
        bool comma = take(&at, ",") || (at[0] == '.' && at[1] != '.' && take(&at, "."));
        if (!comma)
            skip_spaces(&at);
        if (*at < '0' || *at > '9') {
            at = before;
            break;
        }
        while (*at >= '0' && *at <= '9')
            at++;
        length = (size_t)(at - text);
    }
    return length;
}

static bool take_number(const char **at, decimal *ret_value)
{
    skip_spaces(at);
    size_t length = number_length(*at);
    if (length == 0 || decimal_parse_bytes(*at, length, ret_value) != DECIMAL_GOOD)
        return false;
    *at += length;
    return true;
}

static const char *const connectors[] = {"..", " to ", " - ", "\xE2\x80\x93", " \xC3\xA0 "};

/* Where the word that joins two ends begins, or the end of the text. */
static const char *connector_at(const char *text, size_t *ret_length)
{
    for (; *text; text++)
        for (size_t i = 0; i < sizeof connectors / sizeof *connectors; i++)
            if (strncmp(text, connectors[i], strlen(connectors[i])) == 0) {
                *ret_length = strlen(connectors[i]);
                return text;
            }
    *ret_length = 0;
    return text;
}

/* Takes what stands before `end` as a unit: one word that does not begin like a number or a sign. */
static bool take_unit(const char *at, const char *end, char unit[16])
{
    skip_spaces(&at);
    while (end > at && end[-1] == ' ')
        end--;
    if (end < at)
        end = at;
    size_t length = (size_t)(end - at);
    bool number = length > 0 && ((*at >= '0' && *at <= '9') || strchr(",.<>=-+", *at));
    bool exponent = length > 1 && (*at == 'e' || *at == 'E') && (strchr("+-", at[1]) || (at[1] >= '0' && at[1] <= '9'));
    if (length >= 16 || number || exponent || memchr(at, ' ', length))
        return false;
    memset(unit, 0, 16);
    memcpy(unit, at, length);
    return true;
}

static bool parse_one_end(sign sign, const char *at, limit *made)
{
    decimal value;
    if (!take_number(&at, &value) || !take_unit(at, at + strlen(at), made->unit))
        return false;
    limit_end end = {true, sign == SIGN_AT_MOST || sign == SIGN_AT_LEAST, value};
    if (sign == SIGN_LESS || sign == SIGN_AT_MOST)
        made->high = end;
    else
        made->low = end;
    return true;
}

static bool parse_interval(const char *at, limit *made)
{
    char first_unit[16];
    size_t length;
    decimal low, high;
    if (!take_number(&at, &low))
        return false;
    const char *joint = connector_at(at, &length);
    if (length == 0 || !take_unit(at, joint, first_unit))
        return false;
    at = joint + length;
    if (!take_number(&at, &high) || !take_unit(at, at + strlen(at), made->unit))
        return false;
    if ((first_unit[0] && strcmp(first_unit, made->unit) != 0) || decimal_compare(low, high) > 0)
        return false;
    made->low = (limit_end){true, true, low};
    made->high = (limit_end){true, true, high};
    return true;
}

bool limit_parse(const char *text, limit *ret_limit)
{
    limit made = {0};
    const char *at = text;
    skip_spaces(&at);
    sign sign = take_sign(&at);
    if (!(sign == SIGN_NONE ? parse_interval(at, &made) : parse_one_end(sign, at, &made)))
        return false;
    *ret_limit = made;
    return true;
}

const char *limit_text(arena *arena, const limit *limit)
{
    const char *space = limit->unit[0] ? " " : "";
    if (limit->low.given && limit->high.given)
        return arena_format(arena, "%s to %s%s%s", decimal_text(arena, limit->low.value),
                            decimal_text(arena, limit->high.value), space, limit->unit);
    const limit_end *end = limit->low.given ? &limit->low : &limit->high;
    return arena_format(arena, "%s%s %s%s%s", limit->low.given ? ">" : "<", end->inclusive ? "=" : "",
                        decimal_text(arena, end->value), space, limit->unit);
}

static bool is_word(const char *text, const char *a, const char *b)
{
    return strcmp(text, a) == 0 || strcmp(text, b) == 0;
}

bool stated_parse(const char *text, stated *ret_stated)
{
    static const stated_kind kinds[] = {
        [SIGN_NONE] = STATED_EXACT, [SIGN_LESS] = STATED_BELOW,        [SIGN_AT_MOST] = STATED_AT_MOST,
        [SIGN_MORE] = STATED_ABOVE, [SIGN_AT_LEAST] = STATED_AT_LEAST,
    };
    const char *at = text;
    skip_spaces(&at);
    sign sign = take_sign(&at);
    stated made = {.kind = kinds[sign]};
    skip_spaces(&at);
    if (sign == SIGN_LESS && is_word(at, "LOQ", "LQ"))
        made.kind = STATED_BELOW_QUANTITATION;
    else if (sign == SIGN_LESS && is_word(at, "LOD", "LD"))
        made.kind = STATED_BELOW_DETECTION;
    else if (decimal_parse(at, &made.value) != DECIMAL_GOOD)
        return false;
    *ret_stated = made;
    return true;
}

const char *stated_text(arena *arena, stated result)
{
    switch (result.kind) {
    case STATED_EXACT:
        return decimal_text(arena, result.value);
    case STATED_BELOW:
        return arena_format(arena, "< %s", decimal_text(arena, result.value));
    case STATED_AT_MOST:
        return arena_format(arena, "<= %s", decimal_text(arena, result.value));
    case STATED_ABOVE:
        return arena_format(arena, "> %s", decimal_text(arena, result.value));
    case STATED_AT_LEAST:
        return arena_format(arena, ">= %s", decimal_text(arena, result.value));
    case STATED_BELOW_QUANTITATION:
        return "< LOQ";
    case STATED_BELOW_DETECTION:
        return "< LOD";
    }
    return "";
}

static bool within_high(limit_end high, ratio value, bool *ret_within)
{
    decimal rounded;
    if (!ratio_round(value, high.value.places, ROUND_HALF_AWAY, &rounded))
        return false;
    int order = decimal_compare(rounded, high.value);
    *ret_within = order < 0 || (order == 0 && high.inclusive);
    return true;
}

/* Half a unit of the last decimal of the limit: what rounding may add. */
static ratio half_unit(decimal value)
{
    return ratio_of_decimal((decimal){5, value.places < 18 ? value.places + 1 : 18});
}

/* All values are below the bound (or at it): complies when the largest of them does. */
static judgement judge_high_below(limit_end high, decimal bound, bool strict)
{
    bool within;
    /* "< 10" against "< 10": the laboratory's own words are the limit's. */
    if (strict && !high.inclusive && decimal_compare(bound, high.value) <= 0)
        return JUDGED_COMPLIES;
    return within_high(high, ratio_of_decimal(bound), &within) && within ? JUDGED_COMPLIES : JUDGED_IMPOSSIBLE;
}

/* All values are above the bound (or at it): does not comply when even the smallest does not, before any rounding. */
static judgement judge_high_above(limit_end high, decimal bound, bool strict)
{
    int order = decimal_compare(bound, high.value);
    bool no_finer = bound.places <= high.value.places;
    bool beyond = order > 0 || (order == 0 && (strict || !high.inclusive));
    if (beyond && no_finer)
        return JUDGED_DOES_NOT_COMPLY;
    ratio least_failing = ratio_add(ratio_of_decimal(high.value), half_unit(high.value));
    if (!high.inclusive)
        least_failing = ratio_subtract(ratio_of_decimal(high.value), half_unit(high.value));
    return ratio_compare(ratio_of_decimal(bound), least_failing) >= 0 ? JUDGED_DOES_NOT_COMPLY : JUDGED_IMPOSSIBLE;
}

static judgement judge_high(limit_end high, stated result)
{
    bool within;
    switch (result.kind) {
    case STATED_EXACT:
        if (!within_high(high, ratio_of_decimal(result.value), &within))
            return JUDGED_IMPOSSIBLE;
        return within ? JUDGED_COMPLIES : JUDGED_DOES_NOT_COMPLY;
    case STATED_BELOW:
    case STATED_AT_MOST:
        return judge_high_below(high, result.value, result.kind == STATED_BELOW);
    case STATED_ABOVE:
    case STATED_AT_LEAST:
        return judge_high_above(high, result.value, result.kind == STATED_ABOVE);
    case STATED_BELOW_QUANTITATION:
    case STATED_BELOW_DETECTION:
        return JUDGED_IMPOSSIBLE;
    }
    return JUDGED_IMPOSSIBLE;
}

/* The mirror image about zero, which turns a low end into a high one. */
static stated mirrored(stated result)
{
    static const stated_kind kinds[] = {
        [STATED_EXACT] = STATED_EXACT,
        [STATED_BELOW] = STATED_ABOVE,
        [STATED_AT_MOST] = STATED_AT_LEAST,
        [STATED_ABOVE] = STATED_BELOW,
        [STATED_AT_LEAST] = STATED_AT_MOST,
        [STATED_BELOW_QUANTITATION] = STATED_BELOW_QUANTITATION,
        [STATED_BELOW_DETECTION] = STATED_BELOW_DETECTION,
    };
    return (stated){kinds[result.kind], {-result.value.digits, result.value.places}};
}

static limit_end mirrored_end(limit_end end)
{
    end.value.digits = -end.value.digits;
    return end;
}

static judgement both(judgement a, judgement b)
{
    if (a == JUDGED_DOES_NOT_COMPLY || b == JUDGED_DOES_NOT_COMPLY)
        return JUDGED_DOES_NOT_COMPLY;
    return a == JUDGED_IMPOSSIBLE || b == JUDGED_IMPOSSIBLE ? JUDGED_IMPOSSIBLE : JUDGED_COMPLIES;
}

judgement limit_judge(const limit *limit, stated result)
{
    judgement high = limit->high.given ? judge_high(limit->high, result) : JUDGED_COMPLIES;
    judgement low = limit->low.given ? judge_high(mirrored_end(limit->low), mirrored(result)) : JUDGED_COMPLIES;
    return limit->high.given || limit->low.given ? both(high, low) : JUDGED_IMPOSSIBLE;
}

judgement limit_judge_value(const limit *limit, ratio value, decimal *ret_rounded)
{
    int low_places = limit->low.given ? limit->low.value.places : 0;
    int high_places = limit->high.given ? limit->high.value.places : 0;
    decimal rounded;
    if (!(limit->low.given || limit->high.given) ||
        !ratio_round(value, low_places > high_places ? low_places : high_places, ROUND_HALF_AWAY, &rounded))
        return JUDGED_IMPOSSIBLE;
    bool within_the_high = true, within_the_low = true;
    if ((limit->high.given && !within_high(limit->high, value, &within_the_high)) ||
        (limit->low.given && !within_high(mirrored_end(limit->low), ratio_negative(value), &within_the_low)))
        return JUDGED_IMPOSSIBLE;
    if (ret_rounded)
        *ret_rounded = rounded;
    return within_the_high && within_the_low ? JUDGED_COMPLIES : JUDGED_DOES_NOT_COMPLY;
}
