#ifndef MAGISTRAL_DOMAIN_ROOM_H
#define MAGISTRAL_DOMAIN_ROOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "magistral/base/arena.h"

/* What is read in a room: X(name, word, unit, least and most that an instrument may show). A pressure is a difference: a hood that holds
 * powder back is below its room. Rule: EU GMP 3.3. */
#define ROOM_KINDS(X)                                        \
    X(ROOM_PRESSURE, "pressure", "Pa", -1000, 1000)          \
    X(ROOM_TEMPERATURE, "temperature", "°C", -90, 90) \
    X(ROOM_HUMIDITY, "humidity", "%", 0, 100)

#define ROOM_KIND_NAME(name, word, unit, least, most) name,
typedef enum room_kind { ROOM_KINDS(ROOM_KIND_NAME) ROOM_KIND_COUNT } room_kind;
#undef ROOM_KIND_NAME

const char *room_kind_word(room_kind kind);
const char *room_kind_unit(room_kind kind);
/* False when no kind has this word. */
bool room_kind_parse(const char *word, room_kind *ret_kind);

/* Reads "21,5 °C" or "21,5": the digits are kept, the unit may be left out; false for another unit, for more than four decimals and for
 * what no instrument shows. */
bool room_read(arena *arena, room_kind kind, const char *text, const char **ret_value);

/* True when a reading is within its limits, inclusive; a limit that is NULL does not limit. All are decimals. */
bool room_within(const char *value, const char *low, const char *high);

/* The limits as people write them: "18 to 25", ">= 10", "<= 60". */
const char *room_limits(arena *arena, const char *low, const char *high);

#endif
