/* The capsules of an opened bottle lie otherwise in the new bottles than was entered, or others broke; until another person has counted them.
 * Rule: BPP 4.40, 5.12, 5.54; EU GMP 4.9. */
#include "magistral/act/amendments.h"
#include "magistral/act/bottles.h"
#include "magistral/act/numbers.h"

static const input_definition inputs[] = {
    {"bottle", INPUT_NUMBER, INPUT_POSITIONAL, "bottle", "B26-0001/1"},
    {"units", INPUT_COUNT, INPUT_LIST, NULL, "83 28"},
    {"broken", INPUT_COUNT, INPUT_OPTIONAL, NULL, "1"},
    {"reason", INPUT_TEXT, 0, NULL, "Une gélule trouvée fendue au comptage"},
    {0},
};

static ending find_opening(call *call, const taken_bottle *bottle, bottle_opening *ret_opening)
{
    bool found = false;
    TRY(store_find(call->store, &BOTTLE_OPENING_OF, (&(bottle_opening){.bottle = bottle->id}), call->arena, ret_opening, &found));
    if (!found)
        return call_refuse(call, "BOTTLE-09", "bottle", "bottle", bottle->number, NULL);
    if (ret_opening->verified_at)
        return call_refuse(call, "BOTTLE-10", "bottle", "bottle", bottle->number, "at", ret_opening->verified_at, NULL);
    return DONE;
}

/* A figure for each new bottle; with what broke they come to what was in the opened one. */
static ending check_units(call *call, const taken_bottle *opened, const bottle *filled, size_t count, int64_t broken)
{
    const input_value *units = call_input(call, "units");
    int64_t sum = broken;
    bool each = units->count == count;
    for (size_t i = 0; i < units->count; i++) {
        each = each && units->integers[i] > 0 && !(filled[i].ended && units->integers[i] != filled[i].units);
        sum += units->integers[i];
    }
    if (!each)
        return call_refuse(call, "BOTTLE-17", "units", "bottle", opened->number, "count", count_text(call->arena, (int64_t)count), NULL);
    if (sum != opened->units)
        call_refuse(call, "BOTTLE-15", "units", "bottle", opened->number, "units", count_text(call->arena, opened->units), "sum", count_text(call->arena, sum), NULL);
    return call_ending(call);
}

static ending run(call *call)
{
    taken_bottle opened = {0};
    batch batch = {0};
    bottle_opening opening = {0};
    bottle *filled = NULL;
    size_t count = 0, changed = 0;
    TRY(bottles_find(call, &opened, &batch));
    TRY(find_opening(call, &opened, &opening));
    TRY(store_list(call->store, &BOTTLES_OF_OPENING, (&(bottle){.opening = opening.id}), call->arena, &filled, &count));
    int64_t broken = call_integer_or(call, "broken", opening.broken);
    TRY(check_units(call, &opened, filled, count, broken));
    const int64_t *units = call_input(call, "units")->integers;
    amended_entry *entries = arena_array(call->arena, count + 1, sizeof *entries);
    for (size_t i = 0; i < count; i++)
        if (units[i] != filled[i].units) {
            entries[changed] = amendments_number(call, "units", filled[i].units, units[i], NULL);
            entries[changed++].subject = filled[i].number;
        }
    if (broken != opening.broken)
        entries[changed++] = amendments_number(call, "broken", opening.broken, broken, NULL);
    amending amending = {.batch = &batch, .kind = "opening", .subject = opened.number, .author = opening.opened_by, .entered_at = opening.opened_at, .good_before = true,
                         .good_after = true, .entries = entries, .count = changed};
    TRY(amendments_check(call, &amending));
    put_link(call->done, "bottle", "bottle", opened.number);
    TRY(amendments_write(call, &amending));
    opening.units = units[0];
    opening.broken = broken;
    TRY(store_update(call->store, &BOTTLE_OPENING_AMEND, &opening));
    answer *list = put_list(call->done, "bottles");
    for (size_t i = 0; i < count; i++) {
        call_concerns(call, "bottle", filled[i].number);
        filled[i].units = units[i];
        TRY(store_update(call->store, &BOTTLE_AMEND, &filled[i]));
        answer *row = add_object(list);
        put_link(row, "bottle", "bottle", filled[i].number);
        put_count(row, "units", units[i]);
    }
    put_count(call->done, "broken", broken);
    return DONE;
}

const act bottle_amend_opening_act = {.name = "bottle amend-opening", .right = RIGHT_DISPENSE, .inputs = inputs, .states = "opened", .run = run};
