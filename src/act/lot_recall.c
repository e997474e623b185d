/* A pharmacist recalls a lot: it is isolated, what holds something of it goes on hold at once, and what left is looked for (trace
 * down). Rule: BPP 8.09 to 8.11. */
#include <string.h>

#include "magistral/act/holds.h"
#include "magistral/act/lots.h"

static const input_definition inputs[] = {
    {"lot", INPUT_NUMBER, 0, "lot", "MP26-0003"},
    {"reason", INPUT_LONG, 0, NULL, "Rappel du fournisseur du 02/02/2026"},
    {0},
};

static ending run(call *call)
{
    lot lot = {0};
    TRY(lots_find(call, "lot", &lot));
    if (!text_is_among(call->act->states, lot.state))
        return call_refuse(call, "LOT-28", "lot", "lot", lot.number, "state", call_word(call, "state.", lot.state), NULL);
    lot.state = "recalled";
    lot.recalled_by = call->person.id;
    lot.recalled_at = call->now;
    lot.recall_reason = call_text(call, "reason");
    TRY(store_update(call->store, &LOT_RECALL, &lot));
    put_link(call->done, "lot", "lot", lot.number);
    put_state(call->done, "state", lot.state);
    return batches_hold_for_lot(call, &lot);
}

const act lot_recall_act = {.name = "lot recall", .right = RIGHT_DECIDE_LOTS, .signed_act = true, .inputs = inputs, .states = "quarantine|accepted", .run = run};
