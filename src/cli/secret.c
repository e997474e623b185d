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
                    const given_input **inputs, size_t *count)
{
    size_t secrets = 0;
    for (const input_definition *d = act->inputs; d && d->name; d++)
        secrets += d->type == INPUT_SECRET;
    if (secrets == 0)
        return DONE;
    given_input *filled = arena_array(arena, *count + secrets, sizeof *filled);
    if (*count > 0)
        memcpy(filled, *inputs, *count * sizeof *filled);
    *inputs = filled;
    for (const input_definition *d = act->inputs; d->name; d++) {
        if (d->type != INPUT_SECRET)
            continue;
        const char *whose = value_of(filled, *count, "person"), *own = value_of(filled, *count, d->name);
        if (!whose)
            whose = value_of(filled, *count, "identifier");
        if (!from_inputs && own)
            return refuse(outcome, "CALL-22", d->name, NULL);
        const char *file = own ? own : path;
        if (!file)
            return refuse(outcome, "CALL-03", d->name, "example", "FILE", NULL);
        const char **secret = arena_array(arena, 1, sizeof *secret);
        whose = whose ? whose : person;
        if (whose && strcmp(d->name, "password") != 0) /* another secret of a person has a line of its own: "tech.a/pin 482915" */
            whose = arena_format(arena, "%s/%s", whose, d->name);
        TRY(password_read(file, whose, own != NULL, arena, outcome, secret));
        size_t at = 0;
        while (at < *count && strcmp(filled[at].name, d->name) != 0)
            at++;
        filled[at] = (given_input){.name = d->name, .values = secret, .count = 1};
        *count = at == *count ? *count + 1 : *count;
    }
    return DONE;
}
