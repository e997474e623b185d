/* Everything known of a lot. */
#include <string.h>

#include "magistral/act/amendments.h"
#include "magistral/act/costs.h"
#include "magistral/act/lots.h"
#include "magistral/act/materials.h"
#include "magistral/act/people.h"
#include "magistral/domain/quantity.h"

static const input_definition inputs[] = {
    {"lot", INPUT_NUMBER, INPUT_POSITIONAL, "lot", "MP26-0003"},
    {0},
};

/* What a gram or an article of this lot costs: what a batch is charged for. */
static void put_price(call *call, const lot *lot, const material *material)
{
    bool counted = strcmp(material->unit, "count") == 0;
    ratio quantity = counted ? ratio_whole(lot->quantity) : mass_grams((mass){lot->quantity});
    const char *price = money_text(call->arena, (money){lot->price});
    put_decimal(call->done, "price", price, "EUR");
    put_figure(call->done, "unit-price", ratio_text(call->arena, ratio_divide(money_euro((money){lot->price}), quantity)),
               counted ? "EUR" : "EUR/g",
               arena_format(call->arena, counted ? "%s EUR / %s" : "%s EUR / %s g", price, ratio_text(call->arena, quantity)));
}

/* What the lot's own analyses cost, and what a usable gram or shell bears of it where the site amortises them. */
static ending put_analyses(call *call, const lot *lot, const material *material)
{
    lot_analysis *made = NULL;
    lot_analysis_sum sum = {0};
    size_t count = 0;
    bool found = false;
    ratio usable;
    const char *words = NULL;
    TRY(store_list(call->store, &LOT_ANALYSES_OF, (&(lot_analysis){.lot = lot->id}), call->arena, &made, &count));
    TRY(store_find(call->store, &LOT_ANALYSIS_SUM, (&(lot_analysis_sum){.number = lot->number}), call->arena, &sum, &found));
    if (count == 0)
        return DONE;
    answer *list = put_list(call->done, "analyses");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_text(row, "description", made[i].description);
        put_decimal(row, "sum", money_text(call->arena, (money){made[i].amount}), "EUR");
        TRY(put_person(call, row, "declared-by", made[i].declared_by));
        put_instant(row, "at", made[i].at);
    }
    if (!costs_usable(call->arena, &sum, material->unit, &usable, &words))
        return DONE;
    put_figure(call->done, "analysis-unit-cost", ratio_text(call->arena, ratio_divide(money_euro((money){sum.amount}), usable)),
               strcmp(material->unit, "count") == 0 ? "EUR" : "EUR/g",
               arena_format(call->arena, "%s EUR / %s", money_text(call->arena, (money){sum.amount}), words));
    return DONE;
}

static ending put_certificate(call *call, const lot *lot)
{
    const char *type = NULL, *bytes = NULL;
    size_t length = 0;
    bool found = false;
    put_text(call->done, "certificate-reference", lot->certificate_reference);
    if (!lot->certificate)
        return DONE;
    TRY(store_content(call->store, lot->certificate, call->arena, &type, &bytes, &length, &found));
    put_bytes(call->done, "certificate", lot->certificate, type, (int64_t)length);
    return DONE;
}

static ending put_decision(call *call, const lot *lot)
{
    if (lot->decided_by == ABSENT)
        return DONE;
    TRY(put_person(call, call->done, "decided-by", lot->decided_by));
    put_instant(call->done, "decided-at", lot->decided_at);
    if (lot->decision_reason)
        put_text(call->done, "reason", lot->decision_reason);
    if (lot->own_control)
        put_text(call->done, "own-control", lot->own_control);
    return put_correction(call, call->done, lot);
}

/* Beside the decision that accepted the lot: both stay. */
static ending put_recall(call *call, const lot *lot)
{
    if (lot->recalled_by == ABSENT)
        return DONE;
    TRY(put_person(call, call->done, "recalled-by", lot->recalled_by));
    put_instant(call->done, "recalled-at", lot->recalled_at);
    put_text(call->done, "recall-reason", lot->recall_reason);
    return DONE;
}

/* Each time that it was accepted again, with the date and the correction before and after. */
static ending put_retests(call *call, const lot *lot)
{
    lot_retest *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &LOT_RETESTS_OF, (&(lot_retest){.lot = lot->id}), call->arena, &rows, &count));
    answer *list = put_list(call->done, "retests");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_day(row, "former-day", rows[i].former_day);
        put_decimal(row, "former-assay", rows[i].former_assay, "%");
        put_decimal(row, "former-water", rows[i].former_water, "%");
        put_day(row, "retest-until", rows[i].limit_day);
        put_decimal(row, "assay", rows[i].assay, "%");
        put_decimal(row, "water", rows[i].water, "%");
        put_text(row, "source", rows[i].correction_source);
        TRY(put_person(call, row, "decided-by", rows[i].person));
        put_instant(row, "decided-at", rows[i].at);
    }
    return DONE;
}

static ending put_tests(call *call, const lot *lot)
{
    lot_test_line *tests = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &LOT_TEST_LINES, (&(lot_test_line){.lot = lot->id}), call->arena, &tests, &count));
    answer *list = put_list(call->done, "tests");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_text(row, "test", tests[i].test);
        put_text(row, "method", tests[i].method);
        put_text(row, "result", tests[i].result);
        put_truth(row, "conforms", tests[i].conforms == 1);
        put_link(row, "person", "person", tests[i].person);
        put_instant(row, "at", tests[i].at);
        if (tests[i].raw_document)
            put_bytes(row, "raw-document", tests[i].raw_document, tests[i].raw_type, tests[i].raw_size);
        else
            put_text(row, "raw-document", NULL);
    }
    return DONE;
}

static ending put_containers(call *call, const lot *lot, const material *material)
{
    stock_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &LOT_STOCK, (&(stock_line){.lot = lot->id}), call->arena, &lines, &count));
    answer *list = put_list(call->done, "containers");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "container", "container", lines[i].container);
        put_quantity(row, "stock", lines[i].quantity, material->unit);
        put_text(row, "location", lines[i].location);
        put_day(row, "opened-on", lines[i].opened_on);
        put_day(row, "end-of-use", lines[i].end_of_use);
        put_day(row, "last-day", lines[i].last_day);
    }
    return DONE;
}

static ending put_heads(call *call, const lot *lot, const lot_line *line)
{
    put_link(call->done, "lot", "lot", lot->number);
    put_link(call->done, "material", "material", line->material);
    put_text(call->done, "material-name", line->material_name);
    put_state(call->done, "state", line->state);
    put_state(call->done, "recorded-state", text_equal(line->state, lot->state) ? NULL : lot->state);
    put_quantity(call->done, "stock", line->stock, line->unit);
    put_quantity(call->done, "received", lot->quantity, line->unit);
    put_day(call->done, "received-on", lot->received_on);
    TRY(put_person(call, call->done, "received-by", lot->received_by));
    put_link(call->done, "supplier", "supplier", line->supplier);
    put_text(call->done, "supplier-name", line->supplier_name);
    put_text(call->done, "manufacturer", lot->manufacturer);
    put_text(call->done, "supplier-lot", lot->supplier_lot);
    put_state(call->done, "limit-kind", lot->limit_kind);
    put_day(call->done, "limit-day", lot->limit_day);
    return DONE;
}

static ending run(call *call)
{
    lot lot = {0};
    lot_line line = {0};
    material material = {0};
    bool found = false;
    TRY(lots_find(call, "lot", &lot));
    TRY(lot_material(call, &lot, &material));
    TRY(store_find(call->store, &LOT_LINES, (&(lot_line){.number = lot.number, .day = call->today}), call->arena, &line, &found));
    TRY(put_heads(call, &lot, &line));
    put_price(call, &lot, &material);
    TRY(put_certificate(call, &lot));
    TRY(put_decision(call, &lot));
    TRY(put_recall(call, &lot));
    TRY(put_retests(call, &lot));
    TRY(put_tests(call, &lot));
    TRY(put_analyses(call, &lot, &material));
    TRY(put_containers(call, &lot, &material));
    TRY(amendments_put_lot(call, call->done, &lot));
    return put_movements(call, call->done, 0, lot.id, material.unit);
}

const act lot_show_act = {.name = "lot show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
