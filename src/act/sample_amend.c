/* Another number of capsules was sampled than was entered. Rule: BPP 4.40, 6.76; EU GMP 4.9. */
#include "magistral/act/amendments.h"
#include "magistral/act/batches.h"
#include "magistral/act/numbers.h"
#include "magistral/act/reconciliations.h"
#include "magistral/act/samples.h"
#include "magistral/store/result.h"

static const input_definition inputs[] = {
    {"sample", INPUT_NUMBER, INPUT_POSITIONAL, "sample", "B26-0001/S1"},
    {"units", INPUT_COUNT, 0, NULL, "20"},
    {"reason", INPUT_TEXT, 0, NULL, "Recompté au laboratoire"},
    {0},
};

/* What the laboratory received or began a result with rests on it; so does the packaging. */
static ending is_used(call *call, const batch *batch, const sample_line *sample, bool *ret_used)
{
    result_line *results = NULL;
    size_t count = 0;
    *ret_used = batch->conforming != ABSENT || sample->used > 0 || sample->received != ABSENT;
    TRY(store_list(call->store, &RESULTS_OF, (&(result){.batch = batch->id}), call->arena, &results, &count));
    for (size_t i = 0; i < count; i++)
        *ret_used = *ret_used || sample_serves(sample->destinations, results[i].code);
    return DONE;
}

static ending check_units(call *call, const batch *batch, const sample_line *sample)
{
    batch_making making = {0};
    formula_content formula = {0};
    int64_t units = call_integer(call, "units"), due = 0;
    TRY(batches_making(call, batch, &making));
    TRY(batches_formula(call, batch, &formula));
    int64_t left = making_left(batch, &making) + sample->units;
    for (size_t i = 0; i < formula.control_count; i++)
        if (text_equal(sample->purpose, "control") && !formula.controls[i].shares && sample_serves(sample->destinations, formula.controls[i].code))
            due += formula.controls[i].units;
    left = batch->conforming == ABSENT ? left : batch->filled;
    if (units < 1 || units > left)
        call_refuse(call, "SAMPLE-04", "units", "units", call_text(call, "units"), "left", count_text(call->arena, left), NULL);
    if (units < due || units < sample->used)
        call_refuse(call, "SAMPLE-05", "units", "units", call_text(call, "units"), "due", count_text(call->arena, due > sample->used ? due : sample->used), NULL);
    if (text_equal(sample->purpose, "reserve") && units > formula.version.reserve_units)
        call_refuse(call, "SAMPLE-07", "units", "units", call_text(call, "units"), "reserve", count_text(call->arena, formula.version.reserve_units), NULL);
    if (sample->received != ABSENT && units != sample->received)
        call_refuse(call, "AMENDMENT-15", "units", "units", call_text(call, "units"), "received", count_text(call->arena, sample->received), "sample", sample->number, NULL);
    return call_ending(call);
}

static ending run(call *call)
{
    sample_line sample = {0};
    batch batch = {0};
    int64_t units = call_integer(call, "units");
    TRY(samples_find(call, &sample, &batch));
    TRY(amendments_check_open(call, "sample", &batch));
    TRY(check_units(call, &batch, &sample));
    amended_entry entry = amendments_number(call, "units", sample.units, units, NULL);
    amending amending = {.batch = &batch, .kind = "sample", .subject = sample.number, .author = sample.person, .entered_at = sample.at,
                         .good_before = true, .good_after = true, .entries = &entry, .count = units == sample.units ? 0 : 1};
    TRY(is_used(call, &batch, &sample, &amending.used));
    TRY(amendments_check(call, &amending));
    put_link(call->done, "sample", "sample", sample.number);
    TRY(amendments_write(call, &amending));
    put_count(call->done, "units", units);
    TRY(store_update(call->store, &SAMPLE_AMEND, (&(struct sample){.id = sample.id, .units = units})));
    return reconciliations_again(call, &batch, "capsules");
}

const act sample_amend_act = {.name = "sample amend", .right = RIGHT_MAKE, .inputs = inputs, .states = "quarantine", .run = run};
