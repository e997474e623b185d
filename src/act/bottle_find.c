/* A bottle that was lost in the pharmacy is found: a pharmacist looks at where it lay and at its seal, counts
 * what is in it, and its capsules count again. That of
 * which this cannot be said stays lost, or is put to waste. Rule: BPP 4.38, 5.12, 6.69. */
#include "magistral/act/bottles.h"

static const input_definition inputs[] = {
    {"bottle", INPUT_NUMBER, INPUT_POSITIONAL, "bottle", "B26-0001/4"},
    {"units", INPUT_COUNT, 0, NULL, "56"},
    {"found-how", INPUT_LONG, 0, NULL, "Armoire 2 au lieu de l'armoire 1 ; température suivie, scellé intact"},
    {0},
};

/* Of a repackaging, it may be the first count of this bottle by another person than who filled it. */
static ending check_second(call *call, const taken_bottle *taken)
{
    bottle bottle = {0};
    bottle_opening opening = {0};
    bool found = false;
    TRY(store_find(call->store, &BOTTLE_BY_ID, (&(struct bottle){.id = taken->id}), call->arena, &bottle, &found));
    if (bottle.opening == ABSENT)
        return DONE;
    TRY(store_find(call->store, &BOTTLE_OPENING_BY_ID, (&(bottle_opening){.id = bottle.opening}), call->arena, &opening, &found));
    batches_check_second_person(call, "as", opening.opened_by);
    return DONE;
}

static ending run(call *call)
{
    taken_bottle bottle = {0};
    batch batch = {0};
    bottle_loss loss = {0};
    bool found = false;
    const char *state = NULL;
    TRY(bottles_find(call, &bottle, &batch));
    if (!text_equal(bottle.ended, "lost"))
        return call_refuse(call, "BOTTLE-13", "bottle", "bottle", bottle.number, NULL);
    if (!text_is_among("quarantine|released|recalled|refused|abandoned", batch.state))
        call_refuse(call, "BOTTLE-14", "bottle", "bottle", bottle.number, "batch", batch.number, "state", call_state(call, "batch", batch.state), NULL);
    if (call_integer(call, "units") != bottle.units)
        call_refuse(call, "BOTTLE-16", "units", "bottle", bottle.number, NULL);
    TRY(check_second(call, &bottle));
    TRY(batches_state(call, batch.id, &state));
    TRY(store_find(call->store, &BOTTLE_LOSS_OPEN, (&(bottle_loss){.bottle = bottle.id}), call->arena, &loss, &found));
    TRY(call_ending(call));
    loss.found_by = call->person.id;
    loss.found_at = call->now;
    loss.found_how = call_text(call, "found-how");
    TRY(store_update(call->store, &BOTTLE_LOSS_FIND, &loss));
    TRY(store_update(call->store, &BOTTLE_FOUND, (&(struct bottle){.id = bottle.id})));
    put_link(call->done, "bottle", "bottle", bottle.number);
    put_link(call->done, "batch", "batch", batch.number);
    put_state_of(call->done, "state", "batch", state);
    put_count(call->done, "units", bottle.units);
    return DONE;
}

const act bottle_find_act = {.name = "bottle find", .right = RIGHT_RELEASE, .inputs = inputs, .states = "lost", .run = run};
