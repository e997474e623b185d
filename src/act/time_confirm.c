/* After a jump of the machine's clock: an administrator, who signs nothing else, says that the time is right again. */
#include "magistral/act/clock.h"

static const input_definition inputs[] = {
    {"reason", INPUT_TEXT, 0, NULL, "Horloge remise à l'heure par le serveur de temps"},
    {0},
};

static ending run(call *call)
{
    event last = {0};
    bool jumped = false;
    TRY(clock_jumped(call, &jumped, &last));
    if (!jumped)
        return call_refuse(call, "TIME-01", NULL, NULL);
    event confirmed = {.at = call->now, .kind = "clock-confirmed", .person = call->person.identifier, .detail = call_text(call, "reason")};
    TRY(store_insert(call->store, &EVENT_INSERT, &confirmed));
    put_instant(call->done, "time", call->now);
    put_text(call->done, "jump", last.detail);
    return DONE;
}

const act time_confirm_act = {.name = "time confirm", .right = RIGHT_CONFIRM_TIME, .inputs = inputs, .run = run};
