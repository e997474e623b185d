#include "magistral/act/samples.h"

#include <string.h>

ending samples_find(call *call, sample_line *ret_sample, batch *ret_batch)
{
    bool found = false;
    const char *number = call_text(call, "sample");
    TRY(store_find(call->store, &SAMPLE_LINE, (&(sample_line){.number = number}), call->arena, ret_sample, &found));
    if (!found)
        return call_refuse(call, "SAMPLE-09", "sample", "sample", number, NULL);
    call_concerns(call, "batch", ret_sample->batch_number);
    return store_find(call->store, &BATCH_BY_ID, (&(batch){.id = ret_sample->batch}), call->arena, ret_batch, &found);
}

static bool serves(const sample_line *sample, const formula_control *control)
{
    return sample_serves(sample->destinations, control->code) || (control->shares && sample_serves(sample->destinations, control->shares));
}

bool samples_may_be_received(const sample_line *sample, const batch *batch, const formula_content *formula)
{
    bool later = false;
    for (size_t i = 0; i < formula->control_count; i++)
        later = later || (strcmp(formula->controls[i].due, "after-release") == 0 && serves(sample, &formula->controls[i]));
    return strcmp(batch->state, "quarantine") == 0 || (later && strcmp(batch->state, "released") == 0);
}

const sample_line *samples_awaited(const sample_line *samples, size_t count, const formula_control *control)
{
    if (strcmp(control->due, "in-process") == 0)
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (strcmp(samples[i].purpose, "control") == 0 && samples[i].received == ABSENT && serves(&samples[i], control))
            return &samples[i];
    return NULL;
}

ending samples_put_task(call *call, answer *to, const sample_line *sample)
{
    batch batch = {0};
    formula_content formula = {0};
    bool found = false;
    TRY(store_find(call->store, &BATCH_BY_ID, (&(struct batch){.id = sample->batch}), call->arena, &batch, &found));
    TRY(batches_formula(call, &batch, &formula));
    if (sample->received == ABSENT && samples_may_be_received(sample, &batch, &formula))
        door_give(put_door(put_object(to, "task"), "door", "sample receive"), "sample", sample->number);
    else
        put_text(to, "task", NULL);
    return DONE;
}

ending samples_put_exits(call *call, answer *to, int64_t batch, int64_t sample)
{
    sample_exit_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &SAMPLE_EXITS_OF, (&(sample_exit_line){.batch = batch, .sample = sample}), call->arena, &lines, &count));
    answer *list = put_list(to, "exits");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        if (sample == ABSENT)
            put_link(row, "sample", "sample", lines[i].number);
        put_count(row, "units", lines[i].units);
        put_state(row, "destination", lines[i].destination);
        put_text(row, "reason", lines[i].reason);
        put_link(row, "person", "person", lines[i].identifier);
        put_instant(row, "at", lines[i].at);
    }
    return DONE;
}
