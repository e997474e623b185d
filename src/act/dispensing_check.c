/* The pharmacist's check before anything leaves: every bottle scanned, every label stuck (CSP R.4235-48; BPP 1.24). */
#include <string.h>

#include "magistral/act/dispensings.h"
#include "magistral/store/document.h"

static const input_definition inputs[] = {
    {"dispensing", INPUT_NUMBER, INPUT_POSITIONAL, "dispensing", "2026/0001"},
    {0},
};

static ending check_bottles(call *call, const dispensing *dispensing, size_t *ret_bottles)
{
    taken_bottle *held = NULL;
    TRY(store_list(call->store, &BOTTLES_OF_DISPENSING, (&(taken_bottle){.dispensing = dispensing->id}), call->arena, &held, ret_bottles));
    for (size_t i = 0; i < *ret_bottles; i++) {
        COLLECT(dispensings_check_bottle_label(call, "dispensing", held[i].number));
        if (!dispensings_is_scanned(&held[i]))
            call_refuse(call, "DISPENSING-23", "dispensing", "bottle", held[i].number, NULL);
    }
    return call_ending(call);
}

/* One label a bottle is applied, and none printed is unaccounted for. */
static ending check_labels(call *call, const dispensing *dispensing, size_t bottles)
{
    label *labels = NULL;
    size_t count = 0, applied = 0;
    label wanted = {.kind = "dispensing", .subject = dispensing->number};
    TRY(store_list(call->store, &LABEL_OF_SUBJECT, &wanted, call->arena, &labels, &count));
    for (size_t i = 0; i < count; i++) {
        applied += strcmp(labels[i].state, "applied") == 0;
        if (strcmp(labels[i].state, "printed") == 0)
            call_refuse(call, "DISPENSING-24", "dispensing", "label", labels[i].number, NULL);
    }
    if (applied < bottles)
        call_refuse(call, "DISPENSING-25", "dispensing", "applied", arena_format(call->arena, "%zu", applied), "bottles",
                    arena_format(call->arena, "%zu", bottles), NULL);
    return call_ending(call);
}

static ending run(call *call)
{
    dispensing dispensing = {0};
    size_t bottles = 0;
    TRY(dispensings_find(call, &dispensing));
    TRY(dispensings_check_state(call, &dispensing));
    COLLECT(dispensings_check_its_batch(call, &dispensing, "dispensing"));
    COLLECT(check_bottles(call, &dispensing, &bottles));
    COLLECT(check_labels(call, &dispensing, bottles));
    TRY(call_ending(call));
    dispensing.checked_by = call->person.id;
    dispensing.checked_at = call->now;
    TRY(store_update(call->store, &DISPENSING_CHECK, &dispensing));
    dispensings_put(call, &dispensing, "checked");
    return DONE;
}

const act dispensing_check_act = {.name = "dispensing check", .right = RIGHT_DISPENSE, .inputs = inputs, .states = "confirmed", .run = run};
