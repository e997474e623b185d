#include "magistral/act/table.h"

#include <string.h>

#include "magistral/act/runner.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/text.h"
#include "magistral/base/typography.h"

#define ACT_LISTED(name) &name##_act,
const act *const act_table[] = {ACTS(ACT_LISTED)};
const size_t act_table_count = sizeof act_table / sizeof *act_table;

enum { NEAR = 4 };

const act *act_find(const char *name)
{
    for (size_t i = 0; i < act_table_count; i++)
        if (strcmp(act_table[i]->name, name) == 0)
            return act_table[i];
    return NULL;
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
