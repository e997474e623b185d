/* Secret inputs are never words of a command: they are read from files. */
#include <string.h>

#include "cli.h"

static const char *value_of(const given_input *inputs, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(inputs[i].name, name) == 0 && inputs[i].count > 0)
            return inputs[i].values[0];
    return NULL;
}

ending secrets_read(const act *act, const char *person, const char *path, bool from_inputs, arena *arena, outcome *outcome,
                    given_input *inputs, size_t *count)
{
    for (const input_definition *d = act->inputs; d && d->name; d++) {
        if (d->type != INPUT_SECRET)
            continue;
        const char *whose = value_of(inputs, *count, "person"), *own = value_of(inputs, *count, d->name), *secret = NULL;
        if (!whose)
            whose = value_of(inputs, *count, "identifier");
        if (!from_inputs && own)
            return refuse(outcome, "CALL-22", d->name, NULL);
        const char *file = own ? own : path;
        if (!file)
            return refuse(outcome, "CALL-03", d->name, "example", "FILE", NULL);
        TRY(password_read(file, whose ? whose : person, arena, outcome, &secret));
        const char **values = arena_array(arena, 1, sizeof *values);
        values[0] = secret;
        size_t at = 0;
        while (at < *count && strcmp(inputs[at].name, d->name) != 0)
            at++;
        inputs[at] = (given_input){.name = d->name, .values = values, .count = 1};
        *count = at == *count ? *count + 1 : *count;
    }
    return DONE;
}
