#include "magistral/base/turn.h"

#include <limits.h>

bool turn_take_unless(turn *turn, unsigned long most)
{
    pthread_mutex_lock(&turn->mutex);
    bool room = turn->next - turn->serving < most;
    if (room) {
        unsigned long mine = turn->next++;
        while (turn->serving != mine)
            pthread_cond_wait(&turn->changed, &turn->mutex);
    }
    pthread_mutex_unlock(&turn->mutex);
    return room;
}

void turn_take(turn *turn)
{
    (void)turn_take_unless(turn, ULONG_MAX);
}

void turn_give(turn *turn)
{
    pthread_mutex_lock(&turn->mutex);
    turn->serving++;
    pthread_cond_broadcast(&turn->changed);
    pthread_mutex_unlock(&turn->mutex);
}
