/* A container is carried to another place; where it was before stays known. Rule: EU GMP 3.19. */
#include "magistral/act/excursions.h"
#include "magistral/act/lots.h"

static const input_definition inputs[] = {
    {"container", INPUT_NUMBER, INPUT_POSITIONAL, "container", "MP26-0003/1"},
    {"location", INPUT_TEXT, 0, NULL, "Armoire A2"},
    {0},
};

static ending run(call *call)
{
    lot lot = {0};
    container container = {0};
    const char *location = call_text(call, "location");
    TRY(containers_find(call, "container", &container, &lot));
    if (text_equal(lot.state, "destroyed"))
        call_refuse(call, "LOT-05", "container", "lot", lot.number, NULL);
    if (text_equal(container.location, location))
        call_refuse(call, "EXCURSION-10", "location", "thing", container.number, "location", location, NULL);
    TRY(excursions_check_place(call, "location", location));
    TRY(call_ending(call));
    container_move made = {.container = container.id, .former = container.location, .location = location, .person = call->person.id, .at = call->now};
    TRY(store_insert(call->store, &CONTAINER_MOVE_INSERT, &made));
    container.location = location;
    TRY(store_update(call->store, &CONTAINER_MOVE_TO, &container));
    put_link(call->done, "container", "container", container.number);
    put_text(call->done, "location", location);
    put_text(call->done, "former-location", made.former);
    return DONE;
}

const act container_move_act = {.name = "container move", .right = RIGHT_MOVE_STOCK, .inputs = inputs, .run = run};
