/* Capsules of the retained sample leave the pharmacy's keeping: asked for by an authority, examined for a complaint, or destroyed once the
 * sample was kept long enough. Rule: BPP 6.64 to 6.67. */
#include <string.h>

#include "magistral/act/numbers.h"
#include "magistral/act/samples.h"

static const input_definition inputs[] = {
    {"sample", INPUT_NUMBER, INPUT_POSITIONAL, "sample", "B26-0001/S4"},
    {"units", INPUT_COUNT, 0, NULL, "4"},
    {"destination", INPUT_CHOICE, 0, "authority|complaint|destruction", "authority"},
    {"reason", INPUT_TEXT, 0, NULL, "Demande ANSM 2026-118, examen du dosage"},
    {0},
};

/* The capsules of a batch that fell are destroyed with it, all together. */
static void check_state(call *call, const sample_line *sample, const batch *batch)
{
    bool destroyed = strcmp(call_text(call, "destination"), "destruction") == 0;
    if (strcmp(sample->purpose, "reserve") != 0)
        call_refuse(call, "SAMPLE-13", "sample", "sample", sample->number, NULL);
    if (!text_is_among(destroyed ? "released|recalled" : "released|recalled|refused", batch->state))
        call_refuse(call, "SAMPLE-14", "sample", "sample", sample->number, "batch", batch->number, "state", call_word(call, "state.", batch->state), NULL);
    else if (destroyed && strcmp(call->today, sample->kept_until) <= 0)
        call_refuse(call, "SAMPLE-15", "destination", "sample", sample->number, "until", sample->kept_until, NULL);
}

static ending run(call *call)
{
    sample_line sample = {0};
    batch batch = {0};
    TRY(samples_find(call, &sample, &batch));
    int64_t units = call_integer(call, "units"), left = sample_left(&sample);
    check_state(call, &sample, &batch);
    if (units < 1 || units > left)
        call_refuse(call, "SAMPLE-16", "units", "units", call_text(call, "units"), "sample", sample.number, "left", count_text(call->arena, left), NULL);
    TRY(call_ending(call));
    sample_exit made = {.sample = sample.id, .units = units, .destination = call_text(call, "destination"), .reason = call_text(call, "reason"),
                        .person = call->person.id, .at = call->now};
    TRY(store_insert(call->store, &SAMPLE_EXIT_INSERT, &made));
    put_link(call->done, "sample", "sample", sample.number);
    put_state(call->done, "destination", made.destination);
    put_count(call->done, "units", units);
    put_count(call->done, "left", left - units);
    return DONE;
}

const act sample_exit_act = {.name = "sample exit", .right = RIGHT_DECIDE_DEVIATIONS, .inputs = inputs, .run = run};
