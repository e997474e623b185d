#include "magistral/domain/posology.h"

#include <string.h>

#include "magistral/base/text.h"

/* Longer numbers are no dose. */
enum { MOST_FIGURES = 3 };

/* A space that does not break counts as a letter here, and ends nothing: the text is then not read. */
/* One of several words, which no further letter follows; *at is moved behind it and the spaces after it. */
static bool take_word(const char **at, const char *const *words, int64_t *ret_place)
{
    for (size_t i = 0; words[i]; i++) {
        const char *behind = *at + strlen(words[i]);
        if (strncasecmp(*at, words[i], strlen(words[i])) != 0 || text_is_letter(*behind))
            continue;
        *at = behind + strspn(behind, " ");
        *ret_place = (int64_t)i;
        return true;
    }
    return false;
}

/* A whole number in figures or in words. */
static bool take_number(const char **at, int64_t *ret_number)
{
    static const char *const french[] = {"zéro", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", NULL};
    static const char *const english[] = {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", NULL};
    const char *p = *at;
    int64_t number = 0;
    while (text_is_digit(*p) && p - *at < MOST_FIGURES)
        number = number * 10 + (*p++ - '0');
    if (p == *at)
        return take_word(at, french, ret_number) || take_word(at, english, ret_number);
    if (text_is_digit(*p) || *p == ',' || *p == '.')
        return false;
    *at = p + strspn(p, " ");
    *ret_number = number;
    return true;
}

/* "deux fois", "3 x", "twice"; once when nothing is said. */
static int64_t take_times(const char **at)
{
    static const char *const english[] = {"once", "twice", NULL}, *const behind[] = {"fois", "times", "x", NULL};
    const char *from = *at;
    int64_t times = 0, place;
    if (take_word(at, english, &place))
        return place + 1;
    if (take_number(at, &times) && take_word(at, behind, &place))
        return times;
    *at = from;
    return 1;
}

static bool take_units(const char **at, int64_t *ret_units)
{
    static const char *const units[] = {"gélules", "gélule", "capsules", "capsule", "unités", "unité", "units", "unit", NULL};
    const char *from = *at;
    int64_t place;
    if (take_number(at, ret_units) && take_word(at, units, &place))
        return true;
    *at = from;
    return false;
}

/* A range, a part or a further dose: what is read would not be all that is said. */
static bool is_doubtful(const char *text, const char *units)
{
    static const char *const words[] = {"puis", "then", "ensuite", "sauf", "except", "jusqu", "up to", "au plus", "maximum", "at most", NULL};
    static const char *const ranges[] = {" à", " to", " ou", " or", "-", "–", "/", NULL};
    while (units > text && units[-1] == ' ')
        units--;
    for (size_t i = 0; ranges[i]; i++) {
        size_t length = strlen(ranges[i]);
        if ((size_t)(units - text) >= length && strncasecmp(units - length, ranges[i], length) == 0)
            return true;
    }
    for (size_t i = 0; words[i]; i++)
        if (strcasestr(text, words[i]))
            return true;
    return false;
}

bool posology_daily_units(const char *text, int64_t *ret_units)
{
    static const char *const daily[] = {"par jour", "/ jour", "/jour", "/j", "chaque jour", "a day", "per day", "daily", "each day", "every day", NULL};
    int64_t units = 0, found = 0, place;
    bool read = false;
    for (const char *p = text; *p; p++) {
        const char *at = p;
        int64_t number;
        if ((p > text && (text_is_letter(p[-1]) || text_is_digit(p[-1]) || p[-1] == ',' || p[-1] == '.')) || !take_units(&at, &number))
            continue;
        found++;
        units = number * take_times(&at);
        read = !is_doubtful(text, p) && take_word(&at, daily, &place);
    }
    if (found != 1 || !read)
        return false;
    *ret_units = units;
    return true;
}
