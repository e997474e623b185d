/* Wording and layout as this site wants them; another person approves before anything is printed with it. What would stop the
 * bench is found here, not at its first label. */
#include "magistral/act/layouts.h"

static const input_definition inputs[] = {
    {"name", INPUT_TEXT, 0, NULL, "bottle_label.fr.layout"},
    {"file", INPUT_FILE, 0, NULL, "bottle_label.fr.layout"},
    {"subject", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

static ending prepare(call *call)
{
    const char *name = call_text(call, "name");
    layout *layout = NULL;
    TRY(layouts_check_name(call, name));
    TRY(layouts_check(call, name, call_input(call, "file")->file_bytes, &layout));
    return layouts_try(call, layout, call_text(call, "subject"));
}

static ending run(call *call)
{
    const char *name = call_text(call, "name"), *digest = NULL;
    template last = {0};
    bool found = false;
    TRY(store_find(call->store, &TEMPLATE_LAST, (&(template){.name = name}), call->arena, &last, &found));
    TRY(call_store_file(call, "file", &digest));
    template row = {.name = name, .version = found ? last.version + 1 : 1, .content = digest, .imported_by = call->person.id,
                    .imported_at = call->now, .approved_by = ABSENT, .withdrawn_by = ABSENT};
    TRY(store_insert(call->store, &TEMPLATE_INSERT, &row));
    call_concerns(call, "template", name);
    put_text(call->done, "name", name);
    put_count(call->done, "version", row.version);
    return DONE;
}

const act template_import_act = {.name = "template import", .right = RIGHT_IMPORT_TEMPLATES, .inputs = inputs, .run = run, .prepare = prepare};
