/* A patient has lost capsules, or a bottle: what was told is recorded, by whom in what quality, and no capsule is given for it. A lost bottle is
 * a new prescription. Rule: CSP R.5132-10; BPP 4.38. */
#include "magistral/act/dispensings.h"
#include "magistral/act/numbers.h"
#include "magistral/base/typography.h"

static const input_definition inputs[] = {
    {"dispensing", INPUT_NUMBER, INPUT_POSITIONAL, "dispensing", "2026/0001"},
    {"units", INPUT_COUNT, 0, NULL, "56"},
    {"reported-by", INPUT_TEXT, 0, NULL, "infirmière à domicile"},
    {"reason", INPUT_TEXT, 0, NULL, "Flacon oublié dans un train"},
    {0},
};

static ending run(call *call)
{
    dispensing dispensing = {0};
    batch batch = {0};
    bool found = false;
    int64_t units = call_integer(call, "units"), back = 0, lost = 0;
    TRY(dispensings_find(call, &dispensing));
    TRY(dispensings_check_state(call, &dispensing));
    TRY(dispensings_gone(call, &dispensing, &back, &lost));
    int64_t left = dispensing.units - back - lost;
    if (units < 1 || units > left)
        return call_refuse(call, "DISPENSING-39", "units", "dispensing", dispensing.number, "left", count_text(call->arena, left), NULL);
    TRY(store_find(call->store, &BATCH_BY_ID, (&(struct batch){.id = dispensing.batch}), call->arena, &batch, &found));
    call_concerns(call, "batch", batch.number);
    patient_loss made = {.dispensing = dispensing.id, .units = units, .reason = call_text(call, "reason"), .reported_by = call_text(call, "reported-by"),
                         .person = call->person.id, .at = call->now};
    TRY(store_insert(call->store, &PATIENT_LOSS_INSERT, &made));
    put_link(call->done, "dispensing", "dispensing", dispensing.number);
    put_count(call->done, "units", units);
    put_count(call->done, "left", left - units);
    put_text(call->done, "way-out", typography_sentence(call->arena, call->language, "loss.new-request"));
    return DONE;
}

const act dispensing_report_loss_act = {.name = "dispensing report-loss", .right = RIGHT_DISPENSE, .inputs = inputs, .states = "handed-over", .run = run};
