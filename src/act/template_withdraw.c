/* Goes back: to the version approved before, or to the program's own when there is none. */
#include "magistral/act/layouts.h"

static const input_definition inputs[] = {
    {"name", INPUT_TEXT, 0, NULL, "bottle_label.fr.layout"},
    {"version", INPUT_COUNT, 0, NULL, "1"},
    {"reason", INPUT_TEXT, 0, NULL, "Le nom du produit est trop petit"},
    {0},
};

static ending run(call *call)
{
    template row = {0}, in_force = {0};
    bool found = false;
    TRY(layouts_find(call, &row));
    if (row.withdrawn_by != ABSENT)
        return call_refuse(call, "TEMPLATE-06", "version", "at", row.withdrawn_at, "reason", row.withdrawn_reason, NULL);
    row.withdrawn_by = call->person.id;
    row.withdrawn_at = call->now;
    row.withdrawn_reason = call_text(call, "reason");
    TRY(store_update(call->store, &TEMPLATE_WITHDRAW, &row));
    TRY(store_find(call->store, &TEMPLATE_IN_FORCE, (&(template){.name = row.name}), call->arena, &in_force, &found));
    call_concerns(call, "template", row.name);
    put_text(call->done, "name", row.name);
    put_count(call->done, "version", row.version);
    put_count(call->done, "in-force", found ? in_force.version : 0);
    return DONE;
}

const act template_withdraw_act = {.name = "template withdraw", .right = RIGHT_APPROVE_TEMPLATES, .signed_act = true, .inputs = inputs, .run = run};
