#include "magistral/act/emergencies.h"

#include "magistral/base/catalogue.h"
#include "magistral/base/typography.h"

ending emergencies_of_version(call *call, int64_t version, emergency_line *ret_emergency)
{
    bool found = false;
    *ret_emergency = (emergency_line){0};
    return store_find(call->store, &EMERGENCY_OF_VERSION, (&(emergency){.version = version}), call->arena, ret_emergency, &found);
}

ending emergencies_of_batch(call *call, int64_t batch, emergency_line *ret_emergency)
{
    bool found = false;
    *ret_emergency = (emergency_line){0};
    return store_find(call->store, &EMERGENCY_OF_BATCH, (&(emergency_key){.batch = batch}), call->arena, ret_emergency, &found);
}

ending emergencies_state(call *call, const formula_version *version, const char **ret_state)
{
    emergency_line emergency = {0};
    *ret_state = version->state;
    if (!text_equal(version->state, "draft"))
        return DONE;
    TRY(emergencies_of_version(call, version->id, &emergency));
    if (emergency.id)
        *ret_state = emergency.withdrawn_at ? "withdrawn" : "emergency";
    return DONE;
}

ending emergencies_may_be_made(call *call, const formula_version *version, bool *ret_may)
{
    const char *state = NULL;
    TRY(emergencies_state(call, version, &state));
    *ret_may = text_is_among("approved|emergency", state);
    return DONE;
}

ending emergencies_check_operator(call *call, const batch *batch)
{
    emergency_line emergency = {0};
    TRY(emergencies_of_batch(call, batch->id, &emergency));
    if (emergency.id && emergency.person == call->person.id)
        call_refuse(call, "EMERGENCY-05", "as", "version", emergency.number, "batch", batch->number, NULL);
    return DONE;
}

static const char *instant_words(const call *call, language language, const char *instant)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    typography_add_answer(&text, language, call->zone, answer_make(call->arena, ANSWER_INSTANT, instant, NULL, NULL));
    return arena_text(call->arena, buffer_text(&text));
}

const char *emergencies_words(call *call, language language, const emergency_line *emergency)
{
    bool completed = emergency->completed_at, withdrawn = emergency->withdrawn_at;
    refusal_value values[] = {{"version", emergency->number}, {"person", emergency->name}, {"at", instant_words(call, language, emergency->at)},
                              {"reason", emergency->reason}, {"other", completed ? emergency->completed_by : ""},
                              {"then", completed ? instant_words(call, language, emergency->completed_at) : ""}};
    const char *key = completed ? "emergency.completed" : withdrawn ? "emergency.withdrawn" : "emergency.open";
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    typography_add_sentence(&text, language, catalogue_fill(call->arena, language, key, values, sizeof values / sizeof *values));
    return arena_text(call->arena, buffer_text(&text));
}

ending emergencies_put(call *call, answer *to, int64_t version)
{
    emergency_line emergency = {0};
    TRY(emergencies_of_version(call, version, &emergency));
    if (!emergency.id)
        return DONE;
    answer *object = put_object(to, "emergency");
    put_link(object, "person", "person", emergency.identifier);
    put_instant(object, "at", emergency.at);
    put_text(object, "reason", emergency.reason);
    put_text(object, "risk-evaluation", emergency.risk_evaluation);
    put_link(object, "batch", "batch", emergency.batch);
    if (!emergency.withdrawn_at)
        return DONE;
    put_instant(object, "withdrawn-at", emergency.withdrawn_at);
    put_text(object, "withdrawn-reason", emergency.withdrawn_reason);
    return DONE;
}
