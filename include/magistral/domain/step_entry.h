#ifndef MAGISTRAL_DOMAIN_STEP_ENTRY_H
#define MAGISTRAL_DOMAIN_STEP_ENTRY_H

#include <stdbool.h>

#include "magistral/base/arena.h"
#include "magistral/base/decimal.h"

/* What a step of a formula must record, one line an entry: "NAME: KIND [UNIT] [LOW..HIGH]", for example
 * "duration: decimal min 8..12", "passes: count 3..", "sieve-intact: truth", "remark: text".
 * Rule: BPP 4.39, 4.40 (what is done is recorded at the time it is done). */
typedef enum step_entry_kind { ENTRY_DECIMAL, ENTRY_COUNT, ENTRY_TRUTH, ENTRY_TEXT } step_entry_kind;

typedef struct step_entry {
    const char *name;
    step_entry_kind kind;
    const char *unit; /* or NULL */
    bool has_low, has_high;
    decimal low, high; /* inclusive */
} step_entry;

/* Reads one line; false when it is not of that form, when a truth or text has a unit or limits, or low is above high.
 * Texts are the arena's. */
bool step_entry_parse(arena *arena, const char *line, step_entry *ret_entry);

/* Reads a value for an entry; *ret_text is its canonical form. False when the value is not of the entry's kind. *ret_within
 * says whether it lies inside the limits; a truth is inside when it is yes. */
bool step_entry_judge(arena *arena, const step_entry *entry, const char *value, const char **ret_text, bool *ret_within);

/* The limits as people read them ("8 to 12 min", ">= 3"), or NULL when there are none. */
const char *step_entry_limits(arena *arena, const step_entry *entry);

#endif
