/* The capsules leave; from here on nothing is cancelled. A batch held or expired since the check stays here. */
#include "magistral/act/dispensings.h"

static const input_definition inputs[] = {
    {"dispensing", INPUT_NUMBER, INPUT_POSITIONAL, "dispensing", "2026/0001"},
    {"collected-by", INPUT_TEXT, INPUT_OPTIONAL, NULL, "mère du patient"},
    {0},
};

static ending run(call *call)
{
    dispensing dispensing = {0};
    TRY(dispensings_find(call, &dispensing));
    TRY(dispensings_check_state(call, &dispensing));
    TRY(dispensings_check_its_batch(call, &dispensing));
    dispensing.handed_over_by = call->person.id;
    dispensing.handed_over_at = call->now;
    dispensing.collected_by = call_text(call, "collected-by");
    TRY(store_update(call->store, &DISPENSING_HAND_OVER, &dispensing));
    dispensings_put(call, &dispensing, "handed-over");
    return DONE;
}

const act dispensing_hand_over_act = {.name = "dispensing hand-over", .right = RIGHT_DISPENSE, .inputs = inputs, .states = "checked", .run = run};
