/* A pharmacist who neither analysed nor made concludes an investigation, on evidence: the laboratory erred, and the result may be set aside
 * and the control done again; or the result stands. Rule: BPP 5.03, 6.18, 6.68; EU GMP 6.35. */
#include "magistral/act/investigations.h"
#include "magistral/act/releases.h"

static const input_definition inputs[] = {
    {"investigation", INPUT_NUMBER, INPUT_POSITIONAL, "investigation", "I26-0001"},
    {"conclusion", INPUT_CHOICE, 0, "laboratory-error|confirmed|inconclusive", "laboratory-error"},
    {"evidence", INPUT_LONG, 0, NULL, "Fiole retrouvée : 50 mL ; témoin redilué, facteur de réponse conforme (cahier CQ-12, p. 31)"},
    {0},
};

static ending check_person(call *call, const investigation *investigation, const batch *batch)
{
    result result = {0};
    result_value *values = NULL;
    size_t count = 0;
    int64_t operated = 0;
    bool found = false;
    TRY(store_find(call->store, &RESULT_BY_ID, (&(struct result){.id = investigation->result}), call->arena, &result, &found));
    TRY(store_list(call->store, &RESULT_VALUES_OF, (&(result_value){.result = result.id}), call->arena, &values, &count));
    bool own = result.entered_by == call->person.id || result.analyst == call->person.id;
    for (size_t i = 0; i < count; i++)
        own = own || values[i].entered_by == call->person.id;
    if (own)
        call_refuse(call, "INVESTIGATION-05", "as", "person", call->person.identifier, "result", result.number, NULL);
    if (text_equal(call_text(call, "conclusion"), "laboratory-error") && !text_equal(result.verdict, "does not comply"))
        call_refuse(call, "INVESTIGATION-07", "conclusion", "result", result.number, NULL);
    TRY(releases_parts(call, &PART_OPERATED, batch, &operated));
    if (operated > 0)
        call_refuse(call, "INVESTIGATION-06", "as", "person", call->person.identifier, "batch", batch->number, NULL);
    return call_ending(call);
}

static ending run(call *call)
{
    investigation investigation = {0};
    batch batch = {0};
    bool found = false;
    TRY(investigations_find(call, &investigation));
    if (!text_is_among(call->act->states, investigation.state))
        return call_refuse(call, "INVESTIGATION-04", "investigation", "investigation", investigation.number, "conclusion",
                           call_state(call, "investigation", investigation.conclusion), NULL);
    TRY(store_find(call->store, &BATCH_BY_ID, (&(struct batch){.id = investigation.batch}), call->arena, &batch, &found));
    TRY(check_person(call, &investigation, &batch));
    investigation.conclusion = call_text(call, "conclusion");
    investigation.evidence = call_text(call, "evidence");
    investigation.concluded_by = call->person.id;
    investigation.concluded_at = call->now;
    investigation.meaning = call->meaning;
    TRY(store_update(call->store, &INVESTIGATION_CONCLUDE, &investigation));
    call_concerns(call, "batch", batch.number);
    put_link(call->done, "investigation", "investigation", investigation.number);
    put_state_of(call->done, "concluded", "investigation", investigation.conclusion);
    return DONE;
}

const act investigation_conclude_act = {.name = "investigation conclude", .right = RIGHT_DECIDE_DEVIATIONS, .signed_act = true, .inputs = inputs, .states = "open", .run = run};
