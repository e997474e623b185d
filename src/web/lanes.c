/* Where a request waits. Who stands at a bench does not wait behind a trace of 2,500 patients, and nothing waits behind anything on the
 * threads that speak HTTP: those answer only what needs no look-up worth the name, and the pages behind QR codes. */
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "parts.h"

enum { ACTING = 4, QUICK = 3, SLOW = 2, PLACES = 256, LONG_NANOSECONDS = 5 * 1000 * 1000 };

struct lanes {
    workers *acting, *quick, *slow;
    atomic_bool is_quick[PLACES]; /* what was asked at an address took little time the last time; never asked: is not known to */
};

/* Two addresses may share a place: one of them then waits with the slow ones. */
static size_t place_of(const char *target)
{
    size_t place = 0;
    for (const char *p = target; *p && *p != '?'; p++)
        place = place * 31 + (unsigned char)*p;
    return place % PLACES;
}

ending lanes_start(void (*work)(void *), outcome *outcome, lanes **ret_lanes)
{
    lanes *made = calloc(1, sizeof *made);
    if (!made)
        return fail(outcome, "no memory left");
    ending result = workers_start(ACTING, work, outcome, &made->acting);
    if (result == DONE)
        result = workers_start(QUICK, work, outcome, &made->quick);
    if (result == DONE)
        result = workers_start(SLOW, work, outcome, &made->slow);
    if (result != DONE) {
        lanes_free(made);
        return result;
    }
    *ret_lanes = made;
    return DONE;
}

void lanes_finish(lanes *lanes)
{
    workers_finish(lanes->acting);
    workers_finish(lanes->quick);
    workers_finish(lanes->slow);
}

void lanes_free(lanes *lanes)
{
    if (!lanes)
        return;
    workers_free(lanes->acting);
    workers_free(lanes->quick);
    workers_free(lanes->slow);
    free(lanes);
}

bool lanes_needs(const asked *asked)
{
    target target = target_read(asked->target);
    return target == TARGET_HOME || target == TARGET_DESK;
}

bool lanes_add(lanes *lanes, const asked *asked, void *item)
{
    if (asked->post)
        return workers_add(lanes->acting, item);
    return workers_add(atomic_load(&lanes->is_quick[place_of(asked->target)]) ? lanes->quick : lanes->slow, item);
}

/* Of work: on a busy machine what is quick may wait long for its turn. */
static int64_t nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1000000000 + now.tv_nsec;
}

void lanes_time(lanes *lanes, const asked *asked, void (*make)(void *), void *item)
{
    int64_t began = nanoseconds();
    make(item);
    if (!asked->post)
        atomic_store(&lanes->is_quick[place_of(asked->target)], nanoseconds() - began <= LONG_NANOSECONDS);
}
