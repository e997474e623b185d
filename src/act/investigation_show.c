/* One investigation of a result out of specification. */
#include "magistral/act/investigations.h"
#include "magistral/act/people.h"

static const input_definition inputs[] = {
    {"investigation", INPUT_NUMBER, INPUT_POSITIONAL, "investigation", "I26-0001"},
    {0},
};

static ending run(call *call)
{
    investigation investigation = {0};
    result_whole whole = {0};
    bool found = false;
    TRY(investigations_find(call, &investigation));
    TRY(store_find(call->store, &RESULT_BY_ID, (&(result){.id = investigation.result}), call->arena, &whole.result, &found));
    TRY(results_load(call, &whole));
    put_link(call->done, "investigation", "investigation", investigation.number);
    put_link(call->done, "batch", "batch", whole.batch.number);
    put_link(call->done, "result", "result", whole.result.number);
    put_text(call->done, "name", whole.control->name);
    put_text(call->done, "stated", whole.result.stated);
    put_text(call->done, "hypothesis", investigation.hypothesis);
    TRY(put_person(call, call->done, "opened-by", investigation.opened_by));
    put_instant(call->done, "opened-at", investigation.opened_at);
    put_state_of(call->done, "state", "investigation", investigation.state);
    put_state_of(call->done, "concluded", "investigation", investigation.conclusion);
    put_text(call->done, "evidence", investigation.evidence);
    TRY(put_person(call, call->done, "concluded-by", investigation.concluded_by));
    put_instant(call->done, "concluded-at", investigation.concluded_at);
    return DONE;
}

const act investigation_show_act = {.name = "investigation show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
