/* A patient brings capsules back: they are counted and go to waste, none serves again. A lost bottle is a new prescription. */
#include "magistral/act/dispensings.h"
#include "magistral/act/numbers.h"

static const input_definition inputs[] = {
    {"dispensing", INPUT_NUMBER, INPUT_POSITIONAL, "dispensing", "2026/0001"},
    {"units", INPUT_COUNT, 0, NULL, "36"},
    {"reason", INPUT_TEXT, 0, NULL, "traitement arrêté"},
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
    if (units < 1 || units > dispensing.units - back - lost)
        return call_refuse(call, "DISPENSING-36", "units", "dispensing", dispensing.number, "units", count_text(call->arena, dispensing.units), "back",
                           count_text(call->arena, back), "lost", count_text(call->arena, lost), NULL);
    TRY(store_find(call->store, &BATCH_BY_ID, (&(struct batch){.id = dispensing.batch}), call->arena, &batch, &found));
    call_concerns(call, "batch", batch.number);
    patient_return made = {.dispensing = dispensing.id, .units = units, .reason = call_text(call, "reason"), .person = call->person.id, .at = call->now};
    TRY(store_insert(call->store, &PATIENT_RETURN_INSERT, &made));
    put_link(call->done, "dispensing", "dispensing", dispensing.number);
    put_count(call->done, "units", units);
    put_count(call->done, "left", dispensing.units - back - lost - units);
    return DONE;
}

const act dispensing_return_act = {.name = "dispensing return", .right = RIGHT_DISPENSE, .inputs = inputs, .states = "handed-over", .run = run};
