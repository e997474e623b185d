/* Opens the result of a control that the frozen formula expects, by someone who did not make the batch.
 * Rule: BPP 6.18; one result a control: other units never take the place of the first. */
#include <string.h>

#include "magistral/act/logbooks.h"
#include "magistral/act/numbers.h"
#include "magistral/act/results.h"
#include "magistral/act/samples.h"
#include "magistral/act/weighings.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, 0, "batch", "B26-0001"},
    {"control", INPUT_NUMBER, 0, NULL, "ASSAY"},
    {"analysed-on", INPUT_DAY, 0, NULL, "2026-01-16"},
    {"equipment", INPUT_NUMBER, INPUT_OPTIONAL, "equipment", "HPLC-1"},
    {"column", INPUT_TEXT, INPUT_OPTIONAL, NULL, "C18-2025-114"},
    {"suitability", INPUT_TEXT, INPUT_OPTIONAL, NULL, "Conforme : RSD 0,4 % (n = 6), symétrie 1,1"},
    {"reference-standard", INPUT_TEXT, INPUT_OPTIONAL, NULL, "SR-BIR-002"},
    {"standard-expiry", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-11-30"},
    {"analyst", INPUT_NUMBER, INPUT_OPTIONAL, "person", "qc.a"},
    {"laboratory", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

/* As many were received as the control asks for; fewer were a deviation at the reception, and it is done on them only when a pharmacist
 * accepted that. Rule: BPP 6.73 to 6.76. */
static ending check_received(call *call, const batch *batch, const sample_line *samples, size_t count, const formula_control *control)
{
    for (size_t i = 0; i < count; i++) {
        int64_t accepted = ABSENT;
        bool serves = sample_serves(samples[i].destinations, control->code) || (control->shares && sample_serves(samples[i].destinations, control->shares));
        if (!serves || !text_equal(samples[i].purpose, "control") || samples[i].received == ABSENT || samples[i].received >= control->units)
            continue;
        TRY(weighings_accepted_deviation(call, batch->id, samples[i].number, &accepted));
        if (accepted == ABSENT)
            call_refuse(call, "RESULT-45", "control", "sample", samples[i].number, "received", count_text(call->arena, samples[i].received), "units",
                        count_text(call->arena, control->units), "control", control->code, NULL);
    }
    return DONE;
}

/* Drawn for this control, and received by the laboratory. Rule: BPP 6.73 to 6.76. */
static ending check_sample(call *call, const batch *batch, const formula_control *control)
{
    sample_line *samples = NULL;
    size_t count = 0;
    bool taken = control->units == 0 && !control->shares;
    TRY(store_list(call->store, &SAMPLES_OF, (&(sample_line){.batch = batch->id}), call->arena, &samples, &count));
    for (size_t i = 0; i < count; i++)
        taken = taken || sample_serves(samples[i].destinations, control->code) || (control->shares && sample_serves(samples[i].destinations, control->shares));
    if (!taken)
        call_refuse(call, "RESULT-06", "control", "control", control->code, "batch", batch->number, NULL);
    TRY(check_received(call, batch, samples, count, control));
    const sample_line *awaited = samples_awaited(samples, count, control);
    if (awaited)
        call_refuse(call, "RESULT-35", "control", "sample", awaited->number, "control", control->code, NULL);
    return DONE;
}

/* Capsules disintegrate in the tester of 2.9.1, and are weighed on a balance whose last check of that day conforms.
 * Rule: BPP 5.39, 6.18; Ph. Eur. 2.1.7, 2.9.1. */
static ending check_kind(call *call, const equipment *equipment, const formula_control *control, const char *day)
{
    bool conformed = false;
    if (strcmp(control->kind, "disintegration") == 0 && strcmp(equipment->kind, "disintegration-tester") != 0)
        return call_refuse(call, "RESULT-34", "equipment", "equipment", equipment->code, NULL);
    if (strcmp(control->kind, "mass-uniformity") != 0)
        return DONE;
    if (strcmp(equipment->kind, "balance") != 0)
        return call_refuse(call, "EQUIPMENT-06", "equipment", "equipment", equipment->code, NULL);
    TRY(equipment_conformed(call, equipment, day, &conformed));
    if (!conformed)
        call_refuse(call, "RESULT-32", "equipment", "balance", equipment->code, "day", day, NULL);
    return DONE;
}

static ending check_equipment(call *call, const formula_control *control, equipment *ret_equipment)
{
    equipment equipment = {0};
    if (!call_has(call, "equipment"))
        return DONE;
    ending found = equipments_find(call, "equipment", &equipment);
    if (found != DONE)
        return found == REFUSED ? DONE : found;
    const char *day = call_text(call, "analysed-on");
    if (equipment.withdrawn)
        call_refuse(call, "RESULT-33", "equipment", "equipment", equipment.code, NULL);
    else if (!equipment.calibration_due)
        call_refuse(call, "EQUIPMENT-09", "equipment", "equipment", equipment.code, NULL);
    else if (strcmp(equipment.calibration_due, day) < 0)
        call_refuse(call, "RESULT-07", "equipment", "equipment", equipment.code, "due", equipment.calibration_due, NULL);
    TRY(logbooks_check_working(call, "equipment", &equipment, day));
    if (check_kind(call, &equipment, control, day) == FAILED)
        return FAILED;
    *ret_equipment = equipment;
    return DONE;
}

static void check_day(call *call, const batch *batch)
{
    const char *day = call_text(call, "analysed-on");
    if (strcmp(day, call->today) > 0 || (batch->made_on && strcmp(day, batch->made_on) < 0))
        call_refuse(call, "RESULT-08", "analysed-on", "day", day, "made", batch->made_on, "today", call->today, NULL);
}

static ending check_first(call *call, const batch *batch, const formula_control *control)
{
    result standing = {0}, wanted = {.batch = batch->id, .control = control->id};
    bool found = false;
    TRY(store_find(call->store, &RESULT_STANDING, &wanted, call->arena, &standing, &found));
    if (found)
        call_refuse(call, "RESULT-09", "control", "control", control->code, "result", standing.number, NULL);
    return DONE;
}

static ending insert(call *call, const batch *batch, const formula_control *control, const result *worksheet)
{
    result_line *before = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RESULTS_OF, (&(result){.batch = batch->id}), call->arena, &before, &count));
    result made = *worksheet;
    made.number = arena_format(call->arena, "%s/R%zu", batch->number, count + 1);
    made.batch = batch->id;
    made.rank = (int64_t)count + 1;
    made.control = control->id;
    made.state = "open";
    made.stage = 1;
    made.entered_by = call->person.id;
    made.opened_at = call->now;
    made.verified_by = made.invalidated_by = made.deviation = ABSENT;
    TRY(store_insert(call->store, &RESULT_INSERT, &made));
    call_concerns(call, "result", made.number);
    put_link(call->done, "result", "result", made.number);
    return DONE;
}

static void put_expected(call *call, const formula_control *control, const control_specification *specification)
{
    static const char *const series[] = {"value", "gross", "shell"};
    put_text(call->done, "control", control->code);
    put_text(call->done, "name", control->name);
    put_text(call->done, "specification", control->specification);
    answer *expected = put_list(call->done, "expected");
    for (size_t i = 0; i < sizeof series / sizeof *series; i++)
        if (control_expected(specification, 1, series[i]) > 0) {
            answer *row = add_object(expected);
            put_state(row, "series", series[i]);
            put_count(row, "count", (int64_t)control_expected(specification, 1, series[i]));
        }
}

static ending run(call *call)
{
    batch batch = {0};
    formula_content formula = {0};
    control_specification specification = {0};
    equipment equipment = {0};
    result worksheet = {0};
    TRY(batches_find(call, "batch", &batch));
    TRY(batches_formula(call, &batch, &formula));
    const formula_control *control = formulas_control(&formula, call_text(call, "control"));
    if (!control)
        return call_refuse(call, "RESULT-05", "control", "control", call_text(call, "control"), "version", formula.version.number, NULL);
    results_check_batch(call, &batch, control, "batch");
    TRY(results_check_controller(call, &batch, control));
    TRY(check_sample(call, &batch, control));
    TRY(check_equipment(call, control, &equipment));
    TRY(check_first(call, &batch, control));
    TRY(results_worksheet(call, &batch, control, &equipment, &worksheet));
    check_day(call, &batch);
    TRY(call_ending(call));
    TRY(results_specification(call, &formula, control, &specification));
    TRY(insert(call, &batch, control, &worksheet));
    put_expected(call, control, &specification);
    return DONE;
}

const act result_open_act = {.name = "result open", .right = RIGHT_ENTER_RESULTS, .inputs = inputs, .run = run};
