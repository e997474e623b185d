/* A weighing was recorded wrongly: what was first read stays beside what takes its place, the stock follows, and another person verifies
 * it anew. Rule: BPP 4.40, 5.44; EU GMP 4.9. */
#include <string.h>

#include "magistral/act/amendments.h"
#include "magistral/act/weighings.h"

static const input_definition inputs[] = {
    {"weighing", INPUT_NUMBER, INPUT_POSITIONAL, "weighing", "B26-0001/W1"},
    {"tare", INPUT_MASS, INPUT_OPTIONAL | INPUT_PRESENT, NULL, "12.4310 g"},
    {"gross", INPUT_MASS, INPUT_OPTIONAL, NULL, "18.9378 g"},
    {"net", INPUT_MASS, INPUT_OPTIONAL | INPUT_PRESENT, NULL, "6.5068 g"},
    {"ticket", INPUT_TEXT, INPUT_OPTIONAL | INPUT_PRESENT, NULL, "T-000123"},
    {"reason", INPUT_TEXT, 0, NULL, "Deux chiffres inversés en recopiant le ticket"},
    {0},
};

static bool is_filler(const formula_content *formula, int64_t component)
{
    for (size_t i = 0; i < formula->component_count; i++)
        if (formula->components[i].id == component)
            return strcmp(formula->components[i].amount, "quantum-satis") == 0;
    return false;
}

/* True when something stands on it: a later step, or a later target that was computed from its net mass. */
static ending find_used(call *call, const weighing *weighing, const batch *batch, bool *ret_used)
{
    formula_content formula = {0};
    batch_making making = {0};
    TRY(batches_formula(call, batch, &formula));
    TRY(batches_making(call, batch, &making));
    *ret_used = batch->filled != ABSENT;
    for (size_t i = 0; i < making.step_count; i++)
        *ret_used = *ret_used || strcmp(making.steps[i].at, weighing->recorded_at) > 0;
    for (size_t i = 0; i < making.weighing_count; i++) {
        const weighing_line *later = &making.weighings[i];
        bool follows = later->component == weighing->component || is_filler(&formula, later->component);
        if (!follows || later->id == weighing->id || strcmp(later->state, "discarded") == 0 || strcmp(later->opened_at, weighing->recorded_at) < 0)
            continue;
        *ret_used = true;
        if (strcmp(later->state, "open") == 0 && call_has(call, "net")) /* its target was computed from this mass */
            call_refuse(call, "AMENDMENT-10", "net", "weighing", later->number, NULL);
    }
    return DONE;
}

static void add_mass(call *call, const char *name, int64_t former, int64_t value, amended_entry *entries, size_t *count)
{
    if (former != value)
        entries[(*count)++] = amendments_number(call, name, former, value, "ng");
}

static size_t compare(call *call, const weighing *before, const weighing *after, amended_entry entries[4])
{
    size_t count = 0;
    add_mass(call, "tare", before->tare, after->tare, entries, &count);
    add_mass(call, "net", before->net, after->net, entries, &count);
    add_mass(call, "gross", before->gross, after->gross, entries, &count);
    if (!text_equal(before->ticket, after->ticket))
        entries[count++] = (amended_entry){"ticket", before->ticket, after->ticket, NULL, NULL};
    return count;
}

/* What left the container is more or less than was recorded. */
static ending move_difference(call *call, const batch *batch, const weighing *before, const weighing *after)
{
    container container = {0};
    lot lot = {0};
    bool found = false;
    if (before->net == after->net)
        return DONE;
    TRY(store_find(call->store, &CONTAINER_BY_ID, (&(struct container){.id = after->container}), call->arena, &container, &found));
    TRY(store_find(call->store, &LOT_BY_ID, (&(struct lot){.id = container.lot}), call->arena, &lot, &found));
    TRY(stock_move(call, "weighing", &container, "amendment", before->net - after->net, batch->id, call_text(call, "reason")));
    call_concerns(call, "container", container.number);
    call_concerns(call, "lot", lot.number);
    return weighings_note_negative(call, batch, after, container.number);
}

static ending run(call *call)
{
    weighing before = {0}, after;
    batch batch = {0};
    equipment balance = {0};
    bool found = false;
    amended_entry entries[4];
    TRY(weighings_find(call, "weighing", &before, &batch));
    TRY(amendments_check_open(call, "weighing", &batch));
    if (!text_is_among(call->act->states, before.state))
        return call_refuse(call, "WEIGHING-33", "weighing", "weighing", before.number, "state", call_word(call, "state.", before.state), NULL);
    after = before;
    TRY(store_find(call->store, &EQUIPMENT_BY_ID, (&(equipment){.id = before.equipment}), call->arena, &balance, &found));
    TRY(weighings_read(call, &balance, &after));
    after.ticket = call_has(call, "ticket") ? call_text(call, "ticket") : before.ticket;
    after.within = weighings_within(&after);
    amending amending = {.batch = &batch, .kind = "weighing", .subject = before.number, .author = before.recorded_by, .entered_at = before.recorded_at,
                         .good_before = before.within == 1, .good_after = after.within == 1, .entries = entries, .count = compare(call, &before, &after, entries),
                         .readability = balance.readability};
    TRY(find_used(call, &before, &batch, &amending.used));
    TRY(amendments_check(call, &amending));
    put_link(call->done, "weighing", "weighing", before.number);
    TRY(amendments_write(call, &amending));
    TRY(store_update(call->store, &WEIGHING_AMEND, &after));
    put_truth(call->done, "within", after.within == 1);
    put_state(call->done, "state", "recorded");
    return move_difference(call, &batch, &before, &after);
}

const act weighing_amend_act = {.name = "weighing amend", .right = RIGHT_MAKE, .inputs = inputs, .states = "recorded|verified", .run = run};
