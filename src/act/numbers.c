#include "magistral/act/numbers.h"

ending number_next(call *call, const query *given, const char *prefix, const char **ret_number)
{
    series series = {0};
    bool found = false;
    int year = (int)(call->year % 100);
    /* '.' is the character after '-'. */
    struct series wanted = {.first = arena_format(call->arena, "%s%02d-", prefix, year), .after = arena_format(call->arena, "%s%02d.", prefix, year)};
    TRY(store_find(call->store, given, &wanted, call->arena, &series, &found));
    *ret_number = series_number(call->arena, prefix, call->year, series.given + 1);
    return DONE;
}

const char *count_text(arena *arena, int64_t count)
{
    return arena_format(arena, "%lld", (long long)count);
}
