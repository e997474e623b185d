#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "magistral/base/embedded.h"
#include "parts.h"

static bool is_page(const char *name)
{
    size_t length = strlen(name);
    return length > 5 && strcmp(name + length - 5, ".html") == 0;
}

ending templates_read(arena *arena, outcome *outcome, page_templates *ret_templates)
{
    const char **names = arena_array(arena, embedded_templates_count, sizeof *names);
    page_templates made = {.names = names, .list = arena_array(arena, embedded_templates_count, sizeof *made.list)};
    for (size_t i = 0; i < embedded_templates_count; i++) {
        const embedded_file *file = &embedded_templates[i];
        if (!is_page(file->name))
            continue;
        names[made.count] = file->name; /* in step with `list` */
        TRY(template_parse(file->name, (const char *)file->bytes, arena, outcome, &made.list[made.count]));
        made.count++;
    }
    *ret_templates = made;
    return DONE;
}

bool templates_has(const page_templates *templates, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < templates->count; i++)
        if (strncmp(templates->names[i], name, length) == 0 && strcmp(templates->names[i] + length, ".html") == 0)
            return true;
    return false;
}

const page_template *templates_find(const page_templates *templates, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < templates->count; i++)
        if (strncmp(templates->names[i], name, length) == 0 && strcmp(templates->names[i] + length, ".html") == 0)
            return templates->list[i];
    fprintf(stderr, "magistral: there is no page %s\n", name);
    abort();
}
