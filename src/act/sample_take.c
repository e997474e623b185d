/* Takes capsules out of the bulk: counted once, with their destinations; one reserve serves a second stage and, unused, becomes
 * the retained sample. Rule: BPP 6.64 to 6.67, 6.73 to 6.76. */
#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/act/emergencies.h"
#include "magistral/act/numbers.h"
#include "magistral/base/digest.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, 0, "batch", "B26-0001"},
    {"purpose", INPUT_CHOICE, INPUT_OPTIONAL, "control|reserve", "control"},
    {"destinations", INPUT_NUMBER, INPUT_LIST, NULL, "MASS"},
    {"units", INPUT_COUNT, 0, NULL, "20"},
    {0},
};

/* A control has its units once: replacing them is no way to pass. Of a reserve the destinations are the staged controls. */
static int64_t check_destinations(call *call, const formula_content *formula, const batch_making *making, const char *purpose)
{
    const input_value *given = call_input(call, "destinations");
    int64_t due = 0;
    for (size_t i = 0; i < given->count; i++) {
        const formula_control *control = formulas_control(formula, given->texts[i]);
        if (!control) {
            call_refuse(call, "SAMPLE-02", "destinations", "control", given->texts[i], "version", formula->version.number, NULL);
            continue;
        }
        due += control->shares ? 0 : control->units;
        for (size_t k = 0; k < i; k++)
            if (strcmp(given->texts[k], given->texts[i]) == 0)
                call_refuse(call, "SAMPLE-08", "destinations", "control", given->texts[i], NULL);
        for (size_t k = 0; k < making->sample_count; k++)
            if (strcmp(making->samples[k].purpose, purpose) == 0 && sample_serves(making->samples[k].destinations, given->texts[i]))
                call_refuse(call, "SAMPLE-03", "destinations", "control", given->texts[i], "sample", making->samples[k].number, NULL);
    }
    return strcmp(purpose, "control") == 0 ? due : 0;
}

static void check_units(call *call, const batch *batch, const formula_content *formula, const batch_making *making, const char *purpose, int64_t due)
{
    int64_t units = call_integer(call, "units"), left = making_left(batch, making);
    if (units < 1 || units > left)
        call_refuse(call, "SAMPLE-04", "units", "units", call_text(call, "units"), "left", count_text(call->arena, left), NULL);
    if (units < due)
        call_refuse(call, "SAMPLE-05", "units", "units", call_text(call, "units"), "due", count_text(call->arena, due), NULL);
    if (strcmp(purpose, "reserve") != 0)
        return;
    for (size_t i = 0; i < making->sample_count; i++)
        if (strcmp(making->samples[i].purpose, "reserve") == 0)
            call_refuse(call, "SAMPLE-06", "purpose", "sample", making->samples[i].number, NULL);
    if (units > formula->version.reserve_units)
        call_refuse(call, "SAMPLE-07", "units", "units", call_text(call, "units"), "reserve",
                    count_text(call->arena, formula->version.reserve_units), NULL);
}

static const char *joined(call *call)
{
    const input_value *given = call_input(call, "destinations");
    BUFFER_SCOPE buffer codes = BUFFER_EMPTY;
    for (size_t i = 0; i < given->count; i++)
        buffer_add_format(&codes, "%s%s", i > 0 ? "," : "", given->texts[i]);
    return arena_text(call->arena, codes.bytes);
}

static ending run(call *call)
{
    batch batch = {0};
    formula_content formula = {0};
    batch_making making = {0};
    const char *purpose = call_has(call, "purpose") ? call_text(call, "purpose") : "control";
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    TRY(emergencies_check_operator(call, &batch));
    TRY(batches_formula(call, &batch, &formula));
    TRY(batches_making(call, &batch, &making));
    if (batch.conforming != ABSENT)
        call_refuse(call, "SAMPLE-01", "batch", "batch", batch.number, NULL);
    int64_t due = check_destinations(call, &formula, &making, purpose);
    check_units(call, &batch, &formula, &making, purpose, due);
    TRY(call_ending(call));
    int64_t rank = (int64_t)making.sample_count + 1;
    sample made = {.number = arena_format(call->arena, "%s/S%lld", batch.number, (long long)rank), .batch = batch.id, .rank = rank,
                   .purpose = purpose, .destinations = joined(call), .units = call_integer(call, "units"), .used = 0,
                   .person = call->person.id, .at = call->now};
    TRY(store_insert(call->store, &SAMPLE_INSERT, &made));
    call_concerns(call, "sample", made.number);
    put_link(call->done, "sample", "sample", made.number);
    put_state(call->done, "kind", purpose);
    put_text(call->done, "destinations", made.destinations);
    put_count(call->done, "units", made.units);
    return DONE;
}

const act sample_take_act = {.name = "sample take", .right = RIGHT_MAKE, .inputs = inputs, .states = "quarantine", .run = run};
