#include "magistral/act/layouts.h"

static const input_definition inputs[] = {
    {"name", INPUT_TEXT, 0, NULL, "bottle_label.fr.layout"},
    {"version", INPUT_COUNT, 0, NULL, "1"},
    {0},
};

static ending check_again(call *call, const template *row)
{
    const char *type = NULL, *text = NULL;
    size_t length = 0;
    bool found = false;
    layout *layout = NULL;
    TRY(store_content(call->store, row->content, call->arena, &type, &text, &length, &found));
    return found ? layouts_check(call, row->name, text, &layout) : fail(call->outcome, "a version of %s has no content", row->name);
}

static ending run(call *call)
{
    template row = {0};
    TRY(layouts_find(call, &row));
    if (row.withdrawn_by != ABSENT)
        return call_refuse(call, "TEMPLATE-06", "version", "at", row.withdrawn_at, "reason", row.withdrawn_reason, NULL);
    if (row.approved_by != ABSENT)
        return call_refuse(call, "TEMPLATE-03", "version", "at", row.approved_at, NULL);
    if (row.imported_by == call->person.id)
        return call_refuse(call, "TEMPLATE-04", "version", NULL);
    TRY(check_again(call, &row)); /* the program may be another one than at the import */
    row.approved_by = call->person.id;
    row.approved_at = call->now;
    TRY(store_update(call->store, &TEMPLATE_APPROVE, &row));
    call_concerns(call, "template", row.name);
    put_text(call->done, "name", row.name);
    put_count(call->done, "version", row.version);
    return DONE;
}

const act template_approve_act = {.name = "template approve", .right = RIGHT_APPROVE_TEMPLATES, .signed_act = true, .inputs = inputs, .run = run};
