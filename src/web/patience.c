/* The HTTP library closes a connection on which nothing moves. One that moves a byte at a time would stay for ever, and a few
 * hundred of them would be all connections: each request has a time to come in, each answer a time to go out. */
#include "patience.h"

#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum { LARGE = 1 << 20 };

struct waiting {
    patience *patience;
    int socket;
    int64_t until; /* 0: the server itself is at work */
    bool large;    /* what goes out or comes in */
    waiting *former, *next;
};

struct patience {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    pthread_t thread;
    bool stopping;
    bool large; /* something large is over: its memory is handed back, once a second, not kept for the next one */
    waiting *first;
};

static int64_t seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

/* Once a second. The connection is only shut: who owns it closes it, and tells so by patience_end(). */
static void *look(void *context)
{
    patience *patience = context;
    pthread_mutex_lock(&patience->mutex);
    while (!patience->stopping) {
        struct timespec then;
        int64_t now = seconds();
        for (const waiting *w = patience->first; w; w = w->next)
            if (w->until && now >= w->until)
                shutdown(w->socket, SHUT_RDWR);
        if (patience->large) {
            patience->large = false;
            pthread_mutex_unlock(&patience->mutex);
            malloc_trim(0);
            pthread_mutex_lock(&patience->mutex);
        }
        clock_gettime(CLOCK_REALTIME, &then);
        then.tv_sec++;
        if (!patience->stopping)
            pthread_cond_timedwait(&patience->changed, &patience->mutex, &then);
    }
    pthread_mutex_unlock(&patience->mutex);
    return NULL;
}

ending patience_start(outcome *outcome, patience **ret_patience)
{
    patience *made = calloc(1, sizeof *made);
    if (!made)
        return fail(outcome, "no memory left");
    pthread_mutex_init(&made->mutex, NULL);
    pthread_cond_init(&made->changed, NULL);
    if (pthread_create(&made->thread, NULL, look, made) != 0) {
        free(made);
        return fail(outcome, "no thread can be made");
    }
    *ret_patience = made;
    return DONE;
}

void patience_stop(patience *patience)
{
    if (!patience)
        return;
    pthread_mutex_lock(&patience->mutex);
    patience->stopping = true;
    pthread_cond_signal(&patience->changed);
    pthread_mutex_unlock(&patience->mutex);
    pthread_join(patience->thread, NULL);
    pthread_cond_destroy(&patience->changed);
    pthread_mutex_destroy(&patience->mutex);
    free(patience);
}

waiting *patience_begin(patience *patience, int socket)
{
    waiting *made = calloc(1, sizeof *made);
    if (!made)
        return NULL;
    *made = (waiting){.patience = patience, .socket = socket, .until = seconds() + LONGEST_WAIT};
    pthread_mutex_lock(&patience->mutex);
    made->next = patience->first;
    if (made->next)
        made->next->former = made;
    patience->first = made;
    pthread_mutex_unlock(&patience->mutex);
    return made;
}

static void set(waiting *waiting, int64_t until, size_t bytes)
{
    if (!waiting)
        return;
    pthread_mutex_lock(&waiting->patience->mutex);
    waiting->until = until;
    waiting->patience->large = waiting->patience->large || waiting->large;
    waiting->large = bytes > LARGE;
    pthread_mutex_unlock(&waiting->patience->mutex);
}

bool patience_leave(patience *patience)
{
    pthread_mutex_lock(&patience->mutex);
    for (const waiting *w = patience->first; w; w = w->next)
        shutdown(w->socket, SHUT_RDWR);
    bool nobody = !patience->first;
    pthread_mutex_unlock(&patience->mutex);
    return nobody;
}

void patience_wait(waiting *waiting, size_t bytes)
{
    set(waiting, seconds() + LONGEST_WAIT + (int64_t)(bytes / SLOWEST_BYTES_A_SECOND), bytes);
}

void patience_rest(waiting *waiting)
{
    set(waiting, 0, 0);
}

void patience_end(waiting *waiting)
{
    if (!waiting)
        return;
    patience *patience = waiting->patience;
    pthread_mutex_lock(&patience->mutex);
    patience->large = patience->large || waiting->large;
    if (waiting->former)
        waiting->former->next = waiting->next;
    else
        patience->first = waiting->next;
    if (waiting->next)
        waiting->next->former = waiting->former;
    pthread_mutex_unlock(&patience->mutex);
    free(waiting);
}
