/* Starts the making of a batch and gives its registration number, in one transaction: chronological, without gap, per year.
 * Rule: CSP R.5125-45; BPP 4.44, 5.34 (one preparation at a time in a work area). */
#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/act/emergencies.h"
#include "magistral/act/registers.h"
#include "magistral/store/bottle.h"
#include "magistral/store/equipment.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {0},
};

/* A bottle that was opened there and is not counted anew occupies the area as a batch does. */
static ending check_bottles(call *call, const batch *batch)
{
    bottle_opening opening = {0};
    work_area area = {0};
    bottle opened = {0};
    bool found = false;
    TRY(store_find(call->store, &BOTTLE_OPENING_IN_AREA, (&(bottle_opening){.work_area = batch->work_area}), call->arena, &opening, &found));
    if (!found)
        return DONE;
    TRY(store_find(call->store, &WORK_AREA_BY_ID, (&(work_area){.id = batch->work_area}), call->arena, &area, &found));
    TRY(store_find(call->store, &BOTTLE_BY_ID, (&(bottle){.id = opening.bottle}), call->arena, &opened, &found));
    call_refuse(call, "BOTTLE-07", "batch", "area", area.code, "bottle", opened.number, NULL);
    return DONE;
}

static ending check_area(call *call, const batch *batch)
{
    struct batch other = {0};
    bool found = false;
    TRY(check_bottles(call, batch));
    TRY(store_find(call->store, &BATCH_IN_AREA, (&(struct batch){.work_area = batch->work_area}), call->arena, &other, &found));
    if (found)
        call_refuse(call, "BATCH-12", "batch", "other", other.number, NULL);
    return DONE;
}

static ending check_formula(call *call, const batch *batch)
{
    formula_content formula = {0};
    bool may = false;
    TRY(batches_formula(call, batch, &formula));
    TRY(emergencies_may_be_made(call, &formula.version, &may));
    if (!may)
        call_refuse(call, "BATCH-13", "batch", "version", formula.version.number, NULL);
    return DONE;
}

static ending run(call *call)
{
    batch batch = {0};
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    TRY(batches_check_under_way(call, "batch", &batch));
    TRY(check_area(call, &batch));
    TRY(check_formula(call, &batch));
    TRY(call_ending(call));
    TRY(registers_next(call, "preparation", &batch.registration));
    batch.made_on = call->today;
    batch.started_at = call->now;
    TRY(store_update(call->store, &BATCH_START, &batch));
    TRY(registers_enter(call, "preparation", batch.registration, batch.id, 0, NULL));
    put_link(call->done, "batch", "batch", batch.number);
    put_text(call->done, "registration", batch.registration);
    put_day(call->done, "made-on", batch.made_on);
    put_state(call->done, "state", "in-preparation");
    return DONE;
}

const act batch_start_act = {.name = "batch start", .right = RIGHT_MAKE, .inputs = inputs, .states = "planned", .run = run};
