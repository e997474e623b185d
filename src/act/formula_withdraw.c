/* Withdraws an approved version: no further batch is planned or started from it. Rule: BPP 4.08. */
#include <string.h>

#include "magistral/act/emergencies.h"

static const input_definition inputs[] = {
    {"version", INPUT_NUMBER, INPUT_POSITIONAL, "formula", "BIR20/1"},
    {"reason", INPUT_TEXT, 0, NULL, "Remplacée par BIR20/2"},
    {0},
};

/* One approved in an emergency that nobody completed: its own row says so. */
static ending withdraw_emergency(call *call, const formula_version *version, const emergency_line *open)
{
    emergency ended = {.id = open->id, .withdrawn_by = call->person.id, .withdrawn_at = call->now, .withdrawn_reason = call_text(call, "reason")};
    if (open->batch && open->person == call->person.id) /* a batch is made of it: another looks at it */
        return call_refuse(call, "EMERGENCY-02", "as", "version", version->number, NULL);
    if (open->batch)
        call_concerns(call, "batch", open->batch);
    put_link(call->done, "version", "formula", version->number);
    put_state(call->done, "state", "withdrawn");
    return store_update(call->store, &EMERGENCY_WITHDRAW, &ended);
}

static ending run(call *call)
{
    formula_version version = {0};
    emergency_line open = {0};
    const char *state = NULL;
    TRY(formulas_find_version(call, "version", &version));
    TRY(emergencies_state(call, &version, &state));
    TRY(emergencies_of_version(call, version.id, &open));
    if (text_equal(state, "emergency"))
        return withdraw_emergency(call, &version, &open);
    if (strcmp(version.state, "approved") != 0)
        return call_refuse(call, "FORMULA-41", "version", "version", version.number, "state", call_word(call, "state.", state), NULL);
    TRY(store_update(call->store, &FORMULA_VERSION_WITHDRAW, &version));
    put_link(call->done, "version", "formula", version.number);
    put_state(call->done, "state", "withdrawn");
    return DONE;
}

const act formula_withdraw_act = {.name = "formula withdraw", .right = RIGHT_APPROVE_FORMULAS, .inputs = inputs, .run = run};
