/* Discards a weighing: what was taken stays charged to the batch and never goes back. Rule: BPP 5.03, 5.53. */
#include <string.h>

#include "magistral/act/weighings.h"

static const input_definition inputs[] = {
    {"weighing", INPUT_NUMBER, INPUT_POSITIONAL, "weighing", "B26-0001/W2"},
    {"reason", INPUT_TEXT, 0, NULL, "Hors tolérance (+2,84 %) : pesée à refaire"},
    {0},
};

/* What was stirred into the powder is not taken out of it again. */
static ending check_unused(call *call, const weighing *weighing, const batch *batch)
{
    formula_content formula = {0};
    batch_making making = {0};
    if (!weighing->recorded_at)
        return DONE;
    TRY(batches_formula(call, batch, &formula));
    TRY(batches_making(call, batch, &making));
    bool used = batch->filled != ABSENT;
    for (size_t i = 0; i < making.step_count; i++)
        for (size_t k = 0; k < formula.step_count; k++)
            used = used || (formula.steps[k].id == making.steps[i].step && strcmp(formula.steps[k].kind, "operation") == 0 &&
                            strcmp(making.steps[i].at, weighing->recorded_at) > 0);
    return used ? call_refuse(call, "WEIGHING-30", "weighing", "weighing", weighing->number, NULL) : DONE;
}

static ending run(call *call)
{
    weighing weighing = {0};
    batch batch = {0};
    TRY(weighings_find(call, "weighing", &weighing, &batch));
    if (!text_is_among(call->act->states, weighing.state))
        return call_refuse(call, "WEIGHING-26", "weighing", "weighing", weighing.number, "state", call_word(call, "state.", weighing.state), NULL);
    TRY(check_unused(call, &weighing, &batch));
    if (strcmp(batch.state, "in-preparation") != 0) /* what was left of it was destroyed with the batch */
        return call_refuse(call, "BATCH-02", "weighing", "batch", batch.number, "state", call_word(call, "state.", batch.state), "states",
                           call_word(call, "state.", "in-preparation"), NULL);
    weighing.discarded_by = call->person.id;
    weighing.discarded_at = call->now;
    weighing.discard_reason = call_text(call, "reason");
    TRY(store_update(call->store, &WEIGHING_DISCARD, &weighing));
    put_link(call->done, "weighing", "weighing", weighing.number);
    put_decimal(call->done, "charged-mass", weighing.net == ABSENT ? NULL : mass_text(call->arena, (mass){weighing.net}, "g", 0), "g");
    put_state(call->done, "state", "discarded");
    return DONE;
}

const act weighing_discard_act = {.name = "weighing discard", .right = RIGHT_MAKE, .inputs = inputs, .states = "open|recorded|verified", .run = run};
