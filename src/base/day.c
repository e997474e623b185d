#include "magistral/base/day.h"

#include <stdio.h>
#include <string.h>

#include "magistral/base/text.h"

enum { DAY = 86400 };

/* Days from 1970-01-01 of a day of the Gregorian calendar, March taken as the first month. */
static int64_t days_of(int64_t year, int month, int day)
{
    int64_t y = month > 2 ? year : year - 1, era = y / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void date_of(int64_t days, int64_t *ret_year, int *ret_month, int *ret_day)
{
    int64_t z = days + 719468, era = z / 146097, of_era = z - era * 146097;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;
    *ret_day = (int)(of_year - (153 * m + 2) / 5 + 1);
    *ret_month = (int)(m < 10 ? m + 3 : m - 9);
    *ret_year = y + era * 400 + (*ret_month <= 2 ? 1 : 0);
}

static int month_length(int64_t year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return lengths[month - 1] + (month == 2 && leap);
}

/* Reads exactly `digits` digits at *at. */
static bool read_digits(const char **at, int digits, int *ret_value)
{
    int value = 0;
    for (int i = 0; i < digits; i++, (*at)++) {
        if (**at < '0' || **at > '9')
            return false;
        value = value * 10 + (**at - '0');
    }
    *ret_value = value;
    return true;
}

static bool read_sign(const char **at, char sign)
{
    if (**at != sign)
        return false;
    (*at)++;
    return true;
}

/* A day of 0 stands for the last one of the month. */
static day_error day_of(int year, int month, int day, int64_t *ret_day)
{
    if (year < 1900 || year > 2999)
        return DAY_YEAR;
    if (month < 1 || month > 12)
        return DAY_MONTH;
    if (day > month_length(year, month))
        return DAY_ABSENT;
    *ret_day = days_of(year, month, day ? day : month_length(year, month));
    return DAY_GOOD;
}

day_error day_read(const char *text, int64_t *ret_day)
{
    int year, month, day = 0;
    const char *at = text;
    if (read_digits(&at, 4, &year) && read_sign(&at, '-') && read_digits(&at, 2, &month)) {
        if (!*at)
            return day_of(year, month, 0, ret_day);
        return read_sign(&at, '-') && read_digits(&at, 2, &day) && !*at && day > 0 ? day_of(year, month, day, ret_day) : DAY_FORM;
    }
    at = text;
    if (!read_digits(&at, 2, &day) || !read_sign(&at, '/'))
        return DAY_FORM;
    const char *behind = at;
    if (read_digits(&at, 4, &year) && !*at)
        return day_of(year, day, 0, ret_day);
    at = behind;
    bool whole = read_digits(&at, 2, &month) && read_sign(&at, '/') && read_digits(&at, 4, &year) && !*at && day > 0;
    return whole ? day_of(year, month, day, ret_day) : DAY_FORM;
}

bool day_parse(const char *text, int64_t *ret_day)
{
    return day_read(text, ret_day) == DAY_GOOD;
}

const char *day_text(arena *arena, int64_t day)
{
    int64_t year;
    int month, of_month;
    date_of(day, &year, &month, &of_month);
    return arena_format(arena, "%04lld-%02d-%02d", (long long)year, month, of_month);
}

const char *day_after(arena *arena, const char *day, int64_t days)
{
    int64_t from;
    return day_parse(day, &from) ? day_text(arena, from + days) : NULL;
}

const char *day_years_after(arena *arena, const char *day, int64_t years)
{
    int64_t from, year;
    int month, of_month;
    if (!day_parse(day, &from))
        return NULL;
    date_of(from, &year, &month, &of_month);
    int last = month_length(year + years, month);
    return day_text(arena, days_of(year + years, month, of_month < last ? of_month : last));
}

static bool read_fraction(const char **at, int *ret_milliseconds)
{
    *ret_milliseconds = 0;
    if (!read_sign(at, '.'))
        return true;
    int unit = 100, digits = 0;
    for (; **at >= '0' && **at <= '9' && digits < 3; (*at)++, digits++, unit /= 10)
        *ret_milliseconds += (**at - '0') * unit;
    return digits > 0;
}

static bool read_offset(const char **at, int *ret_minutes)
{
    *ret_minutes = 0;
    if (read_sign(at, 'Z'))
        return true;
    int sign = **at == '+' ? 1 : **at == '-' ? -1 : 0, hours, minutes;
    if (!sign)
        return false;
    (*at)++;
    if (!read_digits(at, 2, &hours) || !read_sign(at, ':') || !read_digits(at, 2, &minutes) || hours > 14 || minutes > 59)
        return false;
    *ret_minutes = sign * (hours * 60 + minutes);
    return true;
}

bool instant_parse(const char *text, int64_t *ret_instant)
{
    int year, month, day, hour, minute, second = 0, milliseconds = 0, offset;
    int64_t days;
    const char *at = text;
    if (!read_digits(&at, 4, &year) || !read_sign(&at, '-') || !read_digits(&at, 2, &month) || !read_sign(&at, '-') ||
        !read_digits(&at, 2, &day) || day < 1 || day_of(year, month, day, &days) != DAY_GOOD || !read_sign(&at, 'T') ||
        !read_digits(&at, 2, &hour) || !read_sign(&at, ':') || !read_digits(&at, 2, &minute))
        return false;
    if (read_sign(&at, ':') && (!read_digits(&at, 2, &second) || !read_fraction(&at, &milliseconds)))
        return false;
    if (!read_offset(&at, &offset) || *at || hour > 23 || minute > 59 || second > 59)
        return false;
    *ret_instant = ((days * DAY) + hour * 3600 + (minute - offset) * 60 + second) * 1000 + milliseconds;
    return true;
}

const char *instant_text(arena *arena, int64_t instant)
{
    int64_t seconds = instant / 1000, milliseconds = instant % 1000;
    if (milliseconds < 0) {
        milliseconds += 1000;
        seconds--;
    }
    int64_t day = seconds / DAY, of_day = seconds % DAY;
    if (of_day < 0) {
        of_day += DAY;
        day--;
    }
    return arena_format(arena, "%sT%02d:%02d:%02d.%03dZ", day_text(arena, day), (int)(of_day / 3600), (int)(of_day / 60 % 60),
                        (int)(of_day % 60), (int)milliseconds);
}

const char *instant_after(arena *arena, const char *instant, int64_t seconds)
{
    int64_t from;
    return instant_parse(instant, &from) ? instant_text(arena, from + seconds * 1000) : NULL;
}

static const struct {
    const char *name;
    int minutes;
    bool summer; /* European summer time */
} zones[] = {
    {"UTC", 0, false},
    {"Europe/Paris", 60, true},       {"Europe/Brussels", 60, true},    {"Europe/Luxembourg", 60, true},
    {"Europe/Zurich", 60, true},      {"Europe/Monaco", 60, true},      {"Europe/Berlin", 60, true},
    {"Indian/Reunion", 240, false},   {"Indian/Mayotte", 180, false},   {"America/Martinique", -240, false},
    {"America/Guadeloupe", -240, false}, {"America/Cayenne", -180, false}, {"Pacific/Noumea", 660, false},
    {"Pacific/Tahiti", -600, false},
};

/* 01:00 UTC of the last Sunday of a month with 31 days, in seconds. */
static int64_t last_sunday(int64_t year, int month)
{
    int64_t last = days_of(year, month, 31);
    return (last - (last + 4) % 7) * DAY + 3600; /* 1970-01-01 was a Thursday */
}

static bool offset_of(const char *zone, int64_t seconds, int64_t *ret_offset)
{
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        if (strcmp(zones[i].name, zone) != 0)
            continue;
        int64_t year;
        int month, day;
        date_of(seconds / DAY, &year, &month, &day);
        bool summer = zones[i].summer && seconds >= last_sunday(year, 3) && seconds < last_sunday(year, 10);
        *ret_offset = zones[i].minutes * 60 + (summer ? 3600 : 0);
        return true;
    }
    return false;
}

bool zone_is_known(const char *zone)
{
    int64_t offset;
    return offset_of(zone, 0, &offset);
}

const char *instant_local_day(arena *arena, int64_t instant, const char *zone)
{
    int64_t offset;
    if (!offset_of(zone, instant / 1000, &offset))
        return NULL;
    return arena_copy(arena, instant_text(arena, instant + offset * 1000), 10);
}

bool instant_local_text(const char *instant, const char *zone, char ret_text[20])
{
    int64_t at, offset;
    if (!instant_parse(instant, &at) || !offset_of(zone, at / 1000, &offset))
        return false;
    ARENA_SCOPE arena *arena = arena_new();
    const char *local = instant_text(arena, at + offset * 1000);
    memcpy(ret_text, local, 19);
    ret_text[10] = ' ';
    ret_text[19] = 0;
    return true;
}

/* Seconds from midnight. */
static bool read_wall_time(const char *at, int64_t *ret_seconds)
{
    int hour, minute, second = 0;
    size_t digits = strspn(at, "0123456789");
    if (digits < 1 || digits > 2 || !read_digits(&at, (int)digits, &hour))
        return false;
    text_skip_spaces(&at, at + strlen(at));
    if (!read_sign(&at, ':') && !read_sign(&at, 'h'))
        return false;
    text_skip_spaces(&at, at + strlen(at));
    if (!read_digits(&at, 2, &minute) || (read_sign(&at, ':') && !read_digits(&at, 2, &second)) || *at)
        return false;
    *ret_seconds = hour * 3600 + minute * 60 + second;
    return hour <= 23 && minute <= 59 && second <= 59;
}

/* The instants at which the clock on the wall shows `wall`: none, one or two. */
static int instants_at(int64_t wall, const char *zone, int64_t *ret_seconds)
{
    int64_t before = 0, behind = 0, then = 0;
    int found = 0;
    if (!offset_of(zone, wall - DAY, &before) || !offset_of(zone, wall + DAY, &behind))
        return 0;
    for (int i = 0; i < (before == behind ? 1 : 2); i++) {
        int64_t offset = i == 0 ? before : behind;
        if (offset_of(zone, wall - offset, &then) && then == offset) {
            *ret_seconds = wall - offset;
            found++;
        }
    }
    return found;
}

instant_error instant_read(const char *text, const char *zone, int64_t *ret_instant)
{
    enum { DAY_LENGTH = 10 };
    if (instant_parse(text, ret_instant))
        return INSTANT_GOOD;
    char day[DAY_LENGTH + 1] = "";
    int64_t days = 0, of_day = 0, seconds = 0;
    if (strspn(text, "0123456789/-") != DAY_LENGTH)
        return INSTANT_FORM;
    memcpy(day, text, DAY_LENGTH);
    const char *at = text + DAY_LENGTH;
    if (!read_sign(&at, 'T')) {
        text_skip_spaces(&at, at + strlen(at));
        if (strncmp(at, "\u00e0", strlen("\u00e0")) == 0)
            at += strlen("\u00e0");
        text_skip_spaces(&at, at + strlen(at));
    }
    if (at == text + DAY_LENGTH || day_read(day, &days) != DAY_GOOD || !read_wall_time(at, &of_day))
        return INSTANT_FORM;
    int found = instants_at(days * DAY + of_day, zone, &seconds);
    *ret_instant = seconds * 1000;
    return found == 1 ? INSTANT_GOOD : found == 0 ? INSTANT_LEFT_OUT : INSTANT_TWICE;
}
