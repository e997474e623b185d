/* Another number of capsules was filled than was entered: what was reconciled with it is reconciled again. Rule: BPP 4.40, 5.12; EU GMP 4.9. */
#include "magistral/act/amendments.h"
#include "magistral/act/numbers.h"
#include "magistral/act/reconciliations.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"units", INPUT_COUNT, 0, NULL, "300"},
    {"reason", INPUT_TEXT, 0, NULL, "Plateau compté deux fois"},
    {0},
};

/* Within what was planned, the shells in hand, and not fewer than were taken out of the bulk since. */
static ending check_units(call *call, const batch *batch, const batch_making *making)
{
    formula_content formula = {0};
    int64_t units = call_integer(call, "units"), shells = 0, taken = batch->filled - making_left(batch, making);
    TRY(batches_formula(call, batch, &formula));
    TRY(batches_shells_left(call, batch, &formula, making, &shells));
    if (units < 1 || units > batch->units)
        call_refuse(call, "BATCH-15", "units", "units", call_text(call, "units"), "planned", count_text(call->arena, batch->units), NULL);
    else if (units > shells + batch->filled)
        call_refuse(call, "BATCH-16", "units", "units", call_text(call, "units"), "shells", count_text(call->arena, shells + batch->filled), NULL);
    else if (units < taken)
        call_refuse(call, "AMENDMENT-12", "units", "units", call_text(call, "units"), "taken", count_text(call->arena, taken), NULL);
    return call_ending(call);
}

static ending run(call *call)
{
    batch batch = {0};
    batch_making making = {0};
    amending amending = {.batch = &batch, .kind = "filling"};
    int64_t units = call_integer(call, "units");
    TRY(batches_find(call, "batch", &batch));
    TRY(amendments_check_open(call, "batch", &batch));
    if (batch.filled == ABSENT)
        return call_refuse(call, "AMENDMENT-11", "batch", "batch", batch.number, NULL);
    TRY(batches_making(call, &batch, &making));
    TRY(check_units(call, &batch, &making));
    amended_entry entry = amendments_number(call, "filled", batch.filled, units, NULL);
    int64_t least = batch.units - batch.loss_units; /* fewer was a pharmacist's decision before filling: BPP 5.03 */
    amending.subject = batch.number;
    amending.used = making.sample_count > 0 || batch.conforming != ABSENT || making_left(&batch, &making) != batch.filled;
    amending.good_before = batch.filled >= least;
    amending.good_after = units >= least;
    amending.entries = &entry;
    amending.count = units == batch.filled ? 0 : 1;
    TRY(amendments_author(call, "batch", batch.number, "batch fill", &amending.author, &amending.entered_at));
    TRY(amendments_check(call, &amending));
    put_link(call->done, "batch", "batch", batch.number);
    TRY(amendments_write(call, &amending));
    batch.filled = units;
    put_count(call->done, "filled", units);
    TRY(store_update(call->store, &BATCH_AMEND, &batch));
    return reconciliations_again(call, &batch, "powder|shells|capsules");
}

const act batch_amend_filled_act = {.name = "batch amend-filled", .right = RIGHT_MAKE, .inputs = inputs, .states = "quarantine", .run = run};
