/* Unopened counted articles of an issue go back to their container; powder that has left its container never does.
 * Rule: BPP 5.12, 5.59. */
#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/act/excursions.h"
#include "magistral/act/lots.h"
#include "magistral/act/materials.h"

static const input_definition inputs[] = {
    {"issue", INPUT_NUMBER, 0, "issue", "B26-0001/I1"},
    {"quantity", INPUT_COUNT, 0, NULL, "20"},
    {"reason", INPUT_LONG, 0, NULL, "Sachet non ouvert"},
    {0},
};

/* The record of a batch is closed by its decision; what was reconciled has been accounted for. */
static ending check_batch(call *call, const issue *issue, const material *material, batch *ret_batch)
{
    bool found = false;
    stock_line reconciled = {0};
    TRY(store_find(call->store, &BATCH_BY_ID, (&(batch){.id = issue->batch}), call->arena, ret_batch, &found));
    if (strcmp(ret_batch->state, "in-preparation") != 0 && strcmp(ret_batch->state, "quarantine") != 0)
        call_refuse(call, "STOCK-06", "issue", "batch", ret_batch->number, "state",
                    call_word(call, "state.", ret_batch->state), NULL);
    TRY(store_find(call->store, &SHELLS_RECONCILED, (&(movement){.batch = issue->batch}), call->arena, &reconciled, &found));
    if (reconciled.quantity > 0 && strcmp(material->kind, "capsule-shell") == 0)
        call_refuse(call, "STOCK-07", "issue", "batch", ret_batch->number, NULL);
    return DONE;
}

/* A shell that was filled, found defective or destroyed does not come back. */
static ending keep_shells(call *call, const batch *batch, int64_t *most)
{
    formula_content formula = {0};
    batch_making making = {0};
    int64_t back = 0;
    TRY(batches_formula(call, batch, &formula));
    TRY(batches_making(call, batch, &making));
    TRY(batches_shells_returned(call, batch, &formula, &back));
    int64_t left = making_issued(&making, "capsule-shell", false) - making_lost(&making, "shells-defective") - making_lost(&making, "shells-destroyed") -
                   (batch->filled == ABSENT ? 0 : batch->filled) - back;
    *most = left < 0 ? 0 : left < *most ? left : *most;
    return DONE;
}

/* Once the capsules are packaged, each bottle keeps an article. */
static ending keep_bottles(call *call, const issue *issue, const batch *batch, int64_t *most)
{
    formula_content formula = {0};
    batch_making making = {0};
    int64_t out = 0;
    if (batch->conforming == ABSENT)
        return DONE;
    TRY(batches_formula(call, batch, &formula));
    TRY(batches_making(call, batch, &making));
    for (size_t i = 0; i < formula.component_count; i++)
        if (formula.components[i].id == issue->component)
            TRY(batches_articles_out(call, batch, &formula.components[i], &making, &out));
    int64_t left = out - (int64_t)making.bottle_count;
    *most = left < 0 ? 0 : left < *most ? left : *most;
    return DONE;
}

static ending check_quantity(call *call, const issue *issue, const batch *batch, const material *material)
{
    bool found = false;
    stock_line held = {0};
    movement key = {.batch = issue->batch, .container = issue->container};
    TRY(store_find(call->store, &BATCH_HOLDS, &key, call->arena, &held, &found));
    int64_t most = held.quantity < issue->units ? held.quantity : issue->units, asked = call_integer(call, "quantity");
    if (strcmp(material->kind, "capsule-shell") == 0)
        TRY(keep_shells(call, batch, &most));
    if (strcmp(material->kind, "packaging-article") == 0)
        TRY(keep_bottles(call, issue, batch, &most));
    if (asked == 0)
        call_refuse(call, "LOT-24", "quantity", NULL);
    else if (asked > most)
        call_refuse(call, "STOCK-05", "quantity", "issue", issue->number, "most",
                    arena_format(call->arena, "%lld", (long long)most), NULL);
    return call_ending(call);
}

static ending run(call *call)
{
    issue issue = {0};
    batch batch = {0};
    container container = {0};
    lot lot = {0};
    material material = {0};
    bool found = false;
    int64_t stock = 0;
    struct issue wanted = {.number = call_text(call, "issue")};
    TRY(store_find(call->store, &ISSUE_BY_NUMBER, &wanted, call->arena, &issue, &found));
    if (!found)
        return call_refuse(call, "STOCK-04", "issue", "issue", call_text(call, "issue"), NULL);
    TRY(store_find(call->store, &CONTAINER_BY_ID, (&(struct container){.id = issue.container}), call->arena, &container, &found));
    TRY(store_find(call->store, &LOT_BY_ID, (&(struct lot){.id = container.lot}), call->arena, &lot, &found));
    TRY(lot_material(call, &lot, &material));
    TRY(check_batch(call, &issue, &material, &batch));
    TRY(excursions_check_container(call, "issue", &container));
    TRY(check_quantity(call, &issue, &batch, &material));
    TRY(stock_move(call, "quantity", &container, "return", call_integer(call, "quantity"), issue.batch,
                   call_text(call, "reason")));
    TRY(container_stock(call, container.id, &stock));
    call_concerns(call, "batch", batch.number);
    call_concerns(call, "container", container.number);
    put_link(call->done, "container", "container", container.number);
    put_count(call->done, "quantity", call_integer(call, "quantity"));
    put_count(call->done, "stock", stock);
    return DONE;
}

const act stock_return_act = {.name = "stock return", .right = RIGHT_MOVE_STOCK, .inputs = inputs, .run = run};
