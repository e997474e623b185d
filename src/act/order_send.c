/* A control is entrusted to an outside laboratory, with the sample that goes to it and the day by which its report is due.
 * Rule: BPP 7.32, 6.73 to 6.76. */
#include <string.h>

#include "magistral/act/numbers.h"
#include "magistral/act/orders.h"
#include "magistral/act/samples.h"
#include "magistral/store/series.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, 0, "batch", "B26-0001"},
    {"control", INPUT_NUMBER, 0, NULL, "TAMC"},
    {"laboratory", INPUT_TEXT, 0, NULL, "Laboratoire extérieur fictif"},
    {"sent-on", INPUT_DAY, 0, NULL, "2026-01-13"},
    {"due-on", INPUT_DAY, 0, NULL, "2026-01-20"},
    {"sample", INPUT_NUMBER, INPUT_OPTIONAL, "sample", "B26-0001/S3"},
    {0},
};

/* One order a control at a time, and none once it has its result. */
static ending check_first(call *call, const batch *batch, const formula_control *control)
{
    laboratory_order sent = {0};
    result standing = {0};
    bool found = false;
    TRY(store_find(call->store, &LABORATORY_ORDER_SENT, (&(laboratory_order){.batch = batch->id, .control = control->id}), call->arena, &sent, &found));
    if (found)
        call_refuse(call, "ORDER-01", "control", "order", sent.number, "control", control->code, "laboratory", sent.laboratory, NULL);
    if (!found)
        TRY(store_find(call->store, &LABORATORY_ORDER_TO_ENTER, (&(laboratory_order){.batch = batch->id, .control = control->id}), call->arena, &sent, &found));
    if (found && text_equal(sent.state, "received"))
        call_refuse(call, "ORDER-08", "control", "order", sent.number, "control", control->code, "laboratory", sent.laboratory, NULL);
    TRY(store_find(call->store, &RESULT_STANDING, (&(result){.batch = batch->id, .control = control->id}), call->arena, &standing, &found));
    if (found)
        call_refuse(call, "RESULT-09", "control", "control", control->code, "result", standing.number, NULL);
    return DONE;
}

static void check_days(call *call, const batch *batch)
{
    const char *sent = call_text(call, "sent-on"), *due = call_text(call, "due-on");
    if (strcmp(sent, call->today) > 0 || (batch->made_on && strcmp(sent, batch->made_on) < 0))
        call_refuse(call, "ORDER-02", "sent-on", "sent", sent, "made", batch->made_on, "today", call->today, NULL);
    if (strcmp(due, sent) < 0)
        call_refuse(call, "ORDER-03", "due-on", "due", due, "sent", sent, NULL);
}

/* The sample named, or the one that was drawn for the control; the laboratory here has received it. */
static ending choose_sample(call *call, const batch *batch, const formula_control *control, int64_t *ret_sample)
{
    sample_line *samples = NULL;
    size_t count = 0;
    const char *given = call_text(call, "sample");
    const sample_line *chosen = NULL;
    *ret_sample = ABSENT;
    TRY(store_list(call->store, &SAMPLES_OF, (&(sample_line){.batch = batch->id}), call->arena, &samples, &count));
    for (size_t i = 0; i < count; i++) {
        bool serves = sample_serves(samples[i].destinations, control->code) || (control->shares && sample_serves(samples[i].destinations, control->shares));
        if (serves && strcmp(samples[i].purpose, "control") == 0 && (!given || text_equal(given, samples[i].number)))
            chosen = &samples[i];
    }
    if (given && !chosen)
        call_refuse(call, "ORDER-04", "sample", "sample", given, "control", control->code, "batch", batch->number, NULL);
    else if (!chosen && (control->units > 0 || control->shares))
        call_refuse(call, "RESULT-06", "control", "control", control->code, "batch", batch->number, NULL);
    if (chosen && chosen->received == ABSENT)
        call_refuse(call, "RESULT-35", "control", "sample", chosen->number, "control", control->code, NULL);
    if (chosen)
        *ret_sample = chosen->id;
    return DONE;
}

static ending run(call *call)
{
    batch batch = {0};
    formula_content formula = {0};
    laboratory_order made = {.laboratory = call_text(call, "laboratory"), .sent_on = call_text(call, "sent-on"), .due_on = call_text(call, "due-on"),
                             .ordered_by = call->person.id, .ordered_at = call->now, .state = "sent", .received_by = ABSENT, .cancelled_by = ABSENT};
    TRY(batches_find(call, "batch", &batch));
    TRY(batches_formula(call, &batch, &formula));
    const formula_control *control = formulas_control(&formula, call_text(call, "control"));
    if (!control)
        return call_refuse(call, "RESULT-05", "control", "control", call_text(call, "control"), "version", formula.version.number, NULL);
    results_check_batch(call, &batch, control, "batch");
    TRY(check_first(call, &batch, control));
    check_days(call, &batch);
    TRY(choose_sample(call, &batch, control, &made.sample));
    TRY(call_ending(call));
    TRY(number_next(call, &LABORATORY_ORDER_SERIES, "L", &made.number));
    made.batch = batch.id;
    made.control = control->id;
    TRY(store_insert(call->store, &LABORATORY_ORDER_INSERT, &made));
    call_concerns(call, "order", made.number);
    put_link(call->done, "order", "order", made.number);
    put_text(call->done, "control", control->code);
    put_text(call->done, "laboratory", made.laboratory);
    put_day(call->done, "due-on", made.due_on);
    return DONE;
}

const act order_send_act = {.name = "order send", .right = RIGHT_ENTER_RESULTS, .inputs = inputs, .run = run};
