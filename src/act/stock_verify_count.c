/* Another person scans the container and types what they read themselves: only then does a count change the stock, by a movement.
 * The sentences never tell what the first person found. Rule: BPP 5.12. */
#include <string.h>

#include "magistral/act/lots.h"
#include "magistral/act/materials.h"

static const input_definition inputs[] = {
    {"container", INPUT_NUMBER, INPUT_SCANNED, "container", "MP26-0006/1"},
    {"quantity", INPUT_QUANTITY, 0, NULL, "463"},
    {0},
};

static ending find_proposed(call *call, const container *container, stock_count *ret_counted)
{
    bool found = false;
    TRY(store_find(call->store, &STOCK_COUNT_PROPOSED, (&(stock_count){.container = container->id}), call->arena, ret_counted, &found));
    return found ? DONE : call_refuse(call, "STOCK-03", "container", "container", container->number, NULL);
}

/* Another person, the same quantity, and nothing moved since the first one counted. */
static ending check(call *call, const container *container, const material *material, const stock_count *counted, int64_t stock)
{
    if (counted->counted_by == call->person.id)
        call_refuse(call, "STOCK-02", "as", "person", call->person.identifier, NULL);
    if (stock != counted->calculated)
        call_refuse(call, "STOCK-09", "container", "container", container->number, NULL);
    if (call_input(call, "quantity")->is_count != (strcmp(material->unit, "count") == 0))
        call_refuse(call, "LOT-23", "quantity", "material", material->name, "unit", call_word(call, "unit.", material->unit), NULL);
    else if (call_integer(call, "quantity") != counted->quantity)
        call_refuse(call, "STOCK-10", "quantity", "container", container->number, NULL);
    return call_ending(call);
}

static ending run(call *call)
{
    lot lot = {0};
    container container = {0};
    material material = {0};
    stock_count counted = {0};
    int64_t stock = 0;
    TRY(containers_find(call, "container", &container, &lot));
    TRY(lot_material(call, &lot, &material));
    TRY(find_proposed(call, &container, &counted));
    TRY(container_stock(call, container.id, &stock));
    stock_check_countable(call, &lot);
    TRY(check(call, &container, &material, &counted, stock));
    counted.state = "verified";
    counted.verified_by = call->person.id;
    counted.verified_at = call->now;
    TRY(store_update(call->store, &STOCK_COUNT_SETTLE, &counted));
    count_movement moved = {.container = container.id, .quantity = counted.quantity - stock, .person = counted.counted_by,
                            .second_person = counted.verified_by, .at = counted.verified_at, .reason = counted.reason};
    if (moved.quantity != 0)
        TRY(store_insert(call->store, &COUNT_MOVEMENT_INSERT, &moved));
    call_concerns(call, "container", container.number);
    put_link(call->done, "container", "container", container.number);
    put_quantity(call->done, "counted", counted.quantity, material.unit);
    put_quantity(call->done, "calculated", stock, material.unit);
    put_quantity(call->done, "difference", moved.quantity, material.unit);
    put_truth(call->done, "fits", moved.quantity == 0);
    return DONE;
}

const act stock_verify_count_act = {.name = "stock verify-count", .right = RIGHT_MOVE_STOCK, .second_person = true, .inputs = inputs, .run = run};
