/* What a person counted or weighed in a container: a proposal, which changes the stock once another person has read the same
 * (stock verify-count). Counting again replaces a proposal that nobody verified. Rule: BPP 5.12. */
#include <string.h>

#include "magistral/act/lots.h"
#include "magistral/act/materials.h"

static const input_definition inputs[] = {
    {"container", INPUT_NUMBER, INPUT_SCANNED, "container", "MP26-0006/1"},
    {"quantity", INPUT_QUANTITY, 0, NULL, "463"},
    {"reason", INPUT_LONG, 0, NULL, "Inventaire du trimestre"},
    {0},
};

/* A lot refused or destroyed is not counted; nothing comes into a container but what was received in it. */
static ending check(call *call, const container *container, const lot *lot, const material *material)
{
    stock_line received = {0};
    bool found = false;
    stock_check_countable(call, lot);
    if (call_input(call, "quantity")->is_count != (strcmp(material->unit, "count") == 0))
        return call_refuse(call, "LOT-23", "quantity", "material", material->name, "unit", call_word(call, "unit.", material->unit), NULL);
    TRY(store_find(call->store, &CONTAINER_RECEIVED, (&(stock_line){.id = container->id}), call->arena, &received, &found));
    if (call_integer(call, "quantity") > received.quantity)
        call_refuse(call, "STOCK-08", "quantity", "container", container->number, "received",
                    quantity_words(call->arena, received.quantity, material->unit), "counted",
                    quantity_words(call->arena, call_integer(call, "quantity"), material->unit), NULL);
    return call_ending(call);
}

static ending replace_former(call *call, const container *container)
{
    stock_count former = {0};
    bool found = false;
    TRY(store_find(call->store, &STOCK_COUNT_PROPOSED, (&(stock_count){.container = container->id}), call->arena, &former, &found));
    former.state = "replaced";
    return found ? store_update(call->store, &STOCK_COUNT_SETTLE, &former) : DONE;
}

static ending run(call *call)
{
    lot lot = {0};
    container container = {0};
    material material = {0};
    int64_t stock = 0;
    TRY(containers_find(call, "container", &container, &lot));
    TRY(lot_material(call, &lot, &material));
    TRY(check(call, &container, &lot, &material));
    TRY(container_stock(call, container.id, &stock));
    TRY(replace_former(call, &container));
    stock_count counted = {.container = container.id, .quantity = call_integer(call, "quantity"), .calculated = stock,
                           .reason = call_text(call, "reason"), .state = "proposed", .counted_by = call->person.id, .counted_at = call->now,
                           .verified_by = ABSENT};
    TRY(store_insert(call->store, &STOCK_COUNT_INSERT, &counted));
    call_concerns(call, "container", container.number);
    put_link(call->done, "container", "container", container.number);
    put_quantity(call->done, "counted", counted.quantity, material.unit);
    put_state_of(call->done, "state", "count", counted.state);
    return DONE;
}

const act stock_count_act = {.name = "stock count", .right = RIGHT_MOVE_STOCK, .inputs = inputs, .run = run};
