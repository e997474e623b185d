#include "magistral/act/lots.h"

#include <string.h>

#include "magistral/act/excursions.h"
#include "magistral/act/materials.h"
#include "magistral/act/scans.h"
#include "magistral/domain/weighing.h"

ending lots_find(call *call, const char *field, lot *ret_lot)
{
    bool found = false;
    const char *number = call_text(call, field);
    TRY(store_find(call->store, &LOT_BY_NUMBER, (&(lot){.number = number}), call->arena, ret_lot, &found));
    return found ? DONE : call_refuse(call, "LOT-01", field, "lot", number, NULL);
}

void lots_check_price(call *call, int64_t price)
{
    if (price == 0 && !call_truth(call, "free-of-charge"))
        call_refuse(call, "LOT-36", "price", NULL);
    if (price > 0 && call_truth(call, "free-of-charge"))
        call_refuse(call, "LOT-37", "free-of-charge", NULL);
}

ending containers_find(call *call, const char *field, container *ret_container, lot *ret_lot)
{
    bool found = false;
    const char *text = call_text(call, field);
    TRY(store_find(call->store, &CONTAINER_BY_NUMBER, (&(container){.number = text}), call->arena, ret_container, &found));
    if (!found) {
        call_wrong_scan(call, field, scans_kept(call->arena, text));
        return call_refuse(call, "CONTAINER-01", field, "container", text, NULL);
    }
    TRY(store_find(call->store, &LOT_BY_ID, (&(lot){.id = ret_container->lot}), call->arena, ret_lot, &found));
    if (!found)
        return fail(call->outcome, "container %s has no lot", ret_container->number);
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

/* The states in which a lot is not used, each with its rule. */
static void check_state(call *call, const char *field, const lot *lot, bool also_quarantine)
{
    static const char *const rules[][2] = {
        {"refused", "LOT-03"}, {"recalled", "LOT-04"}, {"destroyed", "LOT-05"}, {"quarantine", "LOT-02"}};
    for (size_t i = 0; i < (also_quarantine ? 4 : 3); i++)
        if (strcmp(lot->state, rules[i][0]) == 0)
            call_refuse(call, rules[i][1], field, "lot", lot->number, "reason",
                        strcmp(lot->state, "recalled") == 0 ? lot->recall_reason : lot->decision_reason, NULL);
}

void stock_check_countable(call *call, const lot *lot)
{
    if (strcmp(lot->state, "recalled") != 0) /* what a recall brings back is counted */
        check_state(call, "container", lot, false);
}

ending lot_kept(call *call, const char *field, const lot *lot)
{
    check_state(call, field, lot, false);
    return call_ending(call);
}

ending lot_usable(call *call, const char *field, const lot *lot, const container *container)
{
    int64_t stock = 0;
    check_state(call, field, lot, true);
    if (lot->limit_day && strcmp(lot->limit_day, call->today) < 0)
        call_refuse(call, strcmp(lot->limit_kind, "retest") == 0 ? "LOT-07" : "LOT-06", field, "lot", lot->number, "day",
                    lot->limit_day, NULL);
    if (container->end_of_use && strcmp(container->end_of_use, call->today) < 0)
        call_refuse(call, "CONTAINER-02", field, "container", container->number, "opened", container->opened_on, "day",
                    container->end_of_use, NULL);
    TRY(excursions_check_container(call, field, container));
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

ending lots_usable(call *call, int64_t material, int64_t *ret_usable)
{
    stock_line *lines = NULL;
    size_t count = 0;
    int64_t usable = 0;
    TRY(lots_first_to_expire(call, material, &lines, &count));
    for (size_t i = 0; i < count; i++)
        usable += lines[i].quantity;
    *ret_usable = usable;
    return DONE;
}

bool lot_is_retested(const lot *lot)
{
    return strcmp(lot->state, "accepted") == 0 && text_equal(lot->limit_kind, "retest");
}

ending lot_in_quarantine(call *call, const char *field, const lot *lot)
{
    if (strcmp(lot->state, "quarantine") != 0)
        call_refuse(call, "LOT-11", field, "lot", lot->number, "state", call_word(call, "state.", lot->state), NULL);
    return call_ending(call);
}

ending lot_material(call *call, const lot *lot, material *ret_material)
{
    bool found = false;
    TRY(store_find(call->store, &MATERIAL_BY_ID, (&(material){.id = lot->material}), call->arena, ret_material, &found));
    return found ? DONE : fail(call->outcome, "lot %s has no material", lot->number);
}

ending quantity_fits(call *call, const char *field, const material *material)
{
    const input_value *input = call_input(call, field);
    bool counted = strcmp(material->unit, "count") == 0;
    if (input->is_count != counted)
        return call_refuse(call, "LOT-23", field, "material", material->name, "unit",
                           call_word(call, "unit.", material->unit), NULL);
    for (size_t i = 0; i < input->count; i++)
        if (input->integers[i] == 0)
            return call_refuse(call, "LOT-24", field, NULL);
    return call_ending(call);
}

static ending refuse_short(call *call, const char *field, const container *container, int64_t asked, int64_t stock)
{
    lot lot = {0};
    material material = {0};
    bool found = false;
    TRY(store_find(call->store, &LOT_BY_ID, (&(struct lot){.id = container->lot}), call->arena, &lot, &found));
    TRY(lot_material(call, &lot, &material));
    return call_refuse(call, "STOCK-01", field, "container", container->number, "asked",
                       quantity_words(call->arena, asked, material.unit), "stock",
                       quantity_words(call->arena, stock, material.unit), NULL);
}

ending stock_check(call *call, const char *field, const container *container, int64_t quantity)
{
    int64_t stock = 0;
    TRY(container_stock(call, container->id, &stock));
    return stock + quantity < 0 ? refuse_short(call, field, container, -quantity, stock) : DONE;
}

ending stock_move(call *call, const char *field, const container *container, const char *kind, int64_t quantity,
                  int64_t batch, const char *reason)
{
    if (!text_is_among("weighing|amendment", kind))
        TRY(stock_check(call, field, container, quantity));
    TRY(call_ending(call));
    movement moved = {.container = container->id, .kind = kind, .quantity = quantity, .batch = batch,
                      .person = call->person.id, .at = call->now, .reason = reason};
    return store_insert(call->store, &MOVEMENT_INSERT, &moved);
}

ending lot_purity_fixed(call *call, const lot *lot, figure *ret_purity)
{
    correction correction = {.water = decimal_whole(0)};
    if (!lot->assay) {
        *ret_purity = figure_of(call->arena, ratio_whole(1), NULL, "1");
        return DONE;
    }
    bool fits = decimal_parse(lot->assay, &correction.assay) == DECIMAL_GOOD &&
                assay_basis_parse(lot->assay_basis, &correction.basis) &&
                (!lot->water || decimal_parse(lot->water, &correction.water) == DECIMAL_GOOD);
    if (!fits || !lot_purity(call->arena, &correction, ret_purity))
        return fail(call->outcome, "lot %s has a correction that is none", lot->number);
    return DONE;
}

ending put_correction(call *call, answer *object, const lot *lot)
{
    if (!lot->assay)
        return DONE;
    figure purity;
    TRY(lot_purity_fixed(call, lot, &purity));
    figure factor = figure_at_places(call->arena, ratio_divide(ratio_whole(1), purity.value), 9, NULL, "1 / %s", purity.text);
    answer *correction = put_object(object, "correction");
    put_decimal(correction, "assay", lot->assay, "%");
    put_state(correction, "basis", lot->assay_basis);
    if (lot->water)
        put_decimal(correction, "water", lot->water, "%");
    put_text(correction, "source", lot->correction_source);
    put_figure(correction, "purity", purity.text, NULL, purity.formula);
    put_figure(correction, "factor", factor.text, NULL, factor.formula);
    return DONE;
}

void put_lot_line(answer *row, const lot_line *line)
{
    put_link(row, "lot", "lot", line->number);
    put_link(row, "material", "material", line->material);
    put_text(row, "material-name", line->material_name);
    put_state(row, "state", line->state);
    put_quantity(row, "stock", line->stock, line->unit);
    put_quantity(row, "received", line->quantity, line->unit);
    put_state(row, "limit-kind", line->limit_kind);
    put_day(row, "limit-day", line->limit_day);
    put_day(row, "received-on", line->received_on);
    put_text(row, "supplier-lot", line->supplier_lot);
    put_link(row, "supplier", "supplier", line->supplier);
}

typedef struct movement_rows {
    store_cursor *cursor;
    const char *unit;
} movement_rows;

static ending next_movement(void *cursor, arena *arena, answer **ret_row)
{
    movement_rows *rows = cursor;
    movement_line line = {0};
    bool found = false;
    TRY(store_next(rows->cursor, arena, &line, &found));
    *ret_row = NULL;
    if (!found)
        return DONE;
    answer *row = answer_object(arena);
    put_instant(row, "at", line.at);
    put_link(row, "container", "container", line.container_number);
    put_state(row, "kind", strcmp(line.kind, "count") == 0 ? "stock-count" : line.kind);
    put_quantity(row, "quantity", line.quantity, rows->unit);
    put_link(row, "batch", "batch", line.batch);
    put_link(row, "person", "person", line.person);
    put_link(row, "second-person", "person", line.second_person);
    put_text(row, "reason", line.reason);
    *ret_row = row;
    return DONE;
}

ending put_movements(call *call, answer *object, int64_t container, int64_t lot, const char *unit)
{
    movement_rows *rows = arena_alloc(call->arena, sizeof *rows);
    movement_line key = {.container = container, .lot = lot};
    rows->unit = arena_text(call->arena, unit);
    TRY(store_rows(call->store, container ? &MOVEMENTS_OF_CONTAINER : &MOVEMENTS_OF_LOT, &key, call->arena, &rows->cursor));
    answer_put(object, "movements", answer_rows(call->arena, next_movement, rows));
    return DONE;
}

ending put_lot_lines(call *call, lot_line wanted)
{
    lot_line *lines = NULL;
    size_t count = 0;
    wanted.day = call->today;
    TRY(store_list(call->store, &LOT_LINES, &wanted, call->arena, &lines, &count));
    answer *lots = put_list(call->done, "lots");
    for (size_t i = 0; i < count; i++)
        put_lot_line(add_object(lots), &lines[i]);
    return DONE;
}
