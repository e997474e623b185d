/* Records that the line was found clear: before making, and again before packaging. Rule: BPP 5.35, 5.54. */
#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/act/equipments.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, 0, "batch", "B26-0001"},
    {"phase", INPUT_CHOICE, 0, "making|packaging", "making"},
    {"remarks", INPUT_LONG, INPUT_OPTIONAL, NULL, "Aucun produit ni document étranger ; hotte propre"},
    {0},
};

/* What was found clear is not found clear again: a second record would hide that one of both was made up. Where an
 * interruption makes a new clearance due, it is looked for here. */
static ending check_first(call *call, const batch *batch, const char *phase)
{
    clearance former = {0};
    person by = {0};
    bool found = false;
    TRY(batches_clearance(call, batch, phase, &former, &found));
    if (!found)
        return DONE;
    TRY(store_find(call->store, &PERSON_BY_ID, (&(person){.id = former.person}), call->arena, &by, &found));
    return call_refuse(call, "BATCH-33", "phase", "batch", batch->number, "phase", phase, "at", former.at, "person", by.name, "identifier",
                       by.identifier, NULL);
}

static ending run(call *call)
{
    batch batch = {0};
    work_area area = {0};
    bool found = false;
    const char *phase = call_text(call, "phase");
    TRY(batches_find_in(call, "batch", strcmp(phase, "making") == 0 ? "in-preparation" : "quarantine", &batch));
    TRY(batches_check_under_way(call, "batch", &batch));
    if (strcmp(phase, "packaging") == 0 && batch.conforming != ABSENT)
        call_refuse(call, "BATCH-14", "batch", "batch", batch.number, NULL);
    COLLECT(check_first(call, &batch, phase));
    TRY(call_ending(call));
    TRY(store_find(call->store, &WORK_AREA_BY_ID, (&(work_area){.id = batch.work_area}), call->arena, &area, &found));
    clearance made = {.batch = batch.id, .phase = phase, .work_area = batch.work_area, .remarks = call_text(call, "remarks"),
                      .person = call->person.id, .at = call->now};
    TRY(store_insert(call->store, &CLEARANCE_INSERT, &made));
    put_link(call->done, "batch", "batch", batch.number);
    put_state(call->done, "phase", phase);
    put_link(call->done, "area", "area", area.code);
    return DONE;
}

const act batch_clear_line_act = {.name = "batch clear-line", .right = RIGHT_MAKE, .inputs = inputs, .states = "in-preparation|quarantine", .run = run};
