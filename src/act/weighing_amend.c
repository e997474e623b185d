/* A weighing was recorded wrongly: what was first read stays beside what takes its place, the stock follows, and another person verifies
 * it anew. Rule: BPP 4.40, 5.44; EU GMP 4.9. */
#include <string.h>

#include "magistral/act/amendments.h"
#include "magistral/act/weighings.h"
#include "magistral/base/catalogue.h"

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

/* A later weighing whose target was computed from this one's net mass. */
static bool follows(const formula_content *formula, const weighing *weighing, const weighing_line *later)
{
    bool meant = later->component == weighing->component || is_filler(formula, later->component);
    return meant && later->id != weighing->id && strcmp(later->state, "discarded") != 0 && strcmp(later->opened_at, weighing->recorded_at) >= 0;
}

/* "W3: 53.4937 g due instead of 53.5005 g, 53.489 g weighed, 0.009 % off", by the masses as they are now. */
static ending add_recomputed(call *call, const batch *batch, const formula_content *formula, const batch_making *now, const weighing_line *later, buffer *text)
{
    const formula_component_line *component = NULL;
    batch_making before = *now;
    decimal fraction = decimal_whole(1);
    figure due = {0};
    before.weighing_count = 0;
    before.weighings = arena_array(call->arena, now->weighing_count, sizeof *before.weighings);
    for (size_t i = 0; i < now->weighing_count; i++)
        if (now->weighings[i].rank < later->rank)
            before.weighings[before.weighing_count++] = now->weighings[i];
    for (size_t i = 0; i < formula->component_count; i++)
        if (formula->components[i].id == later->component)
            component = &formula->components[i];
    if (!component || decimal_parse(later->purity, &fraction) != DECIMAL_GOOD)
        return fail(call->outcome, "weighing %s has no component", later->number);
    figure purity = figure_of(call->arena, ratio_of_decimal(fraction), NULL, "%s", later->purity);
    TRY(weighings_due(call, batch, formula, &before, component, &purity, &due));
    figure off = weighings_deviation(call->arena, due.text, later->net);
    refusal_value values[] = {{"weighing", later->number}, {"due", due.text}, {"former", later->due}, {"net", mass_text(call->arena, (mass){later->net}, "g", weighings_places(later->readability))},
                              {"off", off.text}};
    buffer_add_format(text, " %s", catalogue_fill(call->arena, call->site_language, "amendment.recomputed", values, 5));
    return DONE;
}

/* What was computed from the former mass, and is recorded already, is computed again: told with the deviation, the former target stays. */
static ending recompute(call *call, const batch *batch, const weighing *after, const char **ret_text)
{
    formula_content formula = {0};
    batch_making making = {0};
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    *ret_text = NULL;
    TRY(batches_formula(call, batch, &formula));
    TRY(batches_making(call, batch, &making));
    for (size_t i = 0; i < making.weighing_count; i++) {
        weighing_line *line = &making.weighings[i];
        if (line->id == after->id) {
            line->net = after->net;
            line->state = "verified";
        }
    }
    for (size_t i = 0; i < making.weighing_count; i++)
        if (making.weighings[i].net != ABSENT && follows(&formula, after, &making.weighings[i]))
            TRY(add_recomputed(call, batch, &formula, &making, &making.weighings[i], &text));
    *ret_text = text.length ? arena_text(call->arena, buffer_text(&text)) : NULL;
    return DONE;
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
        if (!follows(&formula, weighing, later))
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
    if (before.net != after.net)
        TRY(recompute(call, &batch, &after, &amending.consequence));
    put_link(call->done, "weighing", "weighing", before.number);
    TRY(amendments_write(call, &amending));
    TRY(store_update(call->store, &WEIGHING_AMEND, &after));
    put_truth(call->done, "within", after.within == 1);
    put_state(call->done, "state", "recorded");
    return move_difference(call, &batch, &before, &after);
}

const act weighing_amend_act = {.name = "weighing amend", .right = RIGHT_MAKE, .inputs = inputs, .states = "recorded|verified", .run = run};
