#include "magistral/act/table.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "magistral/act/runner.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/text.h"
#include "magistral/base/typography.h"

#define ACT_LISTED(name) &name##_act,
const act *const act_table[] = {ACTS(ACT_LISTED)};
const size_t act_table_count = sizeof act_table / sizeof *act_table;

enum { NEAR = 4 };

/* Every cell of a page that leads to a thing finds a view: a table walked from its start took 7 % of a page. */
static const act *by_name[sizeof act_table / sizeof *act_table];

static int compare(const void *one, const void *other)
{
    return strcmp((*(const act *const *)one)->name, (*(const act *const *)other)->name);
}

static void sort(void)
{
    memcpy(by_name, act_table, sizeof by_name);
    qsort(by_name, act_table_count, sizeof *by_name, compare);
}

static int compare_name(const void *name, const void *act_of)
{
    return strcmp(name, (*(const act *const *)act_of)->name);
}

const act *act_find(const char *name)
{
    static pthread_once_t sorted = PTHREAD_ONCE_INIT;
    pthread_once(&sorted, sort);
    const act *const *found = bsearch(name, by_name, act_table_count, sizeof *by_name, compare_name);
    return found ? *found : NULL;
}

const char *act_nearest(const char *name)
{
    const char *nearest = NULL;
    size_t least = NEAR;
    for (size_t i = 0; i < act_table_count; i++) {
        size_t distance = text_distance(name, act_table[i]->name, NEAR);
        if (distance < least) {
            least = distance;
            nearest = act_table[i]->name;
        }
    }
    return nearest;
}

static bool is_of_noun(const act *act, const char *noun)
{
    size_t length = strlen(noun);
    return strncmp(act->name, noun, length) == 0 && act->name[length] == ' ';
}

const char *act_verbs(arena *arena, const char *noun)
{
    BUFFER_SCOPE buffer verbs = BUFFER_EMPTY;
    for (size_t i = 0; i < act_table_count; i++)
        if (is_of_noun(act_table[i], noun))
            buffer_add_format(&verbs, "%s%s", verbs.length ? ", " : "", act_table[i]->name);
    return verbs.length ? arena_text(arena, buffer_text(&verbs)) : NULL;
}

const char *act_nouns(arena *arena)
{
    BUFFER_SCOPE buffer nouns = BUFFER_EMPTY;
    for (size_t i = 0; i < act_table_count; i++) {
        const char *name = act_table[i]->name, *noun = arena_copy(arena, name, strcspn(name, " "));
        bool first = true;
        for (size_t k = 0; k < i; k++)
            first = first && !is_of_noun(act_table[k], noun);
        if (first)
            buffer_add_format(&nouns, "%s%s", nouns.length ? ", " : "", noun);
    }
    return arena_text(arena, buffer_text(&nouns));
}

const char *act_unknown(arena *arena, language language, const char *name)
{
    const char *noun = arena_copy(arena, name, strcspn(name, " ")), *verbs = act_verbs(arena, noun), *nearest = act_nearest(name);
    if (verbs && (strcmp(noun, name) == 0 || !nearest)) {
        refusal_value values[] = {{"act", name}, {"noun", noun}, {"verbs", verbs}};
        return catalogue_fill(arena, language, strcmp(noun, name) == 0 ? "cli.noun-alone" : "cli.unknown-verb", values, 3);
    }
    refusal_value values[] = {{"act", name}, {"nearest", nearest}, {"nouns", act_nouns(arena)}};
    return catalogue_fill(arena, language, nearest ? "cli.unknown-act" : "cli.unknown-noun", values, 3);
}

const char *act_nearest_input(const act *act, const char *name)
{
    const char *nearest = NULL;
    size_t least = NEAR;
    for (const input_definition *d = act->inputs; d && d->name; d++) {
        size_t distance = text_distance(name, d->name, NEAR);
        if (distance < least) {
            least = distance;
            nearest = d->name;
        }
    }
    return nearest;
}

const char *act_input_text(arena *arena, language language, const act *act, const input_definition *definition)
{
    const char *own = arena_format(arena, "input.%s.%s", act->name, definition->name);
    return typography_sentence(arena, language, catalogue_text(language, own) ? own : arena_format(arena, "input.%s", definition->name));
}
