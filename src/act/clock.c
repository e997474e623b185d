/* The clock. For real, time is the machine's; a jump of more than 60 s, seen against the clock that runs since the
 * machine was started, is kept as an event and blocks signing until an administrator confirms the time. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "magistral/act/clock.h"
#include "magistral/base/day.h"
#include "runner_parts.h"

enum { JUMP = 60000 }; /* milliseconds */

static int64_t read_clock(clockid_t which)
{
    struct timespec now;
    clock_gettime(which, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static const char *boot_identifier(arena *arena)
{
    char line[64] = "";
    FILE *file = fopen("/proc/sys/kernel/random/boot_id", "re");
    if (file) {
        if (!fgets(line, sizeof line, file))
            line[0] = 0;
        fclose(file);
    }
    line[strcspn(line, "\n")] = 0;
    return arena_text(arena, line);
}

ending clock_now(runner *runner, const char *at, call *call)
{
    int64_t now = 0;
    if (at) {
        /* While a database is made, its caller has checked that a set clock goes with a rehearsal. */
        if (!runner->rehearsal && strcmp(call->act->name, "database create") != 0)
            return refuse(call->outcome, "CALL-12", "at", NULL);
        if (!instant_parse(at, &now))
            return refuse(call->outcome, "CALL-23", "at", "value", at, NULL);
    } else {
        now = read_clock(CLOCK_REALTIME);
    }
    call->now = instant_text(call->arena, now);
    call->today = instant_local_day(call->arena, now, call->zone);
    if (!call->today)
        return fail(call->outcome, "time zone %s is not known", call->zone);
    call->year = (call->today[0] - '0') * 1000 + (call->today[1] - '0') * 100 + (call->today[2] - '0') * 10 + (call->today[3] - '0');
    return DONE;
}

static ending set_mark(call *call, const clock_mark *mark, bool known)
{
    if (known)
        return store_update(call->store, &CLOCK_MARK_UPDATE, mark);
    clock_mark first = *mark;
    return store_insert(call->store, &CLOCK_MARK_INSERT, &first);
}

struct watching {
    clock_mark mark;
    bool known;
    const char *detail;
};

static ending keep_jump(call *call, void *context)
{
    struct watching *watching = context;
    event event = {.at = call->now, .kind = "clock-jump", .detail = watching->detail};
    TRY(store_insert(call->store, &EVENT_INSERT, &event));
    return set_mark(call, &watching->mark, watching->known);
}

ending clock_watch(runner *runner, call *call)
{
    if (runner->rehearsal || store_reads_only(runner->store))
        return DONE;
    struct watching watching = {.mark = {.id = 1, .boot = boot_identifier(call->arena), .running_milliseconds = read_clock(CLOCK_BOOTTIME),
                                         .wall_milliseconds = read_clock(CLOCK_REALTIME)}};
    clock_mark before = {0};
    TRY(store_find(runner->store, &CLOCK_MARK, NOTHING, call->arena, &before, &watching.known));
    int64_t walled = watching.mark.wall_milliseconds - before.wall_milliseconds;
    int64_t ran = watching.mark.running_milliseconds - before.running_milliseconds;
    bool same_boot = watching.known && strcmp(before.boot, watching.mark.boot) == 0;
    int64_t jump = same_boot ? walled - ran : walled < 0 ? walled : 0;
    if (watching.known && (jump > JUMP || jump < -JUMP)) {
        watching.detail = arena_format(call->arena, "%+lld s", (long long)(jump / 1000));
        return system_act(runner, call, "clock jump", "{}", keep_jump, &watching);
    }
    if (watching.known && same_boot && ran < 10000)
        return DONE; /* the mark is fresh enough: no write for every act */
    TRY(store_begin(runner->store));
    TRY(set_mark(call, &watching.mark, watching.known));
    return store_commit(runner->store);
}

ending clock_jumped(call *call, bool *ret_jumped, event *ret_last)
{
    bool found = false;
    TRY(store_find(call->store, &EVENT_LAST_CLOCK, NOTHING, call->arena, ret_last, &found));
    *ret_jumped = found && strcmp(ret_last->kind, "clock-jump") == 0;
    return DONE;
}

ending clock_allows_signing(call *call)
{
    event last = {0};
    bool jumped = false;
    TRY(clock_jumped(call, &jumped, &last));
    if (jumped)
        return refuse(call->outcome, "CALL-13", "signature", "jump", last.detail, "at", last.at, NULL);
    return DONE;
}
