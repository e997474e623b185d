#include "magistral/domain/statistics.h"

bool statistics_of(const decimal *values, size_t count, statistics *ret_statistics)
{
    if (count < 2)
        return false;
    /* Differences from the first value keep the squares small when the values are large and close together. */
    ratio origin = ratio_of_decimal(values[0]), sum = RATIO_ZERO, squares = RATIO_ZERO;
    for (size_t i = 0; i < count; i++) {
        ratio difference = ratio_subtract(ratio_of_decimal(values[i]), origin);
        sum = ratio_add(sum, difference);
        squares = ratio_add(squares, ratio_multiply(difference, difference));
    }
    ratio n = ratio_whole((int64_t)count);
    ratio mean = ratio_divide(sum, n);
    statistics made = {.count = count};
    made.mean = ratio_add(origin, mean);
    made.sum = ratio_multiply(made.mean, n);
    made.variance = ratio_divide(ratio_subtract(squares, ratio_multiply(sum, mean)), ratio_whole((int64_t)count - 1));
    made.standard_deviation = ratio_square_root(made.variance, 15);
    if (!ratio_is_number(made.sum) || !ratio_is_number(made.standard_deviation))
        return false;
    *ret_statistics = made;
    return true;
}
