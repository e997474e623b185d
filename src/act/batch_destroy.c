/* Destroys the capsules of a refused or abandoned batch, counted: what is left and the reserve that no test used. Rule: BPP 5.53, 6.34. */
#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/act/numbers.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0002"},
    {"units", INPUT_COUNT, 0, NULL, "142"},
    {"reference", INPUT_TEXT, 0, NULL, "Bordereau de destruction BD-2026-007"},
    {0},
};

static ending run(call *call)
{
    batch batch = {0};
    batch_making making = {0};
    TRY(batches_find_in(call, "batch", "refused|abandoned", &batch));
    TRY(batches_making(call, &batch, &making));
    int64_t left = batch.conforming != ABSENT ? batch.conforming : making_left(&batch, &making), reserve = 0;
    for (size_t i = 0; i < making.sample_count; i++)
        if (strcmp(making.samples[i].purpose, "reserve") == 0)
            reserve += making.samples[i].units - making.samples[i].used;
    const char *formula = arena_format(call->arena, "%lld + %lld", (long long)left, (long long)reserve);
    if (call_integer(call, "units") != left + reserve)
        return call_refuse(call, "BATCH-32", "units", "due", count_text(call->arena, left + reserve), "formula", formula, NULL);
    for (size_t i = 0; i < making.bottle_count; i++)
        if (!making.bottles[i].destroyed)
            TRY(store_update(call->store, &BOTTLE_DESTROY, &making.bottles[i]));
    batch.state = "destroyed";
    batch.destroyed_units = left + reserve;
    batch.destroyed_by = call->person.id;
    batch.destroyed_at = call->now;
    batch.destruction_reference = call_text(call, "reference");
    TRY(store_update(call->store, &BATCH_DESTROY, &batch));
    put_link(call->done, "batch", "batch", batch.number);
    put_figure(call->done, "destroyed", count_text(call->arena, left + reserve), NULL, formula);
    put_state(call->done, "state", batch.state);
    return DONE;
}

const act batch_destroy_act = {.name = "batch destroy", .right = RIGHT_MAKE, .inputs = inputs, .run = run};
