/* A pharmacist who did not write it approves a complete version, which is frozen from then on; one that was approved in an emergency is
 * completed so. Rule: BPP 1.22, 2.05, 4.08, 4.32. */
#include <string.h>

#include "magistral/act/emergencies.h"

static const input_definition inputs[] = {
    {"version", INPUT_NUMBER, INPUT_POSITIONAL, "formula", "BIR20/1"},
    {0},
};

/* One that was approved in an emergency is completed by another pharmacist. Rule: BPP 1.22. */
static ending check_emergency(call *call, const formula_version *version)
{
    emergency_line emergency = {0};
    TRY(emergencies_of_version(call, version->id, &emergency));
    if (emergency.id && emergency.withdrawn_at)
        call_refuse(call, "EMERGENCY-03", "version", "version", version->number, "at", emergency.withdrawn_at, NULL);
    if (emergency.id && emergency.person == call->person.id)
        call_refuse(call, "EMERGENCY-02", "version", "version", version->number, NULL);
    if (emergency.batch)
        call_concerns(call, "batch", emergency.batch);
    return DONE;
}

static ending run(call *call)
{
    formula_version version = {0};
    formula_content content = {0};
    TRY(formulas_find_version(call, "version", &version));
    if (!text_is_among(call->act->states, version.state))
        return call_refuse(call, "FORMULA-03", "version", "version", version.number, "state", call_word(call, "state.", version.state), NULL);
    if (version.author == call->person.id)
        call_refuse(call, "FORMULA-40", "version", "version", version.number, NULL);
    TRY(check_emergency(call, &version));
    TRY(formulas_check_complete(call, &version, &content));
    TRY(call_ending(call));
    version.approved_by = call->person.id;
    version.approved_at = call->now;
    TRY(store_update(call->store, &FORMULA_VERSION_APPROVE, &version));
    call_concerns(call, "formula", content.formula.code);
    put_link(call->done, "version", "formula", version.number);
    put_state(call->done, "state", "approved");
    return DONE;
}

const act formula_approve_act = {.name = "formula approve", .right = RIGHT_APPROVE_FORMULAS, .signed_act = true, .inputs = inputs, .states = "draft|emergency", .run = run};
