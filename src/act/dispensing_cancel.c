/* Before the hand-over only: the bottles are free again, the number stays and a further line of the register strikes it
 * (CSP R.5125-45), its labels are void. */
#include "magistral/act/dispensings.h"
#include "magistral/act/labels.h"
#include "magistral/act/registers.h"

static const input_definition inputs[] = {
    {"dispensing", INPUT_NUMBER, INPUT_POSITIONAL, "dispensing", "2026/0001"},
    {"reason", INPUT_TEXT, 0, NULL, "traitement arrêté par le prescripteur"},
    {0},
};

static ending run(call *call)
{
    dispensing dispensing = {0};
    TRY(dispensings_find(call, &dispensing));
    TRY(dispensings_check_state(call, &dispensing));
    dispensing.cancelled_by = call->person.id;
    dispensing.cancelled_at = call->now;
    dispensing.cancel_reason = call_text(call, "reason");
    TRY(store_update(call->store, &DISPENSING_CANCEL, &dispensing));
    TRY(registers_strike(call, "dispensing", dispensing.number, dispensing.cancel_reason));
    TRY(labels_void(call, "dispensing", dispensing.number, dispensing.cancel_reason, true));
    dispensings_put(call, &dispensing, "cancelled");
    return DONE;
}

const act dispensing_cancel_act = {.name = "dispensing cancel", .right = RIGHT_DISPENSE, .inputs = inputs, .states = "confirmed|checked", .run = run};
