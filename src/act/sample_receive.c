/* The laboratory receives a sample, by the scan of its label, and counts it again: as many as were drawn, or it is said why not and a
 * deviation opens by itself. Rule: BPP 6.73 to 6.76, 5.03. */
#include <string.h>

#include "magistral/act/deviations.h"
#include "magistral/act/numbers.h"
#include "magistral/act/samples.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/typography.h"

static const input_definition inputs[] = {
    {"sample", INPUT_NUMBER, INPUT_POSITIONAL, "sample", "B26-0001/S1"},
    {"units", INPUT_COUNT, 0, NULL, "20"},
    {"reason", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

/* Once the batch is decided no deviation is added to its record: the reason stands with the reception alone. */
static ending open_deviation(call *call, const sample_line *sample, const batch *batch, int64_t *ret_deviation)
{
    const char *number = NULL;
    deviation made = {0};
    bool found = false;
    *ret_deviation = ABSENT;
    if (call_integer(call, "units") == sample->units || strcmp(batch->state, "quarantine") != 0)
        return DONE;
    refusal_value values[] = {{"sample", sample->number}, {"received", count_text(call->arena, call_integer(call, "units"))},
                              {"drawn", count_text(call->arena, sample->units)}, {"reason", call_text(call, "reason")}};
    BUFFER_SCOPE buffer words = BUFFER_EMPTY;
    typography_add_sentence(&words, call->site_language, catalogue_fill(call->arena, call->site_language, "deviation.sample", values, 4));
    TRY(deviations_open(call, batch, sample->number, "major", arena_text(call->arena, buffer_text(&words)), &number));
    TRY(store_find(call->store, &DEVIATION_BY_NUMBER, (&(deviation){.number = number}), call->arena, &made, &found));
    *ret_deviation = made.id;
    put_link(call->done, "deviation", "deviation", number);
    return DONE;
}

static ending check(call *call, const sample_line *sample, const batch *batch)
{
    formula_content formula = {0};
    TRY(batches_formula(call, batch, &formula));
    if (sample->received != ABSENT)
        call_refuse(call, "SAMPLE-11", "sample", "sample", sample->number, "at", sample->received_at, "person", sample->receiver_name, NULL);
    else if (!samples_may_be_received(sample, batch, &formula))
        call_refuse(call, "SAMPLE-10", "sample", "sample", sample->number, "batch", batch->number, "state", call_word(call, "state.", batch->state), NULL);
    if (call_integer(call, "units") > batch->filled)
        call_refuse(call, "SAMPLE-17", "units", "received", call_text(call, "units"), "sample", sample->number, "filled", count_text(call->arena, batch->filled), NULL);
    else if (call_integer(call, "units") != sample->units && !call_has(call, "reason"))
        call_refuse(call, "SAMPLE-12", "units", "received", call_text(call, "units"), "sample", sample->number, "drawn", count_text(call->arena, sample->units), NULL);
    else if (call_integer(call, "units") == sample->units && call_has(call, "reason")) /* nothing that is given is dropped in silence */
        call_refuse(call, "SAMPLE-18", "reason", "sample", sample->number, "drawn", count_text(call->arena, sample->units), NULL);
    return call_ending(call);
}

static ending run(call *call)
{
    sample_line sample = {0};
    batch batch = {0};
    TRY(samples_find(call, &sample, &batch));
    TRY(check(call, &sample, &batch));
    int64_t units = call_integer(call, "units");
    put_link(call->done, "sample", "sample", sample.number);
    put_link(call->done, "batch", "batch", batch.number);
    put_state(call->done, "kind", sample.purpose);
    put_text(call->done, "destinations", sample.destinations);
    put_count(call->done, "units", sample.units);
    put_count(call->done, "received", units);
    sample_reception made = {.sample = sample.id, .units = units, .reason = call_text(call, "reason"),
                             .person = call->person.id, .at = call->now};
    TRY(open_deviation(call, &sample, &batch, &made.deviation));
    return store_insert(call->store, &SAMPLE_RECEPTION_INSERT, &made);
}

const act sample_receive_act = {.name = "sample receive", .right = RIGHT_ENTER_RESULTS, .inputs = inputs, .run = run};
