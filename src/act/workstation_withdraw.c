/* A browser is no workstation any more: no badge opens anything there. */
#include "magistral/act/badges.h"

static const input_definition inputs[] = {
    {"workstation", INPUT_NUMBER, 0, "workstation", "PAILLASSE-1"},
    {"reason", INPUT_TEXT, 0, NULL, "Poste remplacé"},
    {0},
};

static ending run(call *call)
{
    workstation declared = {0};
    bool found = false;
    const char *name = call_text(call, "workstation");
    TRY(store_find(call->store, &WORKSTATION_BY_NAME, (&(workstation){.name = name}), call->arena, &declared, &found));
    if (!found)
        return call_refuse(call, "WORKSTATION-02", "workstation", "workstation", name, NULL);
    declared.withdrawn_by = call->person.id;
    declared.withdrawn_at = call->now;
    declared.withdrawn_reason = call_text(call, "reason");
    TRY(store_update(call->store, &WORKSTATION_WITHDRAW, &declared));
    put_link(call->done, "workstation", "workstation", name);
    put_instant(call->done, "withdrawn-at", declared.withdrawn_at);
    return DONE;
}

const act workstation_withdraw_act = {.name = "workstation withdraw", .right = RIGHT_MANAGE_PEOPLE, .inputs = inputs, .run = run};
