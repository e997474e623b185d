#include "magistral/act/lots.h"

#include <string.h>

#include "magistral/act/materials.h"
#include "magistral/base/digest.h"

ending lots_find(call *call, const char *field, lot *ret_lot)
{
    bool found = false;
    const char *number = call_text(call, field);
    TRY(store_find(call->store, &LOT_BY_NUMBER, (&(lot){.number = number}), call->arena, ret_lot, &found));
    return found ? DONE : call_refuse(call, "LOT-01", field, "lot", number, NULL);
}

/* What stands behind the last slash of a scanned text, when it has the length of a token; the text itself otherwise. */
static const char *token_of(const char *text)
{
    const char *slash = strrchr(text, '/');
    return slash && strlen(slash + 1) == TOKEN_TEXT ? slash + 1 : text;
}

ending containers_find(call *call, const char *field, container *ret_container, lot *ret_lot)
{
    bool found = false;
    const char *text = call_text(call, field);
    TRY(store_find(call->store, &CONTAINER_BY_NUMBER, (&(container){.number = text}), call->arena, ret_container, &found));
    if (!found)
        TRY(store_find(call->store, &CONTAINER_BY_TOKEN, (&(container){.token = token_of(text)}), call->arena, ret_container, &found));
    if (!found)
        return call_refuse(call, "CONTAINER-01", field, "container", text, NULL);
    TRY(store_find(call->store, &LOT_BY_ID, (&(lot){.id = ret_container->lot}), call->arena, ret_lot, &found));
    if (!found)
        return fail(call->outcome, "container %s has no lot", ret_container->number);
    if (strcmp(text, ret_container->number) != 0)
        call_concerns(call, "container", ret_container->number);
    call_concerns(call, "lot", ret_lot->number);
    return DONE;
}

ending container_stock(call *call, int64_t container, int64_t *ret_quantity)
{
    stock_line line = {0};
    bool found = false;
    TRY(store_find(call->store, &CONTAINER_STOCK, (&(stock_line){.id = container}), call->arena, &line, &found));
    *ret_quantity = line.quantity;
    return DONE;
}

static void check_state(call *call, const char *field, const lot *lot)
{
    static const char *const rules[][2] = {
        {"quarantine", "LOT-02"}, {"refused", "LOT-03"}, {"recalled", "LOT-04"}, {"destroyed", "LOT-05"}};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (strcmp(lot->state, rules[i][0]) == 0)
            call_refuse(call, rules[i][1], field, "lot", lot->number, "reason", lot->decision_reason, NULL);
    if (lot->limit_day && strcmp(lot->limit_day, call->today) < 0)
        call_refuse(call, strcmp(lot->limit_kind, "retest") == 0 ? "LOT-07" : "LOT-06", field, "lot", lot->number, "day",
                    lot->limit_day, NULL);
}

ending lot_usable(call *call, const char *field, const lot *lot, const container *container)
{
    int64_t stock = 0;
    check_state(call, field, lot);
    if (container->end_of_use && strcmp(container->end_of_use, call->today) < 0)
        call_refuse(call, "CONTAINER-02", field, "container", container->number, "opened", container->opened_on, "day",
                    container->end_of_use, NULL);
    TRY(container_stock(call, container->id, &stock));
    if (stock <= 0)
        call_refuse(call, "CONTAINER-03", field, "container", container->number, NULL);
    return call_ending(call);
}

ending lots_first_to_expire(call *call, int64_t material, stock_line **ret_lines, size_t *ret_count)
{
    return store_list(call->store, &STOCK_USABLE, (&(stock_line){.material = material, .day = call->today}), call->arena,
                      ret_lines, ret_count);
}

static ending unit_of(call *call, int64_t lot_id, const char **ret_unit)
{
    lot lot = {0};
    material material = {0};
    bool found = false;
    TRY(store_find(call->store, &LOT_BY_ID, (&(struct lot){.id = lot_id}), call->arena, &lot, &found));
    TRY(store_find(call->store, &MATERIAL_BY_ID, (&(struct material){.id = lot.material}), call->arena, &material, &found));
    *ret_unit = found ? material.unit : "count";
    return DONE;
}

ending stock_move(call *call, const char *field, const container *container, const char *kind, int64_t quantity,
                  int64_t batch, const char *reason)
{
    int64_t stock = 0;
    TRY(container_stock(call, container->id, &stock));
    if (stock + quantity < 0) {
        const char *unit = NULL;
        TRY(unit_of(call, container->lot, &unit));
        return call_refuse(call, "STOCK-01", field, "container", container->number, "asked",
                           quantity_words(call->arena, -quantity, unit), "stock", quantity_words(call->arena, stock, unit), NULL);
    }
    TRY(call_ending(call));
    movement moved = {.container = container->id, .kind = kind, .quantity = quantity, .batch = batch,
                      .person = call->person.id, .at = call->now, .reason = reason};
    return store_insert(call->store, &MOVEMENT_INSERT, &moved);
}
