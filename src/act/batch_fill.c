/* Records the capsules filled: the bulk goes into quarantine with its expiry. Rule: BPP 5.08, 5.12, 5.44, 6.79 to 6.82. */
#include <string.h>

#include "magistral/act/logbooks.h"
#include "magistral/act/numbers.h"
#include "magistral/act/results.h"
#include "magistral/act/rooms.h"
#include "magistral/act/weighings.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, 0, "batch", "B26-0001"},
    {"units", INPUT_COUNT, 0, NULL, "300"},
    {"plate", INPUT_NUMBER, INPUT_OPTIONAL, "equipment", "PLAT-1"},
    {0},
};

static ending check_shells(call *call, const batch *batch, const formula_content *formula, const batch_making *making)
{
    int64_t units = call_integer(call, "units"), shells = 0;
    TRY(batches_shells_left(call, batch, formula, making, &shells));
    if (units < 1 || units > batch->units)
        call_refuse(call, "BATCH-15", "units", "units", call_text(call, "units"), "planned", count_text(call->arena, batch->units), NULL);
    if (units > shells)
        call_refuse(call, "BATCH-16", "units", "units", call_text(call, "units"), "shells", count_text(call->arena, shells), NULL);
    return DONE;
}

/* Fewer capsules than planned, the expected loss aside, is a pharmacist's decision before filling, never after a result.
 * Rule: BPP 5.03, 5.12. */
static ending check_fewer(call *call, const batch *batch)
{
    int64_t units = call_integer(call, "units"), least = batch->units - batch->loss_units, accepted = ABSENT;
    if (units < 1 || units >= least)
        return DONE;
    TRY(weighings_accepted_deviation(call, batch->id, "filling", &accepted));
    if (accepted == ABSENT)
        call_refuse(call, "BATCH-37", "units", "units", call_text(call, "units"), "least", count_text(call->arena, least), "formula",
                    arena_format(call->arena, "%lld - %lld", (long long)batch->units, (long long)batch->loss_units), NULL);
    return DONE;
}

/* All powder weighed and verified, and every step before filling recorded. */
static ending check_ready(call *call, const batch *batch, const formula_content *formula, const batch_making *making)
{
    const formula_component_line *unready = NULL;
    TRY(weighings_first_unready(call, batch, formula, making, NULL, &unready));
    if (unready)
        call_refuse(call, "BATCH-17", "batch", "component", unready->code, NULL);
    const formula_step *next = making_next_step(formula, making);
    if (next && strcmp(next->kind, "filling") != 0)
        call_refuse(call, "BATCH-18", "batch", "step", next->code, "title", next->title, NULL);
    return DONE;
}

static ending run(call *call)
{
    batch batch = {0};
    formula_content formula = {0};
    batch_making making = {0};
    filler_plate plate = {0};
    const char *words = NULL;
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    TRY(batches_formula(call, &batch, &formula));
    TRY(batches_making(call, &batch, &making));
    TRY(batches_check_under_way(call, "batch", &batch));
    TRY(batches_check_cleared_again(call, "batch", &batch));
    TRY(rooms_check(call, "batch", &batch, &formula));
    TRY(plates_check(call, &formula, &plate));
    TRY(check_shells(call, &batch, &formula, &making));
    TRY(check_fewer(call, &batch));
    TRY(check_ready(call, &batch, &formula, &making));
    TRY(results_check_in_process(call, &batch, &formula, true));
    put_link(call->done, "batch", "batch", batch.number);
    TRY(batches_find_expiry(call, &formula, &making, &batch, &words));
    if (strcmp(batch.expiry, batch.made_on) < 0)
        return call_refuse(call, "BATCH-19", "batch", "batch", batch.number, NULL);
    if (strcmp(batch.expiry, call->today) < 0)
        call_refuse(call, "BATCH-53", "batch", "batch", batch.number, "expiry", batch.expiry, NULL);
    TRY(call_ending(call));
    batch.filled = call_integer(call, "units");
    batch.filled_at = call->now;
    if (plate.id)
        TRY(store_insert(call->store, &BATCH_PLATE_INSERT, (&(batch_plate){.batch = batch.id, .equipment = plate.equipment})));
    TRY(store_update(call->store, &BATCH_FILL, &batch));
    put_count(call->done, "filled", batch.filled);
    put_text(call->done, "expiry-formula", words);
    put_day(call->done, "expiry", batch.expiry);
    batches_put_expiry_cause(call->done, &batch);
    put_state(call->done, "state", "quarantine");
    return DONE;
}

const act batch_fill_act = {.name = "batch fill", .right = RIGHT_MAKE, .inputs = inputs, .states = "in-preparation", .run = run};
