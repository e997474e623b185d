/* Another person counts what was put into the new bottles: only then are they labelled and dispensed. Rule: BPP 5.44, 5.54. */
#include "magistral/act/amendments.h"
#include "magistral/act/bottles.h"
#include "magistral/act/numbers.h"

static const input_definition inputs[] = {
    {"bottle", INPUT_NUMBER, INPUT_POSITIONAL, "bottle", "B26-0001/1"},
    {"units", INPUT_COUNT, INPUT_LIST, NULL, "84 28"},
    {0},
};

/* As many figures as bottles that are still here, in their order (0 where none is); a difference says neither figure to whoever counts. */
static void check_counts(call *call, const bottle *filled, size_t count)
{
    const input_value *units = call_input(call, "units");
    const char *first = NULL;
    size_t here = 0;
    bool same = true;
    for (size_t i = 0; i < count; i++) {
        if (filled[i].ended || filled[i].destroyed)
            continue;
        same = same && here < units->count && units->integers[here] == filled[i].units;
        first = first ? first : filled[i].number;
        here++;
    }
    if (here < 1)
        same = units->count == 1 && units->integers[0] == 0;
    if (!same || (here > 0 && units->count != here))
        call_refuse(call, "BOTTLE-11", "units", "first", first ? first : filled[0].number, "count", count_text(call->arena, (int64_t)here), NULL);
}

/* Who amended a figure has counted already. */
static ending check_amender(call *call, const batch *batch, const taken_bottle *opened, const bottle *filled, size_t count)
{
    if (call->outcome->refusals == 0)
        TRY(amendments_check_verifier(call, "opening", "as", batch->id, opened->number, "broken"));
    for (size_t i = 0; i < count && call->outcome->refusals == 0; i++)
        TRY(amendments_check_verifier(call, "opening", "as", batch->id, filled[i].number, "units"));
    return DONE;
}

static ending run(call *call)
{
    taken_bottle opened = {0};
    batch batch = {0};
    bottle_opening opening = {0};
    bottle *filled = NULL;
    size_t count = 0;
    bool found = false;
    TRY(bottles_find(call, &opened, &batch));
    TRY(store_find(call->store, &BOTTLE_OPENING_OF, (&(bottle_opening){.bottle = opened.id}), call->arena, &opening, &found));
    if (!found)
        return call_refuse(call, "BOTTLE-09", "bottle", "bottle", opened.number, NULL);
    if (opening.verified_at)
        return call_refuse(call, "BOTTLE-10", "bottle", "bottle", opened.number, "at", opening.verified_at, NULL);
    TRY(store_list(call->store, &BOTTLES_OF_OPENING, (&(bottle){.opening = opening.id}), call->arena, &filled, &count));
    batches_check_second_person(call, "as", opening.opened_by);
    TRY(check_amender(call, &batch, &opened, filled, count));
    check_counts(call, filled, count);
    TRY(call_ending(call));
    opening.verified_by = call->person.id;
    opening.verified_at = call->now;
    put_link(call->done, "bottle", "bottle", opened.number);
    put_link(call->done, "batch", "batch", batch.number);
    answer *list = put_list(call->done, "bottles");
    for (size_t i = 0; i < count; i++) {
        call_concerns(call, "bottle", filled[i].number);
        answer_add(list, answer_make(call->arena, ANSWER_LINK, filled[i].number, "bottle", NULL));
    }
    return store_update(call->store, &BOTTLE_OPENING_VERIFY, &opening);
}

const act bottle_verify_opening_act = {.name = "bottle verify-opening", .right = RIGHT_VERIFY, .second_person = true, .inputs = inputs, .states = "opened", .run = run};
