#include <stdlib.h>

#include "parts.h"

enum { MOST_THREADS = 8, MOST_WAITING = 512 /* as many as there are connections */ };

struct workers {
    void (*work)(void *);
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    void *waiting[MOST_WAITING];
    size_t first, count;
    bool stopping;
    pthread_t threads[MOST_THREADS];
    size_t started;
};

static void *take_and_work(void *context)
{
    workers *workers = context;
    for (;;) {
        pthread_mutex_lock(&workers->mutex);
        while (workers->count == 0 && !workers->stopping)
            pthread_cond_wait(&workers->changed, &workers->mutex);
        bool over = workers->count == 0;
        void *item = workers->waiting[workers->first];
        if (!over) {
            workers->first = (workers->first + 1) % MOST_WAITING;
            workers->count--;
        }
        pthread_mutex_unlock(&workers->mutex);
        if (over)
            return NULL;
        workers->work(item);
    }
}

ending workers_start(size_t threads, void (*work)(void *), outcome *outcome, workers **ret_workers)
{
    workers *made = calloc(1, sizeof *made);
    if (!made)
        return fail(outcome, "no memory left");
    made->work = work;
    pthread_mutex_init(&made->mutex, NULL);
    pthread_cond_init(&made->changed, NULL);
    while (made->started < threads && made->started < MOST_THREADS && pthread_create(&made->threads[made->started], NULL, take_and_work, made) == 0)
        made->started++;
    if (made->started == 0) {
        workers_free(made);
        return fail(outcome, "no thread can be made");
    }
    *ret_workers = made;
    return DONE;
}

bool workers_add(workers *workers, void *item)
{
    pthread_mutex_lock(&workers->mutex);
    bool room = workers->count < MOST_WAITING && !workers->stopping;
    if (room)
        workers->waiting[(workers->first + workers->count++) % MOST_WAITING] = item;
    pthread_cond_signal(&workers->changed);
    pthread_mutex_unlock(&workers->mutex);
    return room;
}

void workers_finish(workers *workers)
{
    pthread_mutex_lock(&workers->mutex);
    workers->stopping = true;
    pthread_cond_broadcast(&workers->changed);
    pthread_mutex_unlock(&workers->mutex);
    for (size_t i = 0; i < workers->started; i++)
        pthread_join(workers->threads[i], NULL);
    workers->started = 0;
}

void workers_free(workers *workers)
{
    if (!workers)
        return;
    workers_finish(workers);
    pthread_cond_destroy(&workers->changed);
    pthread_mutex_destroy(&workers->mutex);
    free(workers);
}
