/* Withdraws an approved version: no further batch is planned or started from it. Rule: BPP 4.08. */
#include <string.h>

#include "magistral/act/formulas.h"

static const input_definition inputs[] = {
    {"version", INPUT_NUMBER, INPUT_POSITIONAL, "formula", "BIR20/1"},
    {"reason", INPUT_TEXT, 0, NULL, "Remplacée par BIR20/2"},
    {0},
};

static ending run(call *call)
{
    formula_version version = {0};
    TRY(formulas_find_version(call, "version", &version));
    if (strcmp(version.state, "approved") != 0)
        return call_refuse(call, "FORMULA-41", "version", "version", version.number, "state", call_word(call, "state.", version.state), NULL);
    TRY(store_update(call->store, &FORMULA_VERSION_WITHDRAW, &version));
    put_link(call->done, "version", "formula", version.number);
    put_state(call->done, "state", "withdrawn");
    return DONE;
}

const act formula_withdraw_act = {.name = "formula withdraw", .right = RIGHT_APPROVE_FORMULAS, .inputs = inputs, .run = run};
