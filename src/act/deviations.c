#include "magistral/act/deviations.h"

#include "magistral/act/numbers.h"
#include "magistral/store/result.h"

ending deviations_find(call *call, const char *field, deviation *ret_deviation)
{
    bool found = false;
    const char *number = call_text(call, field);
    TRY(store_find(call->store, &DEVIATION_BY_NUMBER, (&(deviation){.number = number}), call->arena, ret_deviation, &found));
    return found ? DONE : call_refuse(call, "DEVIATION-01", field, "deviation", number, NULL);
}

ending deviations_open(call *call, const batch *batch, const char *subject, const char *class, const char *description,
                       const char **ret_number)
{
    deviation made = {.batch = batch->id, .subject = subject, .class = class, .description = description, .opened_by = call->person.id,
                      .opened_at = call->now, .state = "open", .decided_by = ABSENT};
    TRY(number_next(call, &DEVIATION_SERIES, "D", &made.number));
    TRY(store_insert(call->store, &DEVIATION_INSERT, &made));
    call_concerns(call, "deviation", made.number);
    *ret_number = made.number;
    return DONE;
}

ending deviations_after_release(call *call, const batch *batch, const char *subject, bool *ret_is)
{
    result_line *results = NULL;
    size_t count = 0;
    *ret_is = false;
    if (!subject || !text_equal(batch->state, "released"))
        return DONE;
    TRY(store_list(call->store, &RESULTS_OF, (&(result){.batch = batch->id}), call->arena, &results, &count));
    for (size_t i = 0; i < count; i++)
        *ret_is = *ret_is || (text_equal(results[i].number, subject) && text_equal(results[i].due, "after-release"));
    return DONE;
}

ending deviations_check_open(call *call, const char *field, const batch *batch, const char *subject)
{
    bool after = false;
    TRY(deviations_after_release(call, batch, subject, &after));
    if (after || text_is_among("planned|in-preparation|quarantine", batch->state))
        return DONE;
    return call_refuse(call, "BATCH-02", field, "batch", batch->number, "state", call_state(call, "batch", batch->state), "states",
                       call_state(call, "batch", "quarantine"), NULL);
}
