/* Packages the bulk into bottles numbered n of N: every conforming capsule, no other. Rule: BPP 4.40, 5.54, 5.59. */
#include <string.h>

#include "magistral/act/numbers.h"
#include "magistral/act/results.h"
#include "magistral/act/weighings.h"
#include "magistral/domain/packaging.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, 0, "batch", "B26-0001"},
    {"units", INPUT_COUNT, INPUT_LIST, NULL, "56"},
    {0},
};

/* Line cleared, every step before packaging recorded, packaging articles issued and every issue verified. */
static ending check_ready(call *call, const batch *batch, const formula_content *formula, const batch_making *making)
{
    bool cleared = false;
    TRY(batches_line_cleared(call, batch, "packaging", &cleared));
    if (!cleared)
        call_refuse(call, "BATCH-21", "batch", "batch", batch->number, NULL);
    const formula_step *next = making_next_step(formula, making);
    if (next && strcmp(next->kind, "packaging") != 0)
        call_refuse(call, "BATCH-18", "batch", "step", next->code, "title", next->title, NULL);
    for (size_t i = 0; i < making->issue_count; i++)
        if (making->issues[i].verified_by == ABSENT)
            call_refuse(call, "BATCH-22", "batch", "issue", making->issues[i].number, NULL);
    for (size_t i = 0; i < formula->component_count; i++) {
        bool issued = strcmp(formula->components[i].kind, "packaging-article") != 0;
        for (size_t k = 0; k < making->issue_count; k++)
            issued = issued || making->issues[k].component == formula->components[i].id;
        if (!issued)
            call_refuse(call, "BATCH-23", "batch", "component", formula->components[i].code, NULL);
    }
    return DONE;
}

/* No more bottles than articles that are one: of no article of the formula are as many out. */
static ending check_bottles(call *call, const batch *batch, const formula_content *formula, const batch_making *making)
{
    int64_t most = 0, bottles = (int64_t)call_input(call, "units")->count;
    for (size_t i = 0; i < formula->component_count; i++) {
        int64_t out = 0;
        TRY(batches_articles_out(call, batch, &formula->components[i], making, &out));
        most = out > most ? out : most;
    }
    if (most > 0 && bottles > most)
        call_refuse(call, "BATCH-55", "units", "bottles", count_text(call->arena, bottles), "issued", count_text(call->arena, most), NULL);
    return DONE;
}

static void check_sum(call *call, const batch *batch, const batch_making *making)
{
    const input_value *units = call_input(call, "units");
    int64_t sum = 0, left = making_left(batch, making);
    for (size_t i = 0; i < units->count; i++) {
        sum += units->integers[i];
        if (units->integers[i] < 1)
            call_refuse(call, "BATCH-24", "units", NULL);
    }
    if (sum != left)
        call_refuse(call, "BATCH-25", "units", "sum", count_text(call->arena, sum), "left", count_text(call->arena, left), "filled",
                    count_text(call->arena, batch->filled), "sampled", count_text(call->arena, making_sampled(making)), "rejected",
                    count_text(call->arena, making_lost(making, "capsules-rejected")), "lost",
                    count_text(call->arena, making_lost(making, "capsules-lost")), NULL);
}

/* After packaging no capsule is sampled any more: every control that this batch will have has its units, and the reserve is taken.
 * A reserve that is no longer there in full is a pharmacist's decision. Rule: BPP 6.64 to 6.67, 6.73 to 6.76. */
static ending check_samples(call *call, const batch *batch, const formula_content *formula, const batch_making *making)
{
    int64_t reserve = 0, accepted = ABSENT;
    for (size_t i = 0; i < making->sample_count; i++)
        reserve += strcmp(making->samples[i].purpose, "reserve") == 0 ? making->samples[i].units : 0;
    for (size_t i = 0; i < formula->control_count; i++) {
        const formula_control *control = &formula->controls[i];
        bool expected = strcmp(control->due, "after-release") == 0, taken = control->units == 0 || control->shares;
        if (!expected)
            TRY(results_is_due(call, batch, control, &expected));
        for (size_t k = 0; k < making->sample_count; k++)
            taken = taken || (strcmp(making->samples[k].purpose, "control") == 0 && sample_serves(making->samples[k].destinations, control->code));
        if (expected && !taken)
            call_refuse(call, "BATCH-34", "batch", "control", control->code, "units", count_text(call->arena, control->units), NULL);
    }
    TRY(weighings_accepted_deviation(call, batch->id, "reserve", &accepted));
    if (reserve < formula->version.reserve_units && accepted == ABSENT)
        call_refuse(call, "BATCH-35", "batch", "taken", count_text(call->arena, reserve), "due",
                    count_text(call->arena, formula->version.reserve_units), NULL);
    return DONE;
}

static const char *joined(call *call, const int64_t *units, size_t count)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    for (size_t i = 0; i < count; i++)
        buffer_add_format(&text, "%s%lld", i > 0 ? " + " : "", (long long)units[i]);
    return arena_text(call->arena, buffer_text(&text));
}

/* A dispensing takes whole bottles: they must come to what each request asks for. */
static ending check_requests(call *call, const batch *batch)
{
    batch_request_line *lines = NULL;
    size_t count = 0;
    int64_t accepted = ABSENT;
    const input_value *units = call_input(call, "units");
    TRY(store_list(call->store, &BATCH_REQUESTS_OF, (&(batch_request_line){.batch = batch->id}), call->arena, &lines, &count));
    int64_t *requests = arena_array(call->arena, count + 1, sizeof *requests);
    for (size_t i = 0; i < count; i++)
        requests[i] = lines[i].units;
    TRY(weighings_accepted_deviation(call, batch->id, "bottles", &accepted));
    if (accepted == ABSENT && !bottles_can_serve(call->arena, units->integers, units->count, requests, count))
        call_refuse(call, "BATCH-36", "units", "bottles", joined(call, units->integers, units->count), "requests",
                    joined(call, requests, count), NULL);
    return DONE;
}

static ending insert_bottles(call *call, const batch *batch)
{
    const input_value *units = call_input(call, "units");
    answer *bottles = put_list(call->done, "bottles");
    for (size_t i = 0; i < units->count; i++) {
        long long rank = (long long)i + 1;
        bottle made = {.number = arena_format(call->arena, "%s/%lld", batch->number, rank), .batch = batch->id, .rank = rank,
                       .bottles = (int64_t)units->count, .units = units->integers[i], .opening = ABSENT};
        TRY(store_insert(call->store, &BOTTLE_INSERT, &made));
        call_concerns(call, "bottle", made.number);
        answer *row = add_object(bottles);
        put_link(row, "bottle", "bottle", made.number);
        put_count(row, "units", made.units);
    }
    return DONE;
}

static ending run(call *call)
{
    batch batch = {0};
    formula_content formula = {0};
    batch_making making = {0};
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    TRY(batches_formula(call, &batch, &formula));
    TRY(batches_making(call, &batch, &making));
    TRY(batches_check_under_way(call, "batch", &batch));
    if (batch.conforming != ABSENT)
        return call_refuse(call, "BATCH-14", "batch", "batch", batch.number, NULL);
    TRY(check_ready(call, &batch, &formula, &making));
    TRY(check_samples(call, &batch, &formula, &making));
    TRY(results_check_in_process(call, &batch, &formula, false));
    TRY(check_bottles(call, &batch, &formula, &making));
    check_sum(call, &batch, &making);
    TRY(call_ending(call));
    TRY(check_requests(call, &batch));
    TRY(call_ending(call));
    batch.conforming = making_left(&batch, &making);
    batch.packaged_at = call->now;
    put_link(call->done, "batch", "batch", batch.number);
    put_figure(call->done, "conforming", count_text(call->arena, batch.conforming), NULL,
               arena_format(call->arena, "%lld - %lld - %lld - %lld", (long long)batch.filled, (long long)making_sampled(&making),
                            (long long)making_lost(&making, "capsules-rejected"), (long long)making_lost(&making, "capsules-lost")));
    TRY(insert_bottles(call, &batch));
    return store_update(call->store, &BATCH_PACKAGE, &batch);
}

const act batch_package_act = {.name = "batch package", .right = RIGHT_MAKE, .inputs = inputs, .states = "quarantine", .run = run};
