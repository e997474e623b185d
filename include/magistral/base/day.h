#ifndef MAGISTRAL_BASE_DAY_H
#define MAGISTRAL_BASE_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include "magistral/base/arena.h"

/* A day is a day of the Gregorian calendar, counted from 1970-01-01 = 0; as text always YYYY-MM-DD. An instant is
 * milliseconds from 1970-01-01T00:00:00Z; as text always YYYY-MM-DDTHH:MM:SS.mmmZ. Years 1900 to 2999. */

/* The same day `years` later (0 or more) by the calendar; of 29 February, where that year has none, 28 February. NULL when `day` is no
 * day. Rule: Regulation (EEC, Euratom) 1182/71, article 3(2)(c). */
const char *day_years_after(arena *arena, const char *day, int64_t years);

/* Reads YYYY-MM-DD, DD/MM/YYYY, or a month alone (YYYY-MM, MM/YYYY), which means its last day; false for anything else,
 * 30 February among it. Rule: an expiry given as a month is the end of that month (GS1 AI 17 likewise). */
bool day_parse(const char *text, int64_t *ret_day);
/* The same, saying what is wrong: the form, the year, the month, or a day that its month has not. */
typedef enum day_error { DAY_GOOD, DAY_FORM, DAY_YEAR, DAY_MONTH, DAY_ABSENT } day_error;
day_error day_read(const char *text, int64_t *ret_day);
/* The day as YYYY-MM-DD; owned by the arena. */
const char *day_text(arena *arena, int64_t day);
/* The day `days` after a day given as text; NULL when the text is no day. */
const char *day_after(arena *arena, const char *day, int64_t days);

/* Reads YYYY-MM-DDTHH:MM[:SS[.mmm]] with Z or an offset such as +01:00; false for anything else. */
bool instant_parse(const char *text, int64_t *ret_instant);
const char *instant_text(arena *arena, int64_t instant);
/* An instant as a person types it: ISO 8601 with Z or an offset, or a day and the time of the clock on the wall in `zone` ("12/01/2026 20:00",
 * "12/01/2026 à 20 h 00", "2026-01-12 20:00"). The hour that a change of the clocks leaves out, and the one that it repeats, are told apart;
 * of the latter only an offset says which. Rule: Directive 2000/84/EC. */
typedef enum instant_error { INSTANT_GOOD, INSTANT_FORM, INSTANT_LEFT_OUT, INSTANT_TWICE } instant_error;
instant_error instant_read(const char *text, const char *zone, int64_t *ret_instant);
/* The instant `seconds` after one given as text; NULL when the text is none. */
const char *instant_after(arena *arena, const char *instant, int64_t seconds);

/* The day that a clock on the wall shows at an instant in a zone; NULL for a zone that is not known. Known: UTC, the zones
 * of central European time, and the French zones overseas. */
const char *instant_local_day(arena *arena, int64_t instant, const char *zone);
/* The same as "YYYY-MM-DD HH:MM:SS"; false for an unknown zone or a text that is no instant. Rule: Directive 2000/84/EC
 * (summer time from the last Sunday of March to the last Sunday of October, 01:00 UTC). */
bool instant_local_text(const char *instant, const char *zone, char ret_text[20]);
/* True when the zone is known. */
bool zone_is_known(const char *zone);

#endif
