/* A bottle that was in the pharmacy is lost, or broken: its capsules are given to nobody, and are no longer counted as left. Before the
 * decision a deviation opens by itself, and a pharmacist decides about it; afterwards the record keeps the row. Rule: BPP 4.38, 5.12. */
#include "magistral/act/bottles.h"
#include "magistral/act/deviations.h"
#include "magistral/act/labels.h"
#include "magistral/base/catalogue.h"

static const input_definition inputs[] = {
    {"bottle", INPUT_NUMBER, INPUT_POSITIONAL, "bottle", "B26-0001/4"},
    {"kind", INPUT_CHOICE, 0, "lost|broken", "broken"},
    {"reason", INPUT_TEXT, 0, NULL, "Tombé dans la salle ; gélules souillées, jetées"},
    {0},
};

static ending open_deviation(call *call, const batch *batch, const taken_bottle *bottle, const char *kind)
{
    const char *number = NULL;
    refusal_value values[] = {{"bottle", bottle->number},
                              {"units", arena_format(call->arena, "%lld", (long long)bottle->units)},
                              {"state", catalogue_word(call->site_language, "state.bottle.", kind)},
                              {"reason", call_text(call, "reason")}};
    const char *description = catalogue_fill(call->arena, call->site_language, "deviation.bottle", values, 4);
    TRY(deviations_open(call, batch, bottle->number, "major", description, &number));
    put_link(call->done, "deviation", "deviation", number);
    return DONE;
}

static ending run(call *call)
{
    taken_bottle bottle = {0};
    batch batch = {0};
    const char *kind = call_text(call, "kind");
    TRY(bottles_find(call, &bottle, &batch));
    if (!text_is_among("quarantine|released|recalled|refused|abandoned", batch.state))
        call_refuse(call, "BOTTLE-12", "bottle", "bottle", bottle.number, "state", call_word(call, "state.", batch.state), NULL);
    bottles_check_here(call, &bottle);
    TRY(call_ending(call));
    bottle_loss made = {.bottle = bottle.id, .batch = batch.id, .kind = kind, .reason = call_text(call, "reason"), .person = call->person.id, .at = call->now,
                        .found_by = ABSENT};
    TRY(store_insert(call->store, &BOTTLE_LOSS_INSERT, &made));
    TRY(store_update(call->store, &BOTTLE_END, (&(struct bottle){.id = bottle.id, .ended = kind})));
    if (text_equal(kind, "broken")) /* who finds a lost one is to read that it is lost */
        TRY(labels_void(call, "bottle", bottle.number, made.reason, false));
    put_link(call->done, "bottle", "bottle", bottle.number);
    put_link(call->done, "batch", "batch", batch.number);
    put_state_of(call->done, "state", "bottle", kind);
    put_count(call->done, "units", bottle.units);
    TRY(labels_reconcile_again(call, batch.id));
    return text_equal(batch.state, "quarantine") ? open_deviation(call, &batch, &bottle, kind) : DONE;
}

const act bottle_lose_act = {.name = "bottle lose", .right = RIGHT_MAKE, .inputs = inputs, .states = "quarantine|released|recalled|refused|abandoned|held|expired", .run = run};
