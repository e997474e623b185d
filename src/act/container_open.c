/* A container is opened; where opening shortens its shelf life, until when it is used. Rule: BPP 5.31, 6.55. */
#include <string.h>

#include "magistral/act/lots.h"

static const input_definition inputs[] = {
    {"container", INPUT_NUMBER, 0, "container", "MP26-0003/1"},
    {"end-of-use", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-07-12"},
    {0},
};

static ending run(call *call)
{
    lot lot = {0};
    container container = {0};
    TRY(containers_find(call, "container", &container, &lot));
    TRY(lot_kept(call, "container", &lot));
    if (container.opened_on)
        call_refuse(call, "CONTAINER-04", "container", "container", container.number, "day", container.opened_on, NULL);
    if (call_has(call, "end-of-use") && strcmp(call_text(call, "end-of-use"), call->today) < 0)
        call_refuse(call, "CONTAINER-05", "end-of-use", "day", call_text(call, "end-of-use"), NULL);
    if (call_has(call, "end-of-use") && lot.limit_day && strcmp(call_text(call, "end-of-use"), lot.limit_day) > 0)
        call_refuse(call, "CONTAINER-07", "end-of-use", "day", call_text(call, "end-of-use"), "lot", lot.number, "last", lot.limit_day, NULL);
    TRY(call_ending(call));
    container.opened_on = call->today;
    container.end_of_use = call_text(call, "end-of-use");
    TRY(store_update(call->store, &CONTAINER_OPEN, &container));
    put_link(call->done, "container", "container", container.number);
    put_day(call->done, "opened-on", container.opened_on);
    put_day(call->done, "end-of-use", container.end_of_use);
    return DONE;
}

const act container_open_act = {.name = "container open", .right = RIGHT_MOVE_STOCK, .inputs = inputs, .run = run};
