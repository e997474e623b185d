#ifndef MAGISTRAL_BENCH_TIMING_H
#define MAGISTRAL_BENCH_TIMING_H

#include <stdlib.h>
#include <time.h>

/* Microseconds of a clock that nobody sets. */
static inline double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static inline int timing_order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median of so many times, which are sorted by it: the fastest is then the first. */
static inline double median(double *times, size_t count)
{
    qsort(times, count, sizeof *times, timing_order);
    return times[count / 2];
}

#endif
