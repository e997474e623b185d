/* Discards a weighing: what was taken stays charged to the batch and never goes back. Rule: BPP 5.03, 5.53. */
#include <string.h>

#include "magistral/act/weighings.h"

static const input_definition inputs[] = {
    {"weighing", INPUT_NUMBER, INPUT_POSITIONAL, "weighing", "B26-0001/W2"},
    {"reason", INPUT_TEXT, 0, NULL, "Hors tolérance (+2,84 %) : pesée à refaire"},
    {0},
};

static ending run(call *call)
{
    weighing weighing = {0};
    batch batch = {0};
    TRY(weighings_find(call, "weighing", &weighing, &batch));
    if (strcmp(weighing.state, "open") != 0 && strcmp(weighing.state, "recorded") != 0)
        return call_refuse(call, "WEIGHING-26", "weighing", "weighing", weighing.number, "state", call_word(call, "state.", weighing.state), NULL);
    weighing.discarded_by = call->person.id;
    weighing.discarded_at = call->now;
    weighing.discard_reason = call_text(call, "reason");
    TRY(store_update(call->store, &WEIGHING_DISCARD, &weighing));
    put_link(call->done, "weighing", "weighing", weighing.number);
    put_decimal(call->done, "charged-mass", weighing.net == ABSENT ? NULL : mass_text(call->arena, (mass){weighing.net}, "g", 0), "g");
    put_state(call->done, "state", "discarded");
    return DONE;
}

const act weighing_discard_act = {.name = "weighing discard", .right = RIGHT_MAKE, .inputs = inputs, .states = "open|recorded", .run = run};
