#include <stdlib.h>

#include "parts.h"

static void close_reader(void *closed)
{
    reader *reader = closed;
    runner_free(reader->runner);
    store_close(reader->store);
    free(reader);
}

bool readers_start(readers *readers, const char *database, const char *clock)
{
    readers->database = database;
    readers->clock = clock;
    return pthread_key_create(&readers->key, close_reader) == 0;
}

void readers_stop(readers *readers)
{
    pthread_key_delete(readers->key);
}

ending readers_get(readers *readers, outcome *outcome, reader **ret_reader)
{
    reader *made = pthread_getspecific(readers->key);
    if (made) {
        *ret_reader = made;
        return DONE;
    }
    made = calloc(1, sizeof *made);
    if (!made)
        return fail(outcome, "no memory left");
    ending result = store_open(readers->database, STORE_READS, outcome, &made->store);
    if (result == DONE)
        result = store_keep_little(made->store);
    if (result == DONE)
        result = runner_new(made->store, NULL, outcome, &made->runner);
    if (result == DONE && pthread_setspecific(readers->key, made) != 0)
        result = fail(outcome, "no memory left");
    if (result != DONE) {
        close_reader(made);
        return result;
    }
    *ret_reader = made;
    return DONE;
}

void readers_drop(readers *readers)
{
    reader *dropped = pthread_getspecific(readers->key);
    if (!dropped)
        return;
    pthread_setspecific(readers->key, NULL);
    close_reader(dropped);
}
