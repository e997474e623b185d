/* What is left of a lot is destroyed, container by container. Rule: BPP 5.53, 6.35. */
#include <string.h>

#include "magistral/act/lots.h"
#include "magistral/act/materials.h"

static const input_definition inputs[] = {
    {"lot", INPUT_NUMBER, 0, "lot", "MP26-0004"},
    {"reason", INPUT_LONG, 0, NULL, "Lot refusé, repris par le prestataire de déchets chimiques, bordereau BSD-2026-014"},
    {0},
};

static ending empty_containers(call *call, const lot *lot, const material *material)
{
    stock_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &LOT_STOCK, (&(stock_line){.lot = lot->id}), call->arena, &lines, &count));
    answer *list = put_list(call->done, "destroyed");
    for (size_t i = 0; i < count; i++) {
        if (lines[i].quantity <= 0)
            continue;
        container container = {.id = lines[i].id, .number = lines[i].container, .lot = lot->id};
        TRY(stock_move(call, "lot", &container, "destruction", -lines[i].quantity, ABSENT, call_text(call, "reason")));
        call_concerns(call, "container", container.number);
        answer *row = add_object(list);
        put_link(row, "container", "container", container.number);
        put_quantity(row, "quantity", lines[i].quantity, material->unit);
    }
    return DONE;
}

static ending run(call *call)
{
    lot lot = {0};
    material material = {0};
    TRY(lots_find(call, "lot", &lot));
    TRY(lot_material(call, &lot, &material));
    if (strcmp(lot.state, "quarantine") == 0 || strcmp(lot.state, "destroyed") == 0)
        return call_refuse(call, "LOT-29", "lot", "lot", lot.number, "state", call_word(call, "state.", lot.state), NULL);
    put_link(call->done, "lot", "lot", lot.number);
    put_state(call->done, "state", "destroyed");
    TRY(empty_containers(call, &lot, &material));
    lot.state = "destroyed";
    return store_update(call->store, &LOT_DESTROY, &lot);
}

const act lot_destroy_act = {.name = "lot destroy", .right = RIGHT_DECIDE_LOTS, .inputs = inputs, .run = run};
