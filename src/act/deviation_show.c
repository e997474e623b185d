/* One deviation and its decision. */
#include "magistral/act/batches.h"
#include "magistral/act/deviations.h"
#include "magistral/act/people.h"

static const input_definition inputs[] = {
    {"deviation", INPUT_NUMBER, INPUT_POSITIONAL, "deviation", "D26-0001"},
    {0},
};

static ending run(call *call)
{
    deviation deviation = {0};
    batch batch = {0};
    bool found = false;
    TRY(deviations_find(call, "deviation", &deviation));
    TRY(store_find(call->store, &BATCH_BY_ID, (&(struct batch){.id = deviation.batch}), call->arena, &batch, &found));
    put_link(call->done, "deviation", "deviation", deviation.number);
    put_link(call->done, "batch", "batch", batch.number);
    put_text(call->done, "subject", deviation.subject);
    put_state(call->done, "class", deviation.class);
    put_text(call->done, "description", deviation.description);
    TRY(put_person(call, call->done, "opened-by", deviation.opened_by));
    put_instant(call->done, "opened-at", deviation.opened_at);
    put_state_of(call->done, "state", "deviation", deviation.state);
    put_state_of(call->done, "decision", "deviation", deviation.decision);
    put_text(call->done, "impact", deviation.impact);
    TRY(put_person(call, call->done, "decided-by", deviation.decided_by));
    put_instant(call->done, "decided-at", deviation.decided_at);
    return DONE;
}

const act deviation_show_act = {.name = "deviation show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
