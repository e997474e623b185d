/* A bottle of a released batch is opened and its capsules are counted into others: a dose was cut, the bottle is cracked. A repackaging act:
 * in an area that holds no batch, its line looked at and described; nothing leaves the new bottles before another person has counted them.
 * The expiry stays that of the batch: it is of the same capsules, in bottles of the same kind. Rule: BPP 5.34, 5.35, 5.44, 5.54, 5.59. */
#include "magistral/act/bottles.h"
#include "magistral/act/dispensings.h"
#include "magistral/act/equipments.h"
#include "magistral/act/labels.h"
#include "magistral/act/numbers.h"

static const input_definition inputs[] = {
    {"bottle", INPUT_NUMBER, INPUT_POSITIONAL, "bottle", "B26-0001/1"},
    {"units", INPUT_COUNT, 0, NULL, "84"},
    {"broken", INPUT_COUNT, INPUT_OPTIONAL, NULL, "0"},
    {"area", INPUT_NUMBER, 0, "area", "SALLE-1"},
    {"line-clearance", INPUT_LONG, 0, NULL, "Plan de travail vide et nettoyé ; aucune gélule, aucune étiquette d'un autre lot"},
    {"reason", INPUT_TEXT, 0, NULL, "Dose réduite à 84 gélules"},
    {0},
};

static void check_units(call *call, const taken_bottle *bottle, int64_t units, int64_t broken)
{
    if (units < 1 || units > bottle->units - broken)
        call_refuse(call, "BOTTLE-05", "units", "bottle", bottle->number, "units", count_text(call->arena, bottle->units), NULL);
}

/* One thing at a time in a work area, a batch or an opened bottle. */
static ending check_area(call *call, work_area *ret_area)
{
    batch making = {0};
    bottle_opening other = {0};
    bool occupied = false, opened = false;
    TRY(areas_find(call, "area", ret_area));
    TRY(store_find(call->store, &BATCH_IN_AREA, (&(batch){.work_area = ret_area->id}), call->arena, &making, &occupied));
    if (occupied)
        call_refuse(call, "BOTTLE-06", "area", "area", ret_area->code, "batch", making.number, NULL);
    TRY(store_find(call->store, &BOTTLE_OPENING_IN_AREA, (&(bottle_opening){.work_area = ret_area->id}), call->arena, &other, &opened));
    if (opened) {
        bottle first = {0};
        TRY(store_find(call->store, &BOTTLE_BY_ID, (&(bottle){.id = other.bottle}), call->arena, &first, &opened));
        call_refuse(call, "BOTTLE-07", "area", "area", ret_area->code, "bottle", first.number, NULL);
    }
    return DONE;
}

/* The new bottles go on counting behind the last of the batch. */
static ending fill(call *call, const batch *batch, const bottle_opening *opening, int64_t rest)
{
    bottle *bottles = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &BOTTLES_OF, (&(bottle){.batch = batch->id}), call->arena, &bottles, &count));
    int64_t last = count > 0 ? bottles[count - 1].rank : 0, of = last + (rest > 0 ? 2 : 1);
    answer *list = put_list(call->done, "bottles");
    for (int64_t rank = last + 1; rank <= of; rank++) {
        bottle made = {.number = arena_format(call->arena, "%s/%lld", batch->number, (long long)rank), .batch = batch->id, .rank = rank, .bottles = of,
                       .units = rank == last + 1 ? opening->units : rest, .opening = opening->id};
        TRY(store_insert(call->store, &BOTTLE_INSERT, &made));
        call_concerns(call, "bottle", made.number);
        answer *row = add_object(list);
        put_link(row, "bottle", "bottle", made.number);
        put_count(row, "units", made.units);
    }
    return DONE;
}

static ending run(call *call)
{
    taken_bottle bottle = {0};
    batch batch = {0};
    work_area area = {0};
    int64_t units = call_integer(call, "units"), broken = call_integer_or(call, "broken", 0);
    TRY(bottles_find(call, &bottle, &batch));
    COLLECT(dispensings_check_batch(call, &batch, "bottle"));
    bottles_check_here(call, &bottle);
    if (bottle.unverified)
        call_refuse(call, "BOTTLE-08", "bottle", "bottle", bottle.number, NULL);
    check_units(call, &bottle, units, broken);
    COLLECT(check_area(call, &area));
    TRY(call_ending(call));
    bottle_opening made = {.bottle = bottle.id, .batch = batch.id, .units = units, .broken = broken, .work_area = area.id,
                           .line = call_text(call, "line-clearance"), .reason = call_text(call, "reason"), .opened_by = call->person.id,
                           .opened_at = call->now, .verified_by = ABSENT};
    TRY(store_insert(call->store, &BOTTLE_OPENING_INSERT, &made));
    TRY(store_update(call->store, &BOTTLE_END, (&(struct bottle){.id = bottle.id, .ended = "opened"})));
    TRY(labels_void(call, "bottle", bottle.number, made.reason, false));
    put_link(call->done, "bottle", "bottle", bottle.number);
    put_link(call->done, "batch", "batch", batch.number);
    return fill(call, &batch, &made, bottle.units - units - broken);
}

const act bottle_open_act = {.name = "bottle open", .right = RIGHT_DISPENSE, .inputs = inputs, .states = "released", .run = run};
