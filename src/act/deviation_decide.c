/* A pharmacist who did not make the batch decides a deviation, with its impact on quality. Rule: BPP 5.03, 6.68. */
#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/act/deviations.h"
#include "magistral/act/releases.h"
#include "magistral/store/amendment.h"

static const input_definition inputs[] = {
    {"deviation", INPUT_NUMBER, INPUT_POSITIONAL, "deviation", "D26-0001"},
    {"decision", INPUT_CHOICE, 0, "accepted|discard|refuse-batch", "accepted"},
    {"impact", INPUT_LONG, 0, NULL, "Sans effet sur l'homogénéité : mélange repris pour sa durée entière"},
    {0},
};

static ending run(call *call)
{
    deviation deviation = {0};
    batch batch = {0};
    bool found = false, after = false;
    TRY(deviations_find(call, "deviation", &deviation));
    if (!text_is_among(call->act->states, deviation.state))
        return call_refuse(call, "DEVIATION-03", "deviation", "deviation", deviation.number, "decision",
                           call_state(call, "deviation", deviation.decision), NULL);
    TRY(store_find(call->store, &BATCH_BY_ID, (&(struct batch){.id = deviation.batch}), call->arena, &batch, &found));
    TRY(deviations_after_release(call, &batch, deviation.subject, &after));
    if ((batch_fell(batch.state) || strcmp(batch.state, "released") == 0) && !after)
        return call_refuse(call, "DEVIATION-04", "deviation", "batch", batch.number, "state", call_word(call, "state.", batch.state), NULL);
    amendment own = {0};
    int64_t operated = 0;
    TRY(releases_parts(call, &PART_OPERATED, &batch, &operated));
    TRY(store_find(call->store, &AMENDMENT_OF_DEVIATION, (&(amendment){.deviation = deviation.id, .person = call->person.id, .batch = ABSENT, .lot = ABSENT}), call->arena, &own, &found));
    if (operated > 0 || found)
        return call_refuse(call, "DEVIATION-05", "as", "deviation", deviation.number, "batch", batch.number, NULL);
    deviation.decision = call_text(call, "decision");
    deviation.impact = call_text(call, "impact");
    deviation.decided_by = call->person.id;
    deviation.decided_at = call->now;
    TRY(store_update(call->store, &DEVIATION_DECIDE, &deviation));
    call_concerns(call, "batch", batch.number);
    put_link(call->done, "deviation", "deviation", deviation.number);
    put_state_of(call->done, "decision", "deviation", deviation.decision);
    return DONE;
}

const act deviation_decide_act = {.name = "deviation decide", .right = RIGHT_DECIDE_DEVIATIONS, .signed_act = true, .inputs = inputs, .states = "open", .run = run};
