#include "magistral/base/embedded.h"

#include <string.h>

const embedded_file *embedded_template(const char *name)
{
    for (size_t i = 0; i < embedded_templates_count; i++)
        if (strcmp(embedded_templates[i].name, name) == 0)
            return &embedded_templates[i];
    return NULL;
}
