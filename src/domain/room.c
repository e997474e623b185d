#include "magistral/domain/room.h"

#include <string.h>

#include "magistral/base/decimal.h"

enum { MOST_PLACES = 4 };

static const struct {
    const char *word, *unit;
    int64_t least, most;
} kinds[ROOM_KIND_COUNT] = {
#define KIND(name, word, unit, least, most) [name] = {word, unit, least, most},
    ROOM_KINDS(KIND)
#undef KIND
};

const char *room_kind_word(room_kind kind)
{
    return kinds[kind].word;
}

const char *room_kind_unit(room_kind kind)
{
    return kinds[kind].unit;
}

bool room_kind_parse(const char *word, room_kind *ret_kind)
{
    for (int i = 0; i < ROOM_KIND_COUNT; i++)
        if (strcmp(word, kinds[i].word) == 0) {
            *ret_kind = (room_kind)i;
            return true;
        }
    return false;
}

bool room_read(arena *arena, room_kind kind, const char *text, const char **ret_value)
{
    decimal value;
    size_t length = strlen(text), unit = strlen(kinds[kind].unit);
    if (length > unit && strcmp(text + length - unit, kinds[kind].unit) == 0)
        length -= unit;
    if (decimal_parse_bytes(text, length, &value) != DECIMAL_GOOD || value.places > MOST_PLACES ||
        decimal_compare(value, decimal_whole(kinds[kind].least)) < 0 || decimal_compare(value, decimal_whole(kinds[kind].most)) > 0)
        return false;
    *ret_value = decimal_text(arena, value);
    return true;
}

bool room_within(const char *value, const char *low, const char *high)
{
    decimal read, limit;
    if (decimal_parse(value, &read) != DECIMAL_GOOD)
        return false;
    if (low && (decimal_parse(low, &limit) != DECIMAL_GOOD || decimal_compare(read, limit) < 0))
        return false;
    return !high || (decimal_parse(high, &limit) == DECIMAL_GOOD && decimal_compare(read, limit) <= 0);
}

const char *room_limits(arena *arena, const char *low, const char *high)
{
    if (low && high)
        return arena_format(arena, "%s to %s", low, high);
    return arena_format(arena, low ? ">= %s" : "<= %s", low ? low : high);
}
