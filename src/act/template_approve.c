#include "magistral/act/call.h"
#include "magistral/store/document.h"

static const input_definition inputs[] = {
    {"name", INPUT_TEXT, 0, NULL, "bottle_label.fr.layout"},
    {"version", INPUT_COUNT, 0, NULL, "1"},
    {0},
};

static ending run(call *call)
{
    template row = {0};
    bool found = false;
    template wanted = {.name = call_text(call, "name"), .version = call_integer(call, "version")};
    TRY(store_find(call->store, &TEMPLATE_BY_VERSION, &wanted, call->arena, &row, &found));
    if (!found)
        return call_refuse(call, "TEMPLATE-02", "version", "name", wanted.name, NULL);
    if (row.approved_by != ABSENT)
        return call_refuse(call, "TEMPLATE-03", "version", "at", row.approved_at, NULL);
    if (row.imported_by == call->person.id)
        return call_refuse(call, "TEMPLATE-04", "version", NULL);
    row.approved_by = call->person.id;
    row.approved_at = call->now;
    TRY(store_update(call->store, &TEMPLATE_APPROVE, &row));
    call_concerns(call, "template", row.name);
    put_text(call->done, "name", row.name);
    put_count(call->done, "version", row.version);
    return DONE;
}

const act template_approve_act = {.name = "template approve", .right = RIGHT_APPROVE_TEMPLATES, .signed_act = true, .inputs = inputs, .run = run};
