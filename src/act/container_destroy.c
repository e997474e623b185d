/* What an excursion condemned is destroyed, one container of its lot. Rule: BPP 5.53, 6.35. */
#include "magistral/act/excursions.h"
#include "magistral/act/lots.h"
#include "magistral/act/materials.h"

static const input_definition inputs[] = {
    {"container", INPUT_NUMBER, INPUT_POSITIONAL, "container", "MP26-0003/1"},
    {"reason", INPUT_LONG, 0, NULL, "Repris par le prestataire de déchets chimiques, bordereau BSD-2026-021"},
    {0},
};

static ending check_condemned(call *call, const container *container)
{
    excursion_container_line *lines = NULL;
    size_t count = 0;
    bool condemned = false;
    TRY(store_list(call->store, &EXCURSIONS_OF_CONTAINER, (&(excursion_container_line){.container = container->id}), call->arena, &lines, &count));
    for (size_t i = 0; i < count; i++)
        condemned = condemned || text_equal(lines[i].state, "condemned");
    if (!condemned)
        call_refuse(call, "EXCURSION-11", "container", "container", container->number, NULL);
    return DONE;
}

static ending run(call *call)
{
    lot lot = {0};
    container container = {0};
    material material = {0};
    int64_t stock = 0;
    TRY(containers_find(call, "container", &container, &lot));
    TRY(lot_material(call, &lot, &material));
    TRY(container_stock(call, container.id, &stock));
    TRY(check_condemned(call, &container));
    if (stock <= 0)
        call_refuse(call, "CONTAINER-03", "container", "container", container.number, NULL);
    TRY(call_ending(call));
    TRY(stock_move(call, "container", &container, "destruction", -stock, ABSENT, call_text(call, "reason")));
    put_link(call->done, "container", "container", container.number);
    put_quantity(call->done, "quantity", stock, material.unit);
    return DONE;
}

const act container_destroy_act = {.name = "container destroy", .right = RIGHT_DECIDE_LOTS, .inputs = inputs, .run = run};
