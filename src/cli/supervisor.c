/* What systemd, or another supervisor with its protocol, is told and hands over. The protocol is a few lines of text; a library for
 * it would be one more that this program trusts. Rule: sd_notify(3), sd_listen_fds(3), sd_watchdog_enabled(3). */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

enum { FIRST_HANDED = 3 };

struct watchdog {
    writer *writer;
    int64_t nanoseconds; /* between two signs of life */
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    pthread_t thread;
    bool stopping;
};

/* A number in the environment, or `otherwise`. */
static int64_t number_of(const char *name, int64_t otherwise)
{
    const char *text = getenv(name);
    char *end = NULL;
    int64_t number = text ? strtoll(text, &end, 10) : 0;
    return text && *text && !*end && number > 0 ? number : otherwise;
}

static bool is_ours(const char *name)
{
    return number_of(name, getpid()) == getpid();
}

void supervisor_say(const char *state)
{
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = path ? strlen(path) : 0;
    if (length < 2 || length >= sizeof address.sun_path || (*path != '/' && *path != '@'))
        return;
    memcpy(address.sun_path, path, length);
    if (*path == '@') /* an abstract name: it begins with a zero byte, and has none at its end */
        address.sun_path[0] = 0;
    int file = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (file < 0)
        return;
    (void)!sendto(file, state, strlen(state), MSG_NOSIGNAL, (const struct sockaddr *)&address, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length));
    close(file);
}

int supervisor_sockets(int *ret_first)
{
    int64_t count = getenv("LISTEN_PID") && is_ours("LISTEN_PID") ? number_of("LISTEN_FDS", 0) : 0;
    for (int64_t i = 0; i < count && i < 64; i++)
        (void)fcntl(FIRST_HANDED + (int)i, F_SETFD, FD_CLOEXEC);
    unsetenv("LISTEN_PID");
    unsetenv("LISTEN_FDS");
    unsetenv("LISTEN_FDNAMES");
    *ret_first = FIRST_HANDED;
    return (int)(count > 64 ? 64 : count);
}

/* Says that the server lives only while the writer does: that its turn comes, and nothing that it wrote failed. */
static bool writer_lives(writer *writer)
{
    turn_take(&writer->turn);
    bool lives = !store_is_broken(writer->store);
    turn_give(&writer->turn);
    return lives;
}

static void *watch(void *context)
{
    watchdog *watchdog = context;
    pthread_mutex_lock(&watchdog->mutex);
    while (!watchdog->stopping) {
        struct timespec then;
        pthread_mutex_unlock(&watchdog->mutex);
        if (writer_lives(watchdog->writer))
            supervisor_say("WATCHDOG=1");
        pthread_mutex_lock(&watchdog->mutex);
        clock_gettime(CLOCK_MONOTONIC, &then);
        int64_t until = then.tv_nsec + watchdog->nanoseconds;
        then.tv_sec += until / 1000000000;
        then.tv_nsec = until % 1000000000;
        while (!watchdog->stopping && pthread_cond_timedwait(&watchdog->changed, &watchdog->mutex, &then) != ETIMEDOUT) {
        }
    }
    pthread_mutex_unlock(&watchdog->mutex);
    return NULL;
}

ending watchdog_start(writer *writer, outcome *outcome, watchdog **ret_watchdog)
{
    int64_t microseconds = is_ours("WATCHDOG_PID") ? number_of("WATCHDOG_USEC", 0) : 0;
    *ret_watchdog = NULL;
    if (microseconds == 0)
        return DONE;
    watchdog *made = calloc(1, sizeof *made);
    if (!made)
        return fail(outcome, "no memory left");
    *made = (watchdog){.writer = writer, .nanoseconds = microseconds * 1000 / 2};
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_mutex_init(&made->mutex, NULL);
    pthread_cond_init(&made->changed, &clock);
    pthread_condattr_destroy(&clock);
    if (pthread_create(&made->thread, NULL, watch, made) != 0) {
        free(made);
        return fail(outcome, "no thread can be made");
    }
    *ret_watchdog = made;
    return DONE;
}

void watchdog_stop(watchdog *watchdog)
{
    if (!watchdog)
        return;
    pthread_mutex_lock(&watchdog->mutex);
    watchdog->stopping = true;
    pthread_cond_signal(&watchdog->changed);
    pthread_mutex_unlock(&watchdog->mutex);
    pthread_join(watchdog->thread, NULL);
    pthread_cond_destroy(&watchdog->changed);
    pthread_mutex_destroy(&watchdog->mutex);
    free(watchdog);
}
