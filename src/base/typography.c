#include "magistral/base/typography.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "magistral/base/catalogue.h"
#include "magistral/base/day.h"

#define FIRM "\xC2\xA0"
#define NARROW "\xE2\x80\xAF"
#define MINUS "\xE2\x88\x92"

static bool all_digits(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!isdigit((unsigned char)text[i]))
            return false;
    return length > 0;
}

/* Length of the unsigned number at `text` ("20", "0.922621"), 0 when there is none; *ret_whole counts its integer digits. */
static size_t number_length(const char *text, size_t *ret_whole)
{
    size_t whole = strspn(text, "0123456789");
    *ret_whole = whole;
    if (whole == 0 || text[whole] != '.')
        return whole;
    size_t fraction = strspn(text + whole + 1, "0123456789");
    return fraction == 0 ? whole : whole + 1 + fraction;
}

static void add_digits(buffer *to, language language, const char *text, size_t whole, size_t length)
{
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            buffer_add_text(to, NARROW);
        buffer_add_byte(to, (unsigned char)text[i]);
    }
    if (length > whole) {
        buffer_add_byte(to, language == FRENCH ? ',' : '.');
        buffer_add(to, text + whole + 1, length - whole - 1);
    }
}

/* Colony-forming units are counted in each language's own words. */
static const char *unit_word(language language, const char *unit)
{
    if (language != FRENCH || !text_starts(unit, "CFU"))
        return unit;
    return strcmp(unit, "CFU/g") == 0 ? "UFC/g" : strcmp(unit, "CFU/mL") == 0 ? "UFC/mL" : unit;
}

/* "EUR", or a rate as "EUR/g": English sets the sign before the number, French behind it. */
static bool is_euro(const char *unit, size_t length)
{
    return length >= 3 && memcmp(unit, "EUR", 3) == 0 && (length == 3 || unit[3] == '/');
}

void typography_add_number(buffer *to, language language, const char *number, const char *unit)
{
    bool minus = number[0] == '-';
    size_t whole, length = number_length(number + minus, &whole);
    bool euro = unit && is_euro(unit, strlen(unit));
    if (length == 0 || number[minus + length] != 0) {
        typography_add_formula(to, language, number); /* a limit, as "<= 3.0 %" */
    } else {
        if (minus)
            buffer_add_text(to, MINUS);
        bool before = euro && language == ENGLISH;
        buffer_add_text(to, before ? "€" : "");
        add_digits(to, language, number + minus, whole, length);
        if (before) {
            buffer_add_text(to, unit + 3);
            return;
        }
    }
    if (unit && *unit) {
        buffer_add_text(to, FIRM);
        buffer_add_text(to, euro ? "€" : unit_word(language, unit));
        buffer_add_text(to, euro ? unit + 3 : "");
    }
}

static bool is_day(const char *day, size_t length)
{
    return length == 10 && all_digits(day, 4) && day[4] == '-' && all_digits(day + 5, 2) && day[7] == '-' &&
           all_digits(day + 8, 2);
}

void typography_add_day(buffer *to, language language, const char *day)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int month = is_day(day, strlen(day)) ? (day[5] - '0') * 10 + day[6] - '0' : 0;
    if (month < 1 || month > 12)
        buffer_add_text(to, day);
    else if (language == FRENCH)
        buffer_add_format(to, "%.2s/%.2s/%.4s", day + 8, day + 5, day);
    else
        buffer_add_format(to, "%d" FIRM "%.3s" FIRM "%.4s", (day[8] - '0') * 10 + day[9] - '0', months + 3 * (month - 1),
                          day);
}

static bool is_instant(const char *instant)
{
    size_t length = strlen(instant);
    return length >= 20 && is_day(instant, 10) && instant[10] == 'T' && all_digits(instant + 11, 2) &&
           instant[13] == ':' && all_digits(instant + 14, 2) && instant[16] == ':' && all_digits(instant + 17, 2) &&
           instant[length - 1] == 'Z';
}

/* As `zone` showed it; an unknown zone is shown as UTC and says so. */
static const char *local(const char *instant, const char *zone, char text[20])
{
    if (zone && instant_local_text(instant, zone, text))
        return "";
    return is_instant(instant) && instant_local_text(instant, "UTC", text) ? FIRM "UTC" : NULL;
}

static void add_clock(buffer *to, language language, const char *time, bool seconds)
{
    if (language == FRENCH && !seconds)
        buffer_add_format(to, "%.2s" FIRM "h" FIRM "%.2s", time, time + 3);
    else
        buffer_add_format(to, "%.*s", seconds ? 8 : 5, time);
}

void typography_add_instant(buffer *to, language language, const char *instant, const char *zone)
{
    char text[20];
    const char *note = local(instant, zone, text);
    if (!note) {
        buffer_add_text(to, instant);
        return;
    }
    text[10] = 0;
    typography_add_day(to, language, text);
    buffer_add_text(to, language == FRENCH ? FIRM "à" FIRM : "," FIRM);
    add_clock(to, language, text + 11, false);
    buffer_add_text(to, note);
}

void typography_add_time(buffer *to, language language, const char *instant, const char *zone, bool seconds)
{
    char text[20];
    const char *note = local(instant, zone, text);
    if (note)
        add_clock(to, language, text + 11, seconds);
    buffer_add_text(to, note ? note : instant);
}

static const char *sign_of(const char *word, size_t length)
{
    static const char *const signs[][2] = {{"x", "×"}, {"*", "×"}, {"-", MINUS}, {"+-", "±"}, {"<=", "≤"}, {">=", "≥"}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strlen(signs[i][0]) == length && memcmp(word, signs[i][0], length) == 0)
            return signs[i][1];
    return NULL;
}

/* A unit is letters, perhaps with / or ², or the per-cent sign; "x" is a sign. */
static bool is_unit(const char *word, size_t length)
{
    if (length == 1 && (*word == '%' || *word == 'x'))
        return *word == '%';
    if (text_starts(word, "×") || (unsigned char)*word == 0xE2 || (length == 2 && text_starts(word, "to"))) /* signs, arrows, roots */
        return false;
    for (size_t i = 0; i < length; i++)
        if (!isalpha((unsigned char)word[i]) && (unsigned char)word[i] < 0x80 && (word[i] != '/' || length == 1))
            return false;
    return length > 0 && length < 12;
}

/* What may stand before a number without a space: brackets, the bar of an absolute value, a root. */
static size_t open_length(const char *word)
{
    size_t length = strspn(word, "([|");
    while (text_starts(word + length, "√") || strchr("([|", word[length] ? word[length] : ' '))
        length += word[length] == '(' || word[length] == '[' || word[length] == '|' ? 1 : strlen("√");
    return length;
}

/* "10^3" as 10³: one digit, which the faces of documents have raised too. */
static bool add_power(buffer *to, const char *word, size_t length)
{
    static const char *const raised[] = {"¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    size_t base = strspn(word, "0123456789");
    if (base == 0 || length != base + 2 || word[base] != '^' || word[base + 1] < '1' || word[base + 1] > '9')
        return false;
    buffer_add(to, word, base);
    buffer_add_text(to, raised[word[base + 1] - '1']);
    return true;
}

/* Appends one word of a formula, with the euro sign before its digits when `euro`; true when it was a number. */
static bool add_word(buffer *to, language language, const char *word, size_t length, bool euro)
{
    const char *sign = sign_of(word, length);
    size_t open = open_length(word), minus = word[open] == '-' || word[open] == '+', whole;
    size_t number = number_length(word + open + minus, &whole), end = open + minus + number;
    bool closed = end <= length && strspn(word + end, ")]|,;:") >= length - end;
    if (sign) {
        buffer_add_text(to, sign);
        return false;
    }
    if (add_power(to, word, length))
        return true;
    if (number == 0 || !closed) {
        buffer_add(to, word, length);
        return false;
    }
    buffer_add(to, word, open);
    if (minus)
        buffer_add_text(to, word[open] == '-' ? MINUS : "+");
    buffer_add_text(to, euro ? "€" : "");
    add_digits(to, language, word + open + minus, whole, number);
    buffer_add(to, word + end, length - end);
    return end == length;
}

void typography_add_formula(buffer *to, language language, const char *formula)
{
    bool number = false;
    while (*formula) {
        size_t spaces = strspn(formula, " "), length = strcspn(formula + spaces, " ");
        const char *word = formula + spaces;
        const char *next = word + length + strspn(word + length, " ");
        bool unit = number && is_unit(word, strcspn(word, " ),;")), euro = unit && is_euro(word, strcspn(word, " ),;"));
        bool parted = language == FRENCH && length > 1 && word[length - 1] == ';'; /* French sets a narrow space before it */
        length -= parted;
        if (spaces > 0 && !(euro && language == ENGLISH))
            buffer_add_text(to, unit ? FIRM : " ");
        if (euro) {
            buffer_add_text(to, language == FRENCH ? "€" : "");
            buffer_add(to, word + 3, length - 3);
            number = false;
        } else if (number && length == 2 && text_starts(word, "to")) { /* of a limit: 95.0 to 105.0 */
            buffer_add_text(to, language == FRENCH ? "à" : "to");
            number = false;
        } else {
            number = add_word(to, language, word, length, language == ENGLISH && is_euro(next, strcspn(next, " ),;")));
        }
        if (parted) {
            buffer_add_text(to, NARROW ";");
            number = false;
        }
        formula = word + length + parted;
    }
}

void typography_add_sentence(buffer *to, language language, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '\'' && p > text && isalpha((unsigned char)p[-1]))
            buffer_add_text(to, "’");
        else if (language != FRENCH)
            buffer_add_byte(to, (unsigned char)*p);
        else if (*p == ' ' && p[1] && strchr(";!?", p[1]))
            buffer_add_text(to, NARROW);
        else if (*p == ' ' && (p[1] == ':' || text_starts(p + 1, "»") || (p - text >= 2 && text_starts(p - 2, "«"))))
            buffer_add_text(to, FIRM);
        else
            buffer_add_byte(to, (unsigned char)*p);
    }
}

const char *typography_colon(language language)
{
    return language == FRENCH ? FIRM ": " : ": ";
}

const char *typography_semicolon(language language)
{
    return language == FRENCH ? NARROW "; " : "; ";
}

void typography_add_capitals(buffer *to, const char *text)
{
    const char *end = text + strlen(text);
    while (text < end) {
        int32_t scalar = text_scalar(&text, end);
        if (scalar < 0)
            return;
        bool small = (scalar >= 'a' && scalar <= 'z') || (scalar >= 0xE0 && scalar <= 0xFE && scalar != 0xF7);
        buffer_add_scalar(to, (uint32_t)(small ? scalar - 0x20 : scalar == 0x153 ? 0x152 : scalar));
    }
}

void typography_add_answer(buffer *to, language language, const char *zone, const answer *leaf)
{
    switch (leaf->kind) {
    case ANSWER_COUNT:
    case ANSWER_DECIMAL:
    case ANSWER_FIGURE:
        typography_add_number(to, language, leaf->text, leaf->unit);
        return;
    case ANSWER_DAY:
        typography_add_day(to, language, leaf->text);
        return;
    case ANSWER_INSTANT:
        typography_add_instant(to, language, leaf->text, leaf->unit ? leaf->unit : zone);
        if (leaf->unit)
            buffer_add_format(to, FIRM "(%s)", leaf->unit);
        return;
    case ANSWER_STATE:
    case ANSWER_TRUTH:
        buffer_add_text(to, catalogue_state(language, leaf->unit, leaf->text));
        return;
    case ANSWER_TEXT:
    case ANSWER_LINK:
    case ANSWER_BYTES:
        buffer_add_text(to, leaf->text);
        return;
    case ANSWER_DOOR:
        typography_add_sentence(to, language, catalogue_word(language, "do.", leaf->text));
        return;
    case ANSWER_NOTHING:
    case ANSWER_OBJECT:
    case ANSWER_LIST:
    case ANSWER_MARKUP:
    case ANSWER_PICTURE:
    case ANSWER_ROWS:
        buffer_add_text(to, "—");
        return;
    }
}

const char *typography_sentence(arena *arena, language language, const char *key)
{
    const char *text = catalogue_text(language, key);
    BUFFER_SCOPE buffer written = BUFFER_EMPTY;
    typography_add_sentence(&written, language, text ? text : "");
    return arena_text(arena, buffer_text(&written));
}
