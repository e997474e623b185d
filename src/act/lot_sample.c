/* A control or retained sample leaves a container. Rule: BPP 6.32, 6.50, 6.64. */
#include <string.h>

#include "magistral/act/lots.h"
#include "magistral/act/materials.h"

static const input_definition inputs[] = {
    {"container", INPUT_NUMBER, 0, "container", "MP26-0003/1"},
    {"quantity", INPUT_QUANTITY, 0, NULL, "8 g"},
    {"purpose", INPUT_CHOICE, 0, "control|retained", "control"},
    {"reason", INPUT_TEXT, 0, NULL, "Contrôle complet à réception"},
    {0},
};

static ending run(call *call)
{
    lot lot = {0};
    container container = {0};
    material material = {0};
    int64_t left = 0;
    TRY(containers_find(call, "container", &container, &lot));
    TRY(lot_material(call, &lot, &material));
    if (strcmp(lot.state, "destroyed") == 0)
        call_refuse(call, "LOT-05", "container", "lot", lot.number, NULL);
    TRY(quantity_fits(call, "quantity", &material));
    bool control = strcmp(call_text(call, "purpose"), "control") == 0;
    TRY(stock_move(call, "quantity", &container, control ? "control-sample" : "retained-sample", -call_integer(call, "quantity"),
                   ABSENT, call_text(call, "reason")));
    TRY(container_stock(call, container.id, &left));
    put_link(call->done, "container", "container", container.number);
    put_quantity(call->done, "quantity", call_integer(call, "quantity"), material.unit);
    put_quantity(call->done, "stock", left, material.unit);
    return DONE;
}

const act lot_sample_act = {.name = "lot sample", .right = RIGHT_MOVE_STOCK, .inputs = inputs, .run = run};
