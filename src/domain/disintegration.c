#include "magistral/domain/disintegration.h"

/* Counts the units that disintegrate in time; false when a time is below 0. */
static bool count_in_time(const disintegration_unit *units, size_t count, decimal limit, size_t *ret_count)
{
    size_t in_time = 0;
    for (size_t i = 0; i < count; i++) {
        if (!units[i].disintegrated)
            continue;
        if (units[i].minutes.digits < 0)
            return false;
        in_time += decimal_compare(units[i].minutes, limit) <= 0;
    }
    *ret_count = in_time;
    return true;
}

static disintegration_verdict verdict_of(size_t failed_first, size_t count, size_t disintegrated)
{
    enum { LEAST_OF_EIGHTEEN = 16, MOST_FAILED_OF_SIX = 2 };
    if (failed_first > MOST_FAILED_OF_SIX)
        return DISINTEGRATION_DOES_NOT_COMPLY;
    if (count == DISINTEGRATION_FIRST_UNITS)
        return failed_first == 0 ? DISINTEGRATION_COMPLIES : DISINTEGRATION_TEST_12_MORE;
    return disintegrated >= LEAST_OF_EIGHTEEN ? DISINTEGRATION_COMPLIES : DISINTEGRATION_DOES_NOT_COMPLY;
}

bool disintegration_judge(const disintegration_unit *units, size_t count, decimal limit, disintegration_result *ret_result)
{
    size_t first, all;
    if ((count != DISINTEGRATION_FIRST_UNITS && count != DISINTEGRATION_ALL_UNITS) || limit.digits <= 0 ||
        !count_in_time(units, DISINTEGRATION_FIRST_UNITS, limit, &first) || !count_in_time(units, count, limit, &all))
        return false;
    *ret_result = (disintegration_result){count, all, verdict_of(DISINTEGRATION_FIRST_UNITS - first, count, all)};
    return true;
}
