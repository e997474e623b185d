#ifndef MAGISTRAL_BASE_CATALOGUE_H
#define MAGISTRAL_BASE_CATALOGUE_H

#include "magistral/base/arena.h"
#include "magistral/base/language.h"
#include "magistral/base/outcome.h"

/* Every word that a person reads stands in templates/NAME.catalogue, both languages side by side:
 *
 *     # a comment
 *     [LOT-04]
 *     source: BPP 5.09
 *     fr: Le lot {{lot}} n'est pas accepté.
 *     en: Lot {{lot}} is not accepted.
 *
 * {{lot}} is replaced by the value of that name, as it was typed or read. The sentence says what is written otherwise:
 * {{due as day}} and {{at as instant}} as the language writes them, the instant at the site; {{net as number}} with its
 * decimal sign, its unit inside ("6.5032 g") or behind the mark ({{due as number g}}); {{why as errno}}, as any further
 * word, the text of the key "errno.VALUE", or of "errno.other"; {{decision as state deviation}} as catalogue_state says it.
 *
 * A line that starts with two spaces goes on with the text of the line above it (joined by one space). A key stands
 * once in all files. The files are compiled in; they are read at the first use, once for all threads. A catalogue
 * that is wrong (a key twice, a language missing) ends the process with status 70 and names file and line. */

/* The text of a key, or NULL when no catalogue knows the key. Never freed. */
const char *catalogue_text(language language, const char *key);

/* The `source:` line of a key, or NULL. */
const char *catalogue_source(const char *key);

/* The text of the key made of `prefix` and `name`, for example "state." and "quarantine"; `name` itself when unknown. */
const char *catalogue_word(language language, const char *prefix, const char *name);

/* A state as it is said of a thing: "state.request.accepted" is "acceptée", "state.accepted" stands for every thing without a
 * word of its own; the state itself when unknown. `noun` may be NULL. */
const char *catalogue_state(language language, const char *noun, const char *state);

/* The text of a key with each {{name}} replaced by its value; a name without value stays as it is written.
 * For an unknown key: the key itself. Owned by the arena. */
const char *catalogue_fill(arena *arena, language language, const char *key, const refusal_value *values, size_t count);

/* The sentence of a refusal; its instants as the clock of `zone` showed them (NULL: UTC, and saying so). */
const char *refusal_sentence(arena *arena, language language, const char *zone, const refusal *refusal);

/* Calls `visit` for every key, in order. */
void catalogue_each(void (*visit)(const char *key, void *context), void *context);

#endif
