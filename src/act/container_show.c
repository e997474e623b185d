#include "magistral/act/excursions.h"
#include "magistral/act/lots.h"
#include "magistral/act/materials.h"

static const input_definition inputs[] = {
    {"container", INPUT_NUMBER, INPUT_POSITIONAL, "container", "MP26-0003/1"},
    {0},
};

/* A count that awaits its second person; what was found stays with the first, so that the second reads for themselves. */
static ending put_proposed(call *call, const container *container)
{
    stock_count counted = {0};
    person person = {0};
    bool found = false;
    TRY(store_find(call->store, &STOCK_COUNT_PROPOSED, (&(stock_count){.container = container->id}), call->arena, &counted, &found));
    if (!found)
        return DONE;
    TRY(store_find(call->store, &PERSON_BY_ID, (&(struct person){.id = counted.counted_by}), call->arena, &person, &found));
    answer *proposed = put_object(call->done, "count-proposed");
    put_link(proposed, "person", "person", person.identifier);
    put_instant(proposed, "at", counted.counted_at);
    put_text(proposed, "reason", counted.reason);
    put_text(proposed, "way-out", "stock verify-count");
    return DONE;
}

static ending run(call *call)
{
    lot lot = {0};
    lot_line line = {0};
    container container = {0};
    int64_t stock = 0;
    bool found = false;
    TRY(containers_find(call, "container", &container, &lot));
    TRY(container_stock(call, container.id, &stock));
    TRY(store_find(call->store, &LOT_LINES, (&(lot_line){.number = lot.number, .day = call->today}), call->arena, &line, &found));
    put_link(call->done, "container", "container", container.number);
    put_count(call->done, "rank", container.rank);
    put_count(call->done, "of", container.containers);
    put_link(call->done, "lot", "lot", lot.number);
    put_link(call->done, "material", "material", line.material);
    put_text(call->done, "material-name", line.material_name);
    put_state(call->done, "state", line.state);
    put_state(call->done, "limit-kind", lot.limit_kind);
    put_day(call->done, "limit-day", lot.limit_day);
    put_day(call->done, "opened-on", container.opened_on);
    put_day(call->done, "end-of-use", container.end_of_use);
    put_text(call->done, "location", container.location);
    put_quantity(call->done, "stock", stock, line.unit);
    TRY(put_proposed(call, &container));
    TRY(excursions_put_of_container(call, call->done, container.id));
    return put_movements(call, call->done, container.id, 0, line.unit);
}

const act container_show_act = {.name = "container show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
