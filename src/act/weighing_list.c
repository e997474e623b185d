/* The weighings of a batch, in order. */
#include "magistral/act/weighings.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {0},
};

static ending run(call *call)
{
    batch batch = {0};
    batch_making making = {0};
    TRY(batches_find(call, "batch", &batch));
    TRY(batches_making(call, &batch, &making));
    put_link(call->done, "batch", "batch", batch.number);
    answer *list = put_list(call->done, "weighings");
    for (size_t i = 0; i < making.weighing_count; i++) {
        const weighing_line *w = &making.weighings[i];
        answer *row = add_object(list);
        put_link(row, "weighing", "weighing", w->number);
        put_link(row, "material", "material", w->material_code);
        put_link(row, "container", "container", w->container_number);
        put_link(row, "balance", "equipment", w->balance);
        put_decimal(row, "target", mass_text(call->arena, (mass){w->target}, "g", 0), "g");
        put_decimal(row, "low", mass_text(call->arena, (mass){w->low}, "g", 0), "g");
        put_decimal(row, "high", mass_text(call->arena, (mass){w->high}, "g", 0), "g");
        put_decimal(row, "net", w->net == ABSENT ? NULL : mass_text(call->arena, (mass){w->net}, "g", 0), "g");
        put_state(row, "state", w->state);
    }
    return DONE;
}

const act weighing_list_act = {.name = "weighing list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
