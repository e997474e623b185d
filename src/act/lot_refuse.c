/* A pharmacist refuses a lot: it is isolated until returned or destroyed. Rule: BPP 6.33 to 6.35. */
#include "magistral/act/lots.h"

static const input_definition inputs[] = {
    {"lot", INPUT_NUMBER, 0, "lot", "MP26-0004"},
    {"reason", INPUT_LONG, 0, NULL, "Spectre infrarouge non concordant avec la référence"},
    {0},
};

static ending run(call *call)
{
    lot lot = {0};
    TRY(lots_find(call, "lot", &lot));
    TRY(lot_in_quarantine(call, "lot", &lot));
    lot.state = "refused";
    lot.decided_by = call->person.id;
    lot.decided_at = call->now;
    lot.decision_reason = call_text(call, "reason");
    TRY(store_update(call->store, &LOT_REFUSE, &lot));
    put_link(call->done, "lot", "lot", lot.number);
    put_state(call->done, "state", lot.state);
    return DONE;
}

const act lot_refuse_act = {.name = "lot refuse", .right = RIGHT_DECIDE_LOTS, .signed_act = true, .inputs = inputs, .states = "quarantine", .run = run};
