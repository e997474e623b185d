/* A bottle holds another number of capsules than was entered: its label, which says the number, is void and printed anew; what was reconciled
 * with it is reconciled again. Rule: BPP 4.40, 5.12, 5.59; EU GMP 4.9. */
#include "magistral/act/amendments.h"
#include "magistral/act/bottles.h"
#include "magistral/act/labels.h"
#include "magistral/act/numbers.h"
#include "magistral/act/reconciliations.h"

static const input_definition inputs[] = {
    {"bottle", INPUT_NUMBER, INPUT_POSITIONAL, "bottle", "B26-0001/1"},
    {"units", INPUT_COUNT, 0, NULL, "56"},
    {"reason", INPUT_TEXT, 0, NULL, "Recompté devant témoin"},
    {0},
};

static ending run(call *call)
{
    taken_bottle bottle = {0};
    batch batch = {0};
    amending amending = {.batch = &batch, .kind = "bottle", .good_before = true, .good_after = true};
    int64_t units = call_integer(call, "units"), edition = 0;
    TRY(bottles_find(call, &bottle, &batch));
    TRY(amendments_check_open(call, "bottle", &batch));
    bottles_check_here(call, &bottle);
    TRY(call_ending(call));
    if (units < 1 || units > batch.filled)
        return call_refuse(call, "AMENDMENT-13", "units", "units", call_text(call, "units"), "filled", count_text(call->arena, batch.filled), NULL);
    TRY(reconciliations_edition(call, &batch, "capsules", &edition));
    amended_entry entry = amendments_number(call, "units", bottle.units, units, NULL);
    amending.subject = bottle.number;
    amending.used = edition > 0;
    amending.entries = &entry;
    amending.count = units == bottle.units ? 0 : 1;
    TRY(amendments_author(call, "batch", batch.number, "batch package", &amending.author, &amending.entered_at));
    TRY(amendments_check(call, &amending));
    put_link(call->done, "bottle", "bottle", bottle.number);
    TRY(amendments_write(call, &amending));
    batch.conforming += units - bottle.units;
    put_count(call->done, "units", units);
    put_count(call->done, "conforming", batch.conforming);
    TRY(store_update(call->store, &BOTTLE_AMEND, (&(struct bottle){.id = bottle.id, .units = units})));
    TRY(store_update(call->store, &BATCH_AMEND, &batch));
    TRY(labels_void(call, "bottle", bottle.number, call_text(call, "reason"), false));
    return reconciliations_again(call, &batch, "capsules|labels");
}

const act bottle_amend_act = {.name = "bottle amend", .right = RIGHT_MAKE, .inputs = inputs, .states = "quarantine", .run = run};
