/* The bottle is scanned after its label was stuck: label and capsules belong together. Another bottle is a near miss. */
#include "magistral/act/dispensings.h"
#include "magistral/act/scans.h"

static const input_definition inputs[] = {
    {"dispensing", INPUT_NUMBER, INPUT_POSITIONAL, "dispensing", "2026/0001"},
    {"bottle", INPUT_TEXT, INPUT_SCANNED, NULL, "B26-0001/1"},
    {0},
};

/* What a scanner reads: the code of the bottle's label, or the number typed in when a label cannot be read. */
static ending find_bottle(call *call, taken_bottle *ret_bottle, bool *ret_found)
{
    const char *number = call_text(call, "bottle");
    if (scans_is_code(number))
        TRY(scans_number(call, "bottle", "bottle", number, &number));
    return store_find(call->store, &BOTTLE_SCANNED, (&(taken_bottle){.number = number}), call->arena, ret_bottle, ret_found);
}

static ending check_bottle(call *call, const dispensing *dispensing, taken_bottle *ret_bottle)
{
    taken_bottle scanned = {0}, *held = NULL;
    bool known = false;
    size_t count = 0;
    TRY(find_bottle(call, &scanned, &known));
    if (!known) {
        call_wrong_scan(call, "bottle", scans_kept(call->arena, call_text(call, "bottle")));
        return call_refuse(call, "DISPENSING-20", "bottle", "bottle", call_text(call, "bottle"), NULL);
    }
    TRY(store_list(call->store, &BOTTLES_OF_DISPENSING, (&(taken_bottle){.dispensing = dispensing->id}), call->arena, &held, &count));
    for (size_t i = 0; i < count; i++)
        if (held[i].id == scanned.id) {
            *ret_bottle = held[i];
            return held[i].scanned_at ? call_refuse(call, "DISPENSING-22", "bottle", "bottle", scanned.number, NULL) : DONE;
        }
    call_wrong_scan(call, "bottle", scanned.number);
    return call_refuse(call, "DISPENSING-21", "bottle", "bottle", scanned.number, "dispensing", dispensing->number, NULL);
}

static ending run(call *call)
{
    dispensing dispensing = {0};
    taken_bottle bottle = {0};
    TRY(dispensings_find(call, &dispensing));
    TRY(dispensings_check_state(call, &dispensing, "confirmed"));
    TRY(dispensings_check_its_batch(call, &dispensing));
    TRY(check_bottle(call, &dispensing, &bottle));
    dispensing_bottle scanned = {.dispensing = dispensing.id, .bottle = bottle.id, .scanned_at = call->now};
    TRY(store_update(call->store, &DISPENSING_BOTTLE_SCAN, &scanned));
    call_concerns(call, "bottle", bottle.number);
    dispensings_put(call, &dispensing, dispensing.state);
    put_link(call->done, "bottle", "bottle", bottle.number);
    return DONE;
}

const act dispensing_scan_act = {.name = "dispensing scan", .right = RIGHT_PRINT_LABELS, .inputs = inputs, .run = run};
