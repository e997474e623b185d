/* One weighing with its figures and people. */
#include <string.h>

#include "magistral/act/amendments.h"
#include "magistral/act/late_entries.h"
#include "magistral/act/weighings.h"

static const input_definition inputs[] = {
    {"weighing", INPUT_NUMBER, INPUT_POSITIONAL, "weighing", "B26-0001/W1"},
    {0},
};

static ending run(call *call)
{
    weighing weighing = {0};
    batch batch = {0};
    batch_making making = {0};
    TRY(weighings_find(call, "weighing", &weighing, &batch));
    TRY(batches_making(call, &batch, &making));
    put_link(call->done, "batch", "batch", batch.number);
    for (size_t i = 0; i < making.weighing_count; i++)
        if (making.weighings[i].id == weighing.id)
            TRY(weighings_put(call, call->done, &making.weighings[i]));
    TRY(late_entries_put_of(call, call->done, "weighing", weighing.number));
    return amendments_put(call, call->done, batch.id, weighing.number);
}

const act weighing_show_act = {.name = "weighing show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
