/* Where a batch is put: in bulk or in bottles, with its samples. What its place went through is then known. Rule: EU GMP 3.19; BPP 5.51. */
#include "magistral/act/batches.h"
#include "magistral/act/excursions.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"location", INPUT_TEXT, 0, NULL, "Armoire Q1"},
    {0},
};

static ending run(call *call)
{
    batch batch = {0};
    const char *location = call_text(call, "location"), *former = NULL;
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    TRY(excursions_place_of_batch(call, batch.id, &former));
    if (text_equal(former, location))
        return call_refuse(call, "EXCURSION-10", "location", "thing", batch.number, "location", location, NULL);
    TRY(excursions_check_place(call, "location", location));
    TRY(call_ending(call));
    batch_location made = {.batch = batch.id, .location = location, .person = call->person.id, .at = call->now};
    TRY(store_insert(call->store, &BATCH_LOCATION_INSERT, &made));
    put_link(call->done, "batch", "batch", batch.number);
    put_text(call->done, "location", location);
    put_text(call->done, "former-location", former);
    return DONE;
}

const act batch_store_act = {.name = "batch store", .right = RIGHT_MOVE_STOCK, .inputs = inputs,
                             .states = "in-preparation|quarantine|released|recalled|refused|abandoned", .run = run};
