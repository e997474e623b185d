/* Until when a batch may be used: from the day it was made and the dates of every lot and opened container that went into the capsules, their
 * shells too. Rule: BPP 6.79 to 6.82. */
#include <string.h>

#include "magistral/act/weighings.h"
#include "magistral/base/day.h"
#include "magistral/domain/expiry.h"

typedef struct inputs_days {
    expiry_input *days;
    size_t count;
} inputs_days;

static void add_day(inputs_days *days, const char *kind, const char *day, const char *number)
{
    expiry_input *input = &days->days[days->count];
    if (!day || !day_parse(day, &input->day))
        return;
    input->cause = strcmp(kind, "retest") == 0 ? EXPIRY_OF_RETEST : strcmp(kind, "expiry") == 0 ? EXPIRY_OF_EXPIRY : EXPIRY_OF_OPENING;
    input->number = number;
    days->count++;
}

ending batches_find_expiry(call *call, const formula_content *formula, const batch_making *making, batch *batch,
                           const char **ret_formula)
{
    inputs_days days = {.days = arena_array(call->arena, 2 * (making->weighing_count + making->issue_count) + 1, sizeof *days.days)};
    for (size_t i = 0; i < making->weighing_count; i++) {
        const weighing_line *w = &making->weighings[i];
        if (strcmp(w->state, "verified") != 0)
            continue;
        add_day(&days, w->limit_kind, w->limit_day, w->lot_number);
        add_day(&days, "end-of-use", w->end_of_use, w->container_number);
    }
    for (size_t i = 0; i < making->issue_count; i++) {
        const issue_line *issue = &making->issues[i];
        if (strcmp(issue->material_kind, "capsule-shell") != 0)
            continue;
        add_day(&days, issue->limit_kind, issue->limit_day, issue->lot_number);
        add_day(&days, "end-of-use", issue->end_of_use, issue->container_number);
    }
    expiry_result expiry;
    int64_t made_on;
    if (!day_parse(batch->made_on, &made_on) || !expiry_of_batch(call->arena, made_on, formula->version.shelf_life, days.days, days.count, &expiry))
        return fail(call->outcome, "the expiry of %s cannot be computed", batch->number);
    const char *word = expiry_cause_word(expiry.cause);
    batch->expiry = day_text(call->arena, expiry.day);
    batch->expiry_cause = expiry.number ? arena_format(call->arena, "%s %s", word, expiry.number) : word;
    *ret_formula = expiry.formula;
    return DONE;
}
