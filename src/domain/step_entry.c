#include "magistral/domain/step_entry.h"

#include <string.h>

static bool kind_parse(const char *word, step_entry_kind *ret_kind)
{
    static const char *const words[] = {[ENTRY_DECIMAL] = "decimal", [ENTRY_COUNT] = "count", [ENTRY_TRUTH] = "truth", [ENTRY_TEXT] = "text"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0) {
            *ret_kind = (step_entry_kind)i;
            return true;
        }
    return false;
}

/* "8..12", "3..", "..40". */
static bool limits_parse(const char *text, step_entry *entry)
{
    const char *dots = strstr(text, "..");
    size_t before = (size_t)(dots - text);
    entry->has_low = before > 0;
    entry->has_high = dots[2] != 0;
    if (entry->has_low && decimal_parse_bytes(text, before, &entry->low) != DECIMAL_GOOD)
        return false;
    if (entry->has_high && decimal_parse(dots + 2, &entry->high) != DECIMAL_GOOD)
        return false;
    if (entry->has_low && entry->has_high && decimal_compare(entry->low, entry->high) > 0)
        return false;
    return entry->has_low || entry->has_high;
}

static bool is_name(const char *name)
{
    size_t length = strlen(name);
    return length >= 1 && length <= 40 && strcspn(name, "=:") == length;
}

bool step_entry_parse(arena *arena, const char *line, step_entry *ret_entry)
{
    step_entry entry = {0};
    const char *colon = strchr(line, ':');
    if (!colon)
        return false;
    char *name = arena_copy(arena, line, (size_t)(colon - line));
    entry.name = name;
    char *rest = arena_text(arena, colon + 1), *saved = NULL;
    const char *kind = strtok_r(rest, " ", &saved);
    if (!is_name(name) || !kind || !kind_parse(kind, &entry.kind))
        return false;
    for (const char *word = strtok_r(NULL, " ", &saved); word; word = strtok_r(NULL, " ", &saved)) {
        if (entry.kind == ENTRY_TRUTH || entry.kind == ENTRY_TEXT || entry.has_low || entry.has_high)
            return false;
        if (strstr(word, "..") ? !limits_parse(word, &entry) : entry.unit != NULL)
            return false;
        if (!strstr(word, ".."))
            entry.unit = word;
    }
    *ret_entry = entry;
    return true;
}

static bool judge_number(arena *arena, const step_entry *entry, const char *value, const char **ret_text, bool *ret_within)
{
    decimal number;
    if (decimal_parse(value, &number) != DECIMAL_GOOD || (entry->kind == ENTRY_COUNT && (number.places > 0 || number.digits < 0)))
        return false;
    *ret_text = decimal_text(arena, number);
    *ret_within = (!entry->has_low || decimal_compare(number, entry->low) >= 0) && (!entry->has_high || decimal_compare(number, entry->high) <= 0);
    return true;
}

bool step_entry_judge(arena *arena, const step_entry *entry, const char *value, const char **ret_text, bool *ret_within)
{
    bool yes = strcmp(value, "yes") == 0 || strcmp(value, "oui") == 0, no = strcmp(value, "no") == 0 || strcmp(value, "non") == 0;
    switch (entry->kind) {
    case ENTRY_DECIMAL:
    case ENTRY_COUNT:
        return judge_number(arena, entry, value, ret_text, ret_within);
    case ENTRY_TRUTH:
        *ret_text = yes ? "yes" : "no";
        *ret_within = yes;
        return yes || no;
    case ENTRY_TEXT:
        *ret_text = arena_text(arena, value);
        *ret_within = true;
        return *value != 0;
    }
    return false;
}

const char *step_entry_limits(arena *arena, const step_entry *entry)
{
    const char *unit = entry->unit ? arena_format(arena, " %s", entry->unit) : "";
    if (entry->has_low && entry->has_high)
        return arena_format(arena, "%s to %s%s", decimal_text(arena, entry->low), decimal_text(arena, entry->high), unit);
    if (entry->has_low)
        return arena_format(arena, ">= %s%s", decimal_text(arena, entry->low), unit);
    if (entry->has_high)
        return arena_format(arena, "<= %s%s", decimal_text(arena, entry->high), unit);
    return NULL;
}
