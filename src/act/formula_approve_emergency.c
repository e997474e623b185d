/* One pharmacist, who may have written it, approves a version in an emergency, on a written evaluation of the risk, for one batch that they
 * make no part of; another pharmacist completes it (formula approve), or it is withdrawn. Rule: BPP 1.22. */
#include "magistral/act/emergencies.h"

static const input_definition inputs[] = {
    {"version", INPUT_NUMBER, INPUT_POSITIONAL, "formula", "BIR20/2"},
    {"risk-evaluation", INPUT_LONG, 0, NULL, "Seul traitement possible ce soir ; substance et dosage connus (BIR20/1) ; excipient remplacé par un autre déjà employé"},
    {"reason", INPUT_TEXT, 0, NULL, "Nuit du samedi, aucun second pharmacien joignable avant lundi"},
    {0},
};

static ending run(call *call)
{
    formula_version version = {0};
    formula_content content = {0};
    emergency_line former = {0}, open = {0};
    bool found = false;
    const char *state = NULL;
    TRY(formulas_find_version(call, "version", &version));
    TRY(emergencies_state(call, &version, &state));
    TRY(emergencies_of_version(call, version.id, &former));
    if (former.id)
        return call_refuse(call, "EMERGENCY-01", "version", "version", version.number, "at", former.at, NULL);
    if (!text_is_among(call->act->states, state))
        return call_refuse(call, "FORMULA-03", "version", "version", version.number, "state", call_word(call, "state.", state), NULL);
    TRY(store_find(call->store, &EMERGENCY_OPEN_OF_FORMULA, (&(emergency_key){.formula = version.formula}), call->arena, &open, &found));
    if (found)
        return call_refuse(call, "EMERGENCY-07", "version", "version", open.number, "at", open.at, NULL);
    TRY(formulas_check_complete(call, &version, &content));
    TRY(call_ending(call));
    emergency made = {.version = version.id, .risk_evaluation = call_text(call, "risk-evaluation"), .reason = call_text(call, "reason"), .person = call->person.id,
                      .at = call->now, .meaning = call->meaning, .withdrawn_by = ABSENT};
    TRY(store_insert(call->store, &EMERGENCY_INSERT, &made));
    call_concerns(call, "formula", content.formula.code);
    put_link(call->done, "version", "formula", version.number);
    put_state(call->done, "state", "emergency");
    return DONE;
}

const act formula_approve_emergency_act = {.name = "formula approve-emergency", .right = RIGHT_APPROVE_FORMULAS, .signed_act = true, .inputs = inputs, .states = "draft", .run = run};
