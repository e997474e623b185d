#include "magistral/act/dispensings.h"

#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/act/costs.h"
#include "magistral/act/destructions.h"
#include "magistral/act/holds.h"
#include "magistral/act/numbers.h"
#include "magistral/act/reattributions.h"
#include "magistral/base/day.h"
#include "magistral/store/document.h"

ending dispensings_find(call *call, dispensing *ret_dispensing)
{
    bool found = false;
    const char *number = call_text(call, "dispensing");
    TRY(store_find(call->store, &DISPENSING_BY_NUMBER, (&(dispensing){.number = number}), call->arena, ret_dispensing, &found));
    return found ? DONE : call_refuse(call, "DISPENSING-01", "dispensing", "dispensing", number, NULL);
}

ending dispensings_check_state(call *call, const dispensing *dispensing)
{
    if (text_is_among(call->act->states, dispensing->state))
        return DONE;
    return call_refuse(call, "DISPENSING-02", "dispensing", "dispensing", dispensing->number, "state",
                       call_state(call, "dispensing", dispensing->state), NULL);
}

ending dispensings_check_batch(call *call, const batch *batch, const char *field)
{
    const char *state = NULL;
    control_overdue overdue = {0};
    bool late = false;
    TRY(batches_state(call, batch->id, &state));
    if (strcmp(batch->state, "released") != 0)
        call_refuse(call, "DISPENSING-05", field, "batch", batch->number, "state", call_word(call, "state.", batch->state), NULL);
    if (batch->held)
        call_refuse(call, "DISPENSING-06", field, "batch", batch->number, "state", call_word(call, "state.", state), NULL);
    TRY(batches_overdue(call, batch, &overdue, &late));
    if (late)
        call_refuse(call, "DISPENSING-35", field, "batch", batch->number, "control", overdue.name, "due", overdue.last_day, NULL);
    /* The end of the last day, on the clock of the site as on that of the journal. */
    if (batch->expiry && (strcmp(batch->expiry, call->today) < 0 || strncmp(batch->expiry, call->now, 10) < 0))
        call_refuse(call, "DISPENSING-07", field, "batch", batch->number, "expiry", batch->expiry, NULL);
    return call_ending(call);
}

bool dispensings_fit_expiry(const call *call, const batch *batch, const request *request, int64_t units, const char **ret_last)
{
    /* The later of the days on the clock of the site and on that of the journal. */
    const char *utc = arena_copy(call->arena, call->now, 10), *first = strcmp(utc, call->today) > 0 ? utc : call->today;
    *ret_last = day_after(call->arena, first, (units - 1) / request->daily_units);
    return !batch->expiry || !*ret_last || strcmp(*ret_last, batch->expiry) <= 0;
}

ending dispensings_check_its_batch(call *call, const dispensing *dispensing, const char *field)
{
    batch batch = {0};
    request request = {0};
    const char *last = NULL;
    bool found = false, asked = false;
    TRY(store_find(call->store, &BATCH_BY_ID, (&(struct batch){.id = dispensing->batch}), call->arena, &batch, &found));
    TRY(store_find(call->store, &REQUEST_BY_ID, (&(struct request){.id = dispensing->request}), call->arena, &request, &asked));
    if (!found || !asked)
        return fail(call->outcome, "dispensing %s has no batch or no request", dispensing->number);
    call_concerns(call, "batch", batch.number);
    TRY(dispensings_check_batch(call, &batch, field));
    if (!dispensing->late_reason && !dispensings_fit_expiry(call, &batch, &request, dispensing->units, &last))
        return call_refuse(call, "DISPENSING-33", field, "batch", batch.number, "last", last, "expiry", batch.expiry, NULL);
    return DONE;
}

ending dispensings_check_bottle_label(call *call, const char *field, const char *bottle)
{
    label *labels = NULL, wanted = {.kind = "bottle", .subject = bottle};
    size_t count = 0;
    TRY(store_list(call->store, &LABEL_OF_SUBJECT, &wanted, call->arena, &labels, &count));
    for (size_t i = 0; i < count; i++)
        if (strcmp(labels[i].state, "applied") == 0 && strcmp(labels[i].shown_state, "released") == 0)
            return DONE;
    return call_refuse(call, "DISPENSING-26", field, "bottle", bottle, NULL);
}

bool dispensings_is_scanned(const taken_bottle *bottle)
{
    return bottle->scanned_at && text_equal(bottle->label_state, "applied");
}

ending dispensings_gone(call *call, const dispensing *dispensing, int64_t *ret_back, int64_t *ret_lost)
{
    return_line *returns = NULL;
    patient_loss_line *losses = NULL;
    size_t return_count = 0, loss_count = 0;
    TRY(store_list(call->store, &PATIENT_RETURNS_OF, (&(return_line){.dispensing = dispensing->id}), call->arena, &returns, &return_count));
    TRY(store_list(call->store, &PATIENT_LOSSES_OF, (&(patient_loss_line){.dispensing = dispensing->id}), call->arena, &losses, &loss_count));
    *ret_back = *ret_lost = 0;
    for (size_t i = 0; i < return_count; i++)
        *ret_back += returns[i].units;
    for (size_t i = 0; i < loss_count; i++)
        *ret_lost += losses[i].units;
    return DONE;
}

void dispensings_put(call *call, const dispensing *dispensing, const char *state)
{
    put_link(call->done, "dispensing", "dispensing", dispensing->number);
    put_state_of(call->done, "state", "dispensing", state);
    put_count(call->done, "units", dispensing->units);
}

static const taken_bottle *bottle_named(const taken_bottle *bottles, size_t count, const char *number)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(bottles[i].number, number) == 0)
            return &bottles[i];
    return NULL;
}

static bool is_free(const taken_bottle *bottle)
{
    return destructions_takes(bottle) && !bottle->unverified;
}

static void check_given(call *call, const batch *batch, const char *number, const taken_bottle *bottle, const taken_bottle *chosen, size_t count)
{
    if (!bottle)
        call_refuse(call, "DISPENSING-10", "bottles", "bottle", number, "batch", batch->number, NULL);
    else if (bottle->destroyed)
        call_refuse(call, "DISPENSING-11", "bottles", "bottle", number, NULL);
    else if (bottle->ended)
        call_refuse(call, "DISPENSING-37", "bottles", "bottle", number, "state", call_state(call, "bottle", bottle->ended), NULL);
    else if (bottle->unverified)
        call_refuse(call, "DISPENSING-38", "bottles", "bottle", number, NULL);
    else if (bottle->dispensing != ABSENT)
        call_refuse(call, "DISPENSING-12", "bottles", "bottle", number, "dispensing", bottle->taken_by, NULL);
    else if (bottle_named(chosen, count, number))
        call_refuse(call, "DISPENSING-13", "bottles", "bottle", number, NULL);
}

static size_t choose_given(call *call, const batch *batch, const taken_bottle *bottles, size_t count, taken_bottle *chosen)
{
    const input_value *given = call_input(call, "bottles");
    size_t taken = 0;
    for (size_t i = 0; i < given->count; i++) {
        const taken_bottle *bottle = bottle_named(bottles, count, given->texts[i]);
        check_given(call, batch, given->texts[i], bottle, chosen, taken);
        if (bottle && is_free(bottle) && !bottle_named(chosen, taken, bottle->number))
            chosen[taken++] = *bottle;
    }
    return taken;
}

static ending refuse_empty(call *call, const batch *batch, int64_t lacking)
{
    return call_refuse(call, "DISPENSING-40", "batch", "batch", batch->number, "lacking", count_text(call->arena, lacking), NULL);
}

static bool is_left(const taken_bottle *bottles, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (destructions_takes(&bottles[i]))
            return true;
    return false;
}

static size_t choose_first(const taken_bottle *bottles, size_t count, int64_t due, taken_bottle *chosen)
{
    size_t taken = 0;
    for (size_t i = 0; i < count; i++)
        if (is_free(&bottles[i]) && bottles[i].units <= due) {
            chosen[taken++] = bottles[i];
            due -= bottles[i].units;
        }
    return taken;
}

ending dispensings_choose(call *call, const batch *batch, int64_t due, bool given, const taken_bottle **ret_chosen, size_t *ret_count)
{
    taken_bottle *bottles = NULL;
    size_t count = 0, taken = 0;
    int64_t units = 0;
    TRY(store_list(call->store, &BOTTLES_OF_BATCH, (&(taken_bottle){.batch = batch->id}), call->arena, &bottles, &count));
    taken_bottle *chosen = arena_array(call->arena, count, sizeof *chosen);
    if (given)
        taken = choose_given(call, batch, bottles, count, chosen);
    else
        taken = choose_first(bottles, count, due, chosen);
    TRY(call_ending(call));
    for (size_t i = 0; i < taken; i++) {
        units += chosen[i].units;
        COLLECT(dispensings_check_bottle_label(call, "bottles", chosen[i].number));
    }
    if (!given && !is_left(bottles, count))
        return refuse_empty(call, batch, due);
    if (units != due)
        call_refuse(call, given ? "DISPENSING-14" : "DISPENSING-15", "bottles", "units",
                    arena_format(call->arena, "%lld", (long long)units), "due", arena_format(call->arena, "%lld", (long long)due),
                    "batch", batch->number, NULL);
    *ret_chosen = chosen;
    *ret_count = taken;
    return call_ending(call);
}

/* Units due: what the batch was made, or reattributed, to give to this request, less what it has given; never more than was prescribed, nor,
 * where bottles were lost, than the others hold. */
static ending find_due(call *call, const request *request, const batch *batch, dispensing_quote *ret_quote)
{
    share share = {0};
    bool found = false;
    TRY(store_find(call->store, &SHARE_OF_REQUEST, (&(struct share){.batch = batch->id, .request = request->id}), call->arena, &share, &found));
    if (!found)
        return call_refuse(call, "DISPENSING-09", "request", "request", request->number, "batch", batch->number, NULL);
    batch_free free = {0};
    TRY(reattributions_free(call, batch, &free));
    ret_quote->due = share_left(&share);
    ret_quote->due = free.here > 0 && ret_quote->due > free.here ? free.here : ret_quote->due;
    if (ret_quote->due <= 0 && share.everywhere < share.asked)
        return call_refuse(call, "DISPENSING-41", "batch", "request", request->number, "batch", batch->number, "units",
                           arena_format(call->arena, "%lld", (long long)share.given), "lacking",
                           arena_format(call->arena, "%lld", (long long)(share.asked - share.everywhere)), NULL);
    if (ret_quote->due <= 0)
        return call_refuse(call, "DISPENSING-17", "request", "request", request->number, "units",
                           arena_format(call->arena, "%lld", (long long)share.everywhere), "due",
                           arena_format(call->arena, "%lld", (long long)request->units), NULL);
    ret_quote->lacking = share.asked - share.everywhere - ret_quote->due;
    return DONE;
}

ending dispensings_quoted(call *call, const request *request, const batch *batch, dispensing_quote *ret_quote)
{
    cost_sheet sheet = {0};
    bool has_sheet = false;
    charge_input input = {0};
    TRY(store_find(call->store, &COST_SHEET_OF_BATCH, (&(cost_sheet){.batch = batch->id}), call->arena, &sheet, &has_sheet));
    if (!has_sheet)
        return call_refuse(call, "DISPENSING-16", "batch", "batch", batch->number, NULL);
    TRY(find_due(call, request, batch, ret_quote));
    input = (charge_input){.cost = {sheet.total}, .dispensable = sheet.dispensable};
    TRY(costs_charged(call, batch->id, &input.so_far, &input.already));
    input.so_far += ret_quote->due;
    if (input.so_far > sheet.dispensable || input.so_far > batch->conforming) /* all is dispensed: more was promised than was made */
        return refuse_empty(call, batch, ret_quote->due);
    if (!cost_charge(call->arena, &input, &ret_quote->charge))
        return fail(call->outcome, "the charge of %s cannot be computed", batch->number);
    /* After cancellations of capsules that cost less than a cent: a patient is never paid. */
    if (ret_quote->charge.charge.micro_euro < 0)
        ret_quote->charge.charge.micro_euro = 0;
    return DONE;
}
