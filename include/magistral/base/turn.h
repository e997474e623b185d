#ifndef MAGISTRAL_BASE_TURN_H
#define MAGISTRAL_BASE_TURN_H

#include <pthread.h>
#include <stdbool.h>

/* One thing that several threads use, one at a time, first come first served: a plain mutex lets one of them starve.
 * Start from TURN_FREE. */
typedef struct turn {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    unsigned long next;    /* who comes now gets this number */
    unsigned long serving; /* whose turn it is */
} turn;

#define TURN_FREE {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0}

/* Waits until all who came before have given their turn back. */
void turn_take(turn *turn);
/* The same, unless `most` are there already (the one whose turn it is among them): then false, at once. */
bool turn_take_unless(turn *turn, unsigned long most);
void turn_give(turn *turn);

#endif
