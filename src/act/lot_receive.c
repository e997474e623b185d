/* A delivery's lot enters the register and the quarantine, with its containers. Rule: BPP 4.14, 5.08, 6.31, 6.32. */
#include <string.h>

#include "magistral/act/excursions.h"
#include "magistral/act/lots.h"
#include "magistral/act/materials.h"
#include "magistral/act/numbers.h"
#include "magistral/base/digest.h"

static const input_definition inputs[] = {
    {"material", INPUT_NUMBER, 0, "material", "BIR"},
    {"supplier", INPUT_NUMBER, 0, "supplier", "SYNTHEX"},
    {"manufacturer", INPUT_TEXT, 0, NULL, "Synthex fictif SAS, 2 avenue de l'Exemple, 00000 Ville-Exemple"},
    {"supplier-lot", INPUT_TEXT, 0, NULL, "SX-25117"},
    {"quantity", INPUT_QUANTITY, 0, NULL, "250.0000 g"},
    {"price", INPUT_MONEY, 0, NULL, "14500.00 EUR"},
    {"expiry", INPUT_DAY, INPUT_OPTIONAL, NULL, ""},
    {"retest", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-09"},
    {"certificate", INPUT_FILE, INPUT_OPTIONAL, NULL, ""},
    {"certificate-reference", INPUT_TEXT, INPUT_OPTIONAL, NULL, "CoA SX-25117"},
    {"containers", INPUT_QUANTITY, INPUT_OPTIONAL | INPUT_LIST, NULL, "150.0000g 100.0000g"},
    {"location", INPUT_TEXT, INPUT_OPTIONAL, NULL, "Armoire A2"},
    {"free-of-charge", INPUT_TRUTH, INPUT_OPTIONAL, NULL, ""},
    {0},
};

/* Every container holds something, and together they hold the lot. */
static ending check_containers(call *call, const material *material)
{
    if (!call_has(call, "containers"))
        return DONE;
    const input_value *parts = call_input(call, "containers");
    TRY(quantity_fits(call, "containers", material));
    int64_t sum = 0, whole = call_integer(call, "quantity");
    bool fits = true;
    for (size_t i = 0; i < parts->count; i++)
        fits = fits && !__builtin_add_overflow(sum, parts->integers[i], &sum);
    if (!fits || sum != whole)
        return call_refuse(call, "LOT-26", "containers", "sum",
                           quantity_words(call->arena, fits ? sum : INT64_MAX, material->unit), "quantity",
                           quantity_words(call->arena, whole, material->unit), NULL);
    return DONE;
}

static ending check(call *call, const material *material, const lot *received)
{
    lot same = {0};
    bool found = false;
    if (quantity_fits(call, "quantity", material) == DONE)
        (void)check_containers(call, material);
    if (call_has(call, "expiry") && call_has(call, "retest"))
        call_refuse(call, "LOT-25", "retest", NULL);
    lots_check_price(call, received->price);
    TRY(excursions_check_place(call, "location", call_text(call, "location")));
    TRY(store_find(call->store, &LOT_SAME, received, call->arena, &same, &found));
    if (found)
        call_refuse(call, "LOT-10", "supplier-lot", "supplier-lot", received->supplier_lot, "lot", same.number, NULL);
    return call_ending(call);
}

static ending fill_container(call *call, const lot *lot, int64_t rank, int64_t of, int64_t quantity, answer *list)
{
    container made = {.number = arena_format(call->arena, "%s/%lld", lot->number, (long long)rank), .lot = lot->id, .rank = rank,
                      .containers = of, .location = call_text(call, "location")};
    TRY(store_insert(call->store, &CONTAINER_INSERT, &made));
    call_concerns(call, "container", made.number);
    answer_add(list, answer_make(call->arena, ANSWER_LINK, made.number, "container", NULL));
    return stock_move(call, "containers", &made, "receipt", quantity, ABSENT, NULL);
}

static ending write(call *call, lot *lot)
{
    TRY(number_next(call, &LOT_SERIES, "MP", &lot->number));
    TRY(call_store_file(call, "certificate", &lot->certificate));
    TRY(store_insert(call->store, &LOT_INSERT, lot));
    call_concerns(call, "lot", lot->number);
    put_link(call->done, "lot", "lot", lot->number);
    put_state(call->done, "state", lot->state);
    put_day(call->done, "limit-day", lot->limit_day);
    answer *list = put_list(call->done, "containers");
    const input_value *parts = call_input(call, "containers");
    if (!parts->given)
        return fill_container(call, lot, 1, 1, lot->quantity, list);
    for (size_t i = 0; i < parts->count; i++)
        TRY(fill_container(call, lot, (int64_t)i + 1, (int64_t)parts->count, parts->integers[i], list));
    return DONE;
}

static ending run(call *call)
{
    material material = {0};
    supplier supplier = {0};
    ending found = materials_find(call, "material", &material);
    if (suppliers_find(call, "supplier", &supplier) == FAILED || found == FAILED)
        return FAILED;
    TRY(call_ending(call));
    lot lot = {.material = material.id, .supplier = supplier.id, .manufacturer = call_text(call, "manufacturer"),
               .supplier_lot = call_text(call, "supplier-lot"), .quantity = call_integer(call, "quantity"),
               .price = call_integer(call, "price"), .received_on = call->today, .received_by = call->person.id,
               .certificate_reference = call_text(call, "certificate-reference"), .state = "quarantine", .decided_by = ABSENT, .recalled_by = ABSENT};
    if (call_has(call, "expiry") || call_has(call, "retest")) {
        lot.limit_kind = call_has(call, "expiry") ? "expiry" : "retest";
        lot.limit_day = call_text(call, lot.limit_kind);
    }
    TRY(check(call, &material, &lot));
    return write(call, &lot);
}

const act lot_receive_act = {.name = "lot receive", .right = RIGHT_RECEIVE_LOTS, .inputs = inputs, .run = run};
