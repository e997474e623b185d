#include "magistral/act/deviations.h"

#include "magistral/act/numbers.h"

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
