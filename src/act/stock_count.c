/* What a container really holds, counted or weighed by two persons; the difference is a movement. Rule: BPP 5.12. */
#include <string.h>

#include "magistral/act/lots.h"
#include "magistral/act/materials.h"
#include "magistral/act/people.h"

static const input_definition inputs[] = {
    {"container", INPUT_NUMBER, 0, "container", "MP26-0006/1"},
    {"quantity", INPUT_QUANTITY, 0, NULL, "463"},
    {"reason", INPUT_LONG, 0, NULL, "Inventaire du trimestre"},
    {"second-person", INPUT_NUMBER, 0, "person", "tech.b"},
    {0},
};

static ending check_second(call *call, const person *second)
{
    bool has = false;
    TRY(person_has_right(call, second->id, RIGHT_MOVE_STOCK, &has));
    if (second->id == call->person.id)
        call_refuse(call, "STOCK-02", "second-person", "person", second->identifier, NULL);
    else if (!has || second->ended)
        call_refuse(call, "STOCK-03", "second-person", "person", second->identifier, "right",
                    call_word(call, "right.", right_word(RIGHT_MOVE_STOCK)), NULL);
    return DONE;
}

static ending check(call *call, const lot *lot, const material *material)
{
    if (strcmp(lot->state, "destroyed") == 0)
        call_refuse(call, "LOT-05", "container", "lot", lot->number, NULL);
    if (call_input(call, "quantity")->is_count != (strcmp(material->unit, "count") == 0))
        call_refuse(call, "LOT-23", "quantity", "material", material->name, "unit",
                    call_word(call, "unit.", material->unit), NULL);
    return call_ending(call);
}

static ending run(call *call)
{
    lot lot = {0};
    container container = {0};
    material material = {0};
    person second = {0};
    int64_t stock = 0, counted = call_integer(call, "quantity");
    TRY(containers_find(call, "container", &container, &lot));
    TRY(lot_material(call, &lot, &material));
    TRY(people_find(call, "second-person", &second));
    TRY(check_second(call, &second));
    TRY(check(call, &lot, &material));
    TRY(container_stock(call, container.id, &stock));
    count_movement moved = {.container = container.id, .quantity = counted - stock, .person = call->person.id,
                            .second_person = second.id, .at = call->now, .reason = call_text(call, "reason")};
    if (moved.quantity != 0)
        TRY(store_insert(call->store, &COUNT_MOVEMENT_INSERT, &moved));
    put_link(call->done, "container", "container", container.number);
    put_quantity(call->done, "counted", counted, material.unit);
    put_quantity(call->done, "calculated", stock, material.unit);
    put_quantity(call->done, "difference", moved.quantity, material.unit);
    put_truth(call->done, "fits", moved.quantity == 0);
    return DONE;
}

const act stock_count_act = {.name = "stock count", .right = RIGHT_MOVE_STOCK, .inputs = inputs, .run = run};
