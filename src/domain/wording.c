#include "magistral/domain/wording.h"

#include <string.h>
#include <strings.h>

#include "magistral/domain/comparison.h"
#include "magistral/domain/microbial.h"

/* A figure in a text, from `start` to `end`. */
typedef struct figure_at {
    const char *start, *end;
    decimal value;
} figure_at;

static size_t space_length(const char *text)
{
    static const char *const spaces[] = {" ", "\n", "\u00A0", "\u202F"};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (text_starts(text, spaces[i]))
            return strlen(spaces[i]);
    return 0;
}

static const char *skip_spaces(const char *text)
{
    for (size_t length; (length = space_length(text)) > 0; text += length) {}
    return text;
}

static size_t digits_length(const char *text)
{
    return strspn(text, "0123456789");
}

/* Groups of three digits behind the first ones: "10 000". */
static const char *end_of_groups(const char *end, size_t digits)
{
    while (digits <= 3) {
        size_t space = space_length(end);
        if (space == 0 || end[0] == '\n' || digits_length(end + space) != 3)
            return end;
        end += space + 3;
    }
    return end;
}

/* 10^3 and 10³ as the whole numbers that they are; NULL when no power stands here. */
static const char *end_of_power(const char *start, decimal *ret_value)
{
    size_t length = text_starts(start, "10^") ? 4 : 0;
    for (size_t more = 2; length == 0 && more <= 3; more++) {
        char tried[8] = "";
        int power;
        memcpy(tried, start, strnlen(start, 2 + more));
        if ((unsigned char)tried[2] >= 0x80 && space_length(start + 2) == 0 && microbial_parse(tried, &power))
            length = 2 + more;
    }
    char written[8] = "";
    int power = 0;
    memcpy(written, start, strnlen(start, length));
    if (length == 0 || text_is_digit(start[length]) || !microbial_parse(written, &power))
        return NULL;
    *ret_value = decimal_whole(1);
    while (power-- > 0)
        ret_value->digits *= 10;
    return start + length;
}

static bool ends_with(const char *start, const char *end, const char *words)
{
    size_t length = strlen(words);
    return (size_t)(end - start) >= length && strncasecmp(end - length, words, length) == 0;
}

/* A minus before a number, not the hyphen of "ST-2025". */
static size_t sign_length(const char *text, const char *start)
{
    size_t length = ends_with(text, start, "-") ? 1 : ends_with(text, start, "\u2212") ? 3 : 0;
    return start - length == text || start[-(long)length - 1] == ' ' ? length : 0;
}

/* Where the number ends that starts with this digit, with its groups and its decimals; "2.9.5" is one run. */
static const char *end_of_number(const char *start)
{
    size_t run = strspn(start, "0123456789.,");
    while (!text_is_digit(start[run - 1]))
        run--;
    const char *end = start + run;
    if (digits_length(start) == run)
        end = end_of_groups(end, run);
    if (end > start + run && (*end == ',' || *end == '.') && text_is_digit(end[1]))
        end += 1 + digits_length(end + 1);
    return end;
}

/* The next number: "2.9.5" is none, and its parts are none either. */
static bool next_figure(const char *from, const char *text, figure_at *ret_figure)
{
    for (const char *p = from; *p;) {
        if (!text_is_digit(*p)) {
            p++;
            continue;
        }
        const char *start = p, *power = end_of_power(p, &ret_figure->value), *end = power ? power : end_of_number(p);
        start -= sign_length(text, start);
        if (power || decimal_parse_bytes(start, (size_t)(end - start), &ret_figure->value) == DECIMAL_GOOD) {
            ret_figure->start = start;
            ret_figure->end = end;
            return true;
        }
        p = end;
    }
    return false;
}

/* The unit of mass behind a figure, which no further letter follows. */
static bool mass_of(const figure_at *figure, const char **ret_end, mass *ret_mass)
{
    char written[64];
    const char *unit = skip_spaces(figure->end);
    size_t letters = 0;
    while (text_is_letter(unit[letters]) && space_length(unit + letters) == 0)
        letters++;
    size_t length = (size_t)(unit + letters - figure->start);
    if (letters == 0 || length >= sizeof written)
        return false;
    memcpy(written, figure->start, length);
    written[length] = 0;
    if (mass_parse(written, ret_mass) != QUANTITY_GOOD)
        return false;
    *ret_end = unit + letters;
    return true;
}

bool wording_leading_mass(const char *text, mass *ret_mass)
{
    figure_at figure;
    const char *end;
    return next_figure(text, text, &figure) && mass_of(&figure, &end, ret_mass);
}

bool wording_next_mass(const char **at, mass *ret_mass)
{
    figure_at figure;
    for (const char *from = *at; next_figure(from, *at, &figure); from = figure.end) {
        const char *end;
        if (mass_of(&figure, &end, ret_mass)) {
            *at = end;
            return true;
        }
    }
    return false;
}

/* The limit as ends with their decimals; a microbial criterion as its power of ten. */
static bool read_limit(control_kind kind, const char *text, limit *ret_limit)
{
    int power;
    *ret_limit = (limit){0};
    if (kind != CONTROL_MICROBIAL_COUNT)
        return limit_parse(text, ret_limit);
    if (!microbial_parse(text, &power))
        return false;
    ret_limit->high = (limit_end){.given = true, .inclusive = true, .value = decimal_whole(1)};
    while (power-- > 0)
        ret_limit->high.value.digits *= 10;
    return true;
}

static bool is_end(const figure_at *figure, const limit_end *end)
{
    return figure->value.places == end->value.places && figure->value.digits == end->value.digits;
}

static bool has_end(const char *text, const limit_end *end)
{
    figure_at figure;
    for (const char *from = text; end->given && next_figure(from, text, &figure); from = figure.end)
        if (is_end(&figure, end))
            return true;
    return !end->given;
}

bool wording_has_limit(const char *text, control_kind kind, const char *given)
{
    limit limit;
    const char *judged = control_limit(kind, given);
    return !judged || !read_limit(kind, judged, &limit) || (has_end(text, &limit.low) && has_end(text, &limit.high));
}

/* Which side complies, as people say it before a figure or behind it. */
static const struct side {
    const char *words;
    bool upper, inclusive, behind;
} sides[] = {
    {"<", true, false, false}, {"<=", true, true, false}, {"≤", true, true, false},
    {">", false, false, false}, {">=", false, true, false}, {"≥", false, true, false},
    {"au plus", true, true, true}, {"maximum", true, true, true}, {"max.", true, true, true}, {"max", true, true, true},
    {"au moins", false, true, true}, {"minimum", false, true, true}, {"min.", false, true, false},
    {"at most", true, true, true}, {"not more than", true, true, false}, {"or less", true, true, true},
    {"at least", false, true, true}, {"not less than", false, true, false}, {"or more", false, true, true},
    {"inférieur à", true, false, false}, {"inférieure à", true, false, false}, {"less than", true, false, false},
    {"supérieur à", false, false, false}, {"supérieure à", false, false, false}, {"more than", false, false, false},
};

/* The longest of the words that end at `before` ("not more than", not "more than"); NULL when there is none. */
static const struct side *side_before(const char *text, const char *before)
{
    const struct side *found = NULL;
    while (before > text && (before[-1] == ' ' || ends_with(text, before, "\u00A0") || ends_with(text, before, "\u202F")))
        before -= before[-1] == ' ' ? 1 : ends_with(text, before, "\u00A0") ? 2 : 3;
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        if (ends_with(text, before, sides[i].words) && (!found || strlen(sides[i].words) > strlen(found->words)))
            found = &sides[i];
    return found;
}

/* Those that stand behind the figure, or behind its unit. */
static const struct side *side_behind(const char *behind)
{
    for (int words = 0; words < 2; words++) {
        behind = skip_spaces(behind);
        for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
            if (sides[i].behind && strncasecmp(behind, sides[i].words, strlen(sides[i].words)) == 0)
                return &sides[i];
        while (*behind && space_length(behind) == 0)
            behind++;
    }
    return NULL;
}

/* What stands between the two ends of an interval, beside a unit. */
static bool is_between(const char *start, const char *end)
{
    static const char *const words[] = {"à", "to", "et", "and", "-", "–", ".."};
    char between[24] = "";
    if ((size_t)(end - start) >= sizeof between)
        return false;
    memcpy(between, start, (size_t)(end - start));
    for (char *saved = NULL, *word = strtok_r(between, " %", &saved); word; word = strtok_r(NULL, " %", &saved))
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (strcmp(word, words[i]) == 0)
                return true;
    return false;
}

static bool says_interval(const char *text, const limit *limit)
{
    figure_at low, high;
    for (const char *from = text; next_figure(from, text, &low); from = low.end)
        if (is_end(&low, &limit->low) && next_figure(low.end, text, &high) && is_end(&high, &limit->high) && is_between(low.end, high.start))
            return true;
    return false;
}

bool wording_says_limit(const char *text, control_kind kind, const char *given)
{
    limit limit;
    figure_at figure;
    const char *judged = control_limit(kind, given);
    if (!judged || !read_limit(kind, judged, &limit))
        return true;
    if (kind == CONTROL_MICROBIAL_COUNT)
        return has_end(text, &limit.high);
    if (limit.low.given && limit.high.given)
        return says_interval(text, &limit);
    const limit_end *end = limit.high.given ? &limit.high : &limit.low;
    for (const char *from = text; next_figure(from, text, &figure); from = figure.end) {
        if (!is_end(&figure, end))
            continue;
        const struct side *side = side_before(text, figure.start);
        side = side ? side : side_behind(figure.end);
        if (side)
            return side->upper == limit.high.given && side->inclusive == end->inclusive;
    }
    return false;
}
