/* One sample: drawn, received, used, left; of the reserve until when it is kept, and what left it. */
#include <string.h>

#include "magistral/act/late_entries.h"
#include "magistral/act/samples.h"

static const input_definition inputs[] = {
    {"sample", INPUT_NUMBER, INPUT_POSITIONAL, "sample", "B26-0001/S1"},
    {0},
};

static ending run(call *call)
{
    sample_line sample = {0};
    batch batch = {0};
    TRY(samples_find(call, &sample, &batch));
    bool reserve = strcmp(sample.purpose, "reserve") == 0;
    put_link(call->done, "sample", "sample", sample.number);
    put_link(call->done, "batch", "batch", batch.number);
    put_state(call->done, "state", batch.state);
    put_state(call->done, "kind", sample.purpose);
    put_text(call->done, "destinations", sample.destinations);
    put_count(call->done, "units", sample.units);
    put_link(call->done, "drawn-by", "person", sample.drawer);
    put_instant(call->done, "drawn-at", sample.at);
    if (sample.received != ABSENT)
        put_count(call->done, "received", sample.received);
    else
        put_text(call->done, "received", NULL);
    put_link(call->done, "received-by", "person", sample.receiver);
    put_instant(call->done, "sample-received-at", sample.received_at);
    put_text(call->done, "difference", sample.difference);
    TRY(late_entries_put_of(call, call->done, "sample", sample.number));
    put_link(call->done, "deviation", "deviation", sample.deviation_number);
    if (reserve) {
        put_count(call->done, "used", sample.used);
        put_count(call->done, "left", strcmp(batch.state, "destroyed") == 0 ? 0 : sample_left(&sample));
        put_day(call->done, "kept-until", sample.kept_until);
        TRY(samples_put_exits(call, call->done, batch.id, sample.id));
    }
    return samples_put_task(call, call->done, &sample);
}

const act sample_show_act = {.name = "sample show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
