/* Before the hand-over only: the bottles are free again, the number stays and a further line of the register strikes it
 * (CSP R.5125-45), its labels are void. */
#include <string.h>

#include "magistral/act/dispensings.h"
#include "magistral/act/registers.h"
#include "magistral/store/document.h"

static const input_definition inputs[] = {
    {"dispensing", INPUT_NUMBER, INPUT_POSITIONAL, "dispensing", "2026/0001"},
    {"reason", INPUT_TEXT, 0, NULL, "traitement arrêté par le prescripteur"},
    {0},
};

static ending void_labels(call *call, const dispensing *dispensing)
{
    label *labels = NULL;
    size_t count = 0;
    label wanted = {.kind = "dispensing", .subject = dispensing->number};
    TRY(store_list(call->store, &LABEL_OF_SUBJECT, &wanted, call->arena, &labels, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(labels[i].state, "printed") != 0 && strcmp(labels[i].state, "applied") != 0 && strcmp(labels[i].state, "specimen") != 0)
            continue;
        labels[i].state = "void";
        labels[i].reason = call_text(call, "reason");
        TRY(store_update(call->store, &LABEL_SETTLE, &labels[i]));
    }
    return DONE;
}

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
    TRY(void_labels(call, &dispensing));
    dispensings_put(call, &dispensing, "cancelled");
    return DONE;
}

const act dispensing_cancel_act = {.name = "dispensing cancel", .right = RIGHT_DISPENSE, .inputs = inputs, .states = "confirmed|checked", .run = run};
