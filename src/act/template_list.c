#include <string.h>

#include "magistral/act/lists.h"
#include "magistral/base/embedded.h"
#include "magistral/store/document.h"

static void put_versions(answer *list, const char *name, const template *rows, size_t count)
{
    answer *row = add_object(list);
    put_text(row, "name", name);
    put_count(row, "version", 0);
    put_instant(row, "imported", NULL);
    put_instant(row, "approved", NULL);
    put_instant(row, "withdrawn", NULL);
    put_text(put_door(row, "do", "template preview"), "name", name);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].name, name) != 0)
            continue;
        row = add_object(list);
        put_text(row, "name", name);
        put_count(row, "version", rows[i].version);
        put_instant(row, "imported", rows[i].imported_at);
        put_instant(row, "approved", rows[i].approved_at);
        put_instant(row, "withdrawn", rows[i].withdrawn_at);
        put_text(row, "do", NULL);
    }
}

static const input_definition inputs[] = {
    LIST_INPUTS("name|version|imported|approved|withdrawn"),
    {0},
};

/* Version 0 is the one compiled in. */
static ending run(call *call)
{
    template *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &TEMPLATE_LIST, NOTHING, call->arena, &rows, &count));
    answer *list = put_list(call->done, "templates");
    for (size_t i = 0; i < embedded_templates_count; i++) {
        size_t length = strlen(embedded_templates[i].name);
        if (length > 7 && strcmp(embedded_templates[i].name + length - 7, ".layout") == 0)
            put_versions(list, embedded_templates[i].name, rows, count);
    }
    return lists_shorten(call, list);
}

const act template_list_act = {.name = "template list", .view = true, .right = RIGHT_SIGNED_IN, .inputs = inputs, .run = run};
