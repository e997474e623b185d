/* Another number of capsules was sampled than was entered. Rule: BPP 4.40, 6.76; EU GMP 4.9. */
#include "magistral/act/amendments.h"
#include "magistral/act/batches.h"
#include "magistral/act/numbers.h"
#include "magistral/act/reconciliations.h"
#include "magistral/store/result.h"

static const input_definition inputs[] = {
    {"sample", INPUT_NUMBER, INPUT_POSITIONAL, "sample", "B26-0001/S1"},
    {"units", INPUT_COUNT, 0, NULL, "20"},
    {"reason", INPUT_TEXT, 0, NULL, "Recompté au laboratoire"},
    {0},
};

static ending find(call *call, sample *ret_sample, batch *ret_batch)
{
    bool found = false;
    const char *number = call_text(call, "sample");
    TRY(store_find(call->store, &SAMPLE_BY_NUMBER, (&(sample){.number = number}), call->arena, ret_sample, &found));
    if (!found)
        return call_refuse(call, "AMENDMENT-16", "sample", "sample", number, NULL);
    TRY(store_find(call->store, &BATCH_BY_ID, (&(batch){.id = ret_sample->batch}), call->arena, ret_batch, &found));
    call_concerns(call, "batch", ret_batch->number);
    return amendments_check_open(call, "sample", ret_batch);
}

/* A result that was begun rests on the capsules; so does the packaging. */
static ending is_used(call *call, const batch *batch, const sample *sample, bool *ret_used)
{
    result_line *results = NULL;
    size_t count = 0;
    *ret_used = batch->conforming != ABSENT || sample->used > 0;
    TRY(store_list(call->store, &RESULTS_OF, (&(result){.batch = batch->id}), call->arena, &results, &count));
    for (size_t i = 0; i < count; i++)
        *ret_used = *ret_used || sample_serves(sample, results[i].code);
    return DONE;
}

static ending check_units(call *call, const batch *batch, const sample *sample)
{
    batch_making making = {0};
    formula_content formula = {0};
    int64_t units = call_integer(call, "units"), due = 0;
    TRY(batches_making(call, batch, &making));
    TRY(batches_formula(call, batch, &formula));
    int64_t left = making_left(batch, &making) + sample->units;
    for (size_t i = 0; i < formula.control_count; i++)
        if (text_equal(sample->purpose, "control") && !formula.controls[i].shares && sample_serves(sample, formula.controls[i].code))
            due += formula.controls[i].units;
    if (units < 1 || (batch->conforming == ABSENT && units > left))
        call_refuse(call, "SAMPLE-04", "units", "units", call_text(call, "units"), "left", count_text(call->arena, left), NULL);
    if (units < due || units < sample->used)
        call_refuse(call, "SAMPLE-05", "units", "units", call_text(call, "units"), "due", count_text(call->arena, due > sample->used ? due : sample->used), NULL);
    if (text_equal(sample->purpose, "reserve") && units > formula.version.reserve_units)
        call_refuse(call, "SAMPLE-07", "units", "units", call_text(call, "units"), "reserve", count_text(call->arena, formula.version.reserve_units), NULL);
    return call_ending(call);
}

static ending run(call *call)
{
    sample sample = {0};
    batch batch = {0};
    int64_t units = call_integer(call, "units");
    TRY(find(call, &sample, &batch));
    TRY(check_units(call, &batch, &sample));
    amended_entry entry = amendments_number(call, "units", sample.units, units, NULL);
    amending amending = {.batch = &batch, .kind = "sample", .subject = sample.number, .author = sample.person, .entered_at = sample.at,
                         .good_before = true, .good_after = true, .entries = &entry, .count = units == sample.units ? 0 : 1};
    TRY(is_used(call, &batch, &sample, &amending.used));
    TRY(amendments_check(call, &amending));
    put_link(call->done, "sample", "sample", sample.number);
    TRY(amendments_write(call, &amending));
    sample.units = units;
    put_count(call->done, "units", units);
    TRY(store_update(call->store, &SAMPLE_AMEND, &sample));
    return reconciliations_again(call, &batch, "capsules");
}

const act sample_amend_act = {.name = "sample amend", .right = RIGHT_MAKE, .inputs = inputs, .states = "quarantine", .run = run};
