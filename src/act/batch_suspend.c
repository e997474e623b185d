/* The work is interrupted: why, and how each intermediate is left, closed and labelled. What lies on the pan is recorded or discarded
 * first. Rule: BPP 5.34, 5.51. */
#include <string.h>

#include "magistral/act/emergencies.h"
#include "magistral/act/interruptions.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"reason", INPUT_TEXT, 0, NULL, "Seconde personne absente jusqu'à 14 h"},
    {"left-as", INPUT_LONG, 0, NULL, "Portion W1 fermée, étiquetée, dans l'armoire ventilée ; mélangeur vide"},
    {0},
};

static ending run(call *call)
{
    batch batch = {0};
    batch_making making = {0};
    interruption under_way = {0};
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    TRY(emergencies_check_operator(call, &batch));
    TRY(interruptions_under_way(call, &batch, &under_way));
    if (under_way.id)
        return call_refuse(call, "INTERRUPTION-01", "batch", "batch", batch.number, "at", under_way.suspended_at, NULL);
    if (batch.conforming != ABSENT)
        return call_refuse(call, "INTERRUPTION-02", "batch", "batch", batch.number, NULL);
    TRY(batches_making(call, &batch, &making));
    for (size_t i = 0; i < making.weighing_count; i++)
        if (strcmp(making.weighings[i].state, "open") == 0)
            call_refuse(call, "INTERRUPTION-03", "batch", "weighing", making.weighings[i].number, NULL);
    TRY(call_ending(call));
    interruption made = {.batch = batch.id, .phase = strcmp(batch.state, "in-preparation") == 0 ? "making" : "packaging", .reason = call_text(call, "reason"),
                         .left_as = call_text(call, "left-as"), .suspended_by = call->person.id, .suspended_at = call->now, .resumed_by = ABSENT};
    TRY(store_insert(call->store, &INTERRUPTION_INSERT, &made));
    put_link(call->done, "batch", "batch", batch.number);
    put_state(call->done, "phase", made.phase);
    put_instant(call->done, "suspended-at", made.suspended_at);
    return DONE;
}

const act batch_suspend_act = {.name = "batch suspend", .right = RIGHT_MAKE, .inputs = inputs, .states = "in-preparation|quarantine", .run = run};
