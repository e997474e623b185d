/* Another quantity was lost than was entered, or nothing was. Rule: BPP 4.40, 5.12; EU GMP 4.9. */
#include <string.h>

#include "magistral/act/amendments.h"
#include "magistral/act/losses.h"
#include "magistral/act/materials.h"
#include "magistral/act/numbers.h"
#include "magistral/act/reconciliations.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, 0, "batch", "B26-0001"},
    {"loss", INPUT_COUNT, 0, NULL, "1"},
    {"quantity", INPUT_QUANTITY, 0, NULL, "0.3100 g"},
    {"reason", INPUT_TEXT, 0, NULL, "Tare du bécher non déduite"},
    {0},
};

/* "powder", "shells" or "capsules": what the loss is reconciled with. */
static const char *reconciled_with(call *call, const loss *loss)
{
    return arena_copy(call->arena, loss->kind, strcspn(loss->kind, "-"));
}

static ending check_quantity(call *call, const batch *batch, const batch_making *making, const loss *loss)
{
    bool powder = losses_is_powder(loss->kind);
    int64_t quantity = call_integer(call, "quantity"), most = 0;
    if (quantity > 0 && call_input(call, "quantity")->is_count == powder)
        return call_refuse(call, "LOSS-01", "quantity", "kind", call_word(call, "state.", loss->kind), NULL);
    TRY(losses_most(call, batch, making, loss->kind, &most));
    most += loss->quantity;
    if (batch->conforming != ABSENT) /* nothing is in bulk any more: never more than there was */
        most = powder ? making_powder_left(making) + making_lost(making, "powder-residue") + making_lost(making, "powder-spilled")
                      : text_starts(loss->kind, "shells") ? making_issued(making, "capsule-shell", false) : batch->filled;
    if (quantity > most)
        return call_refuse(call, "LOSS-04", "quantity", "quantity", quantity_words(call->arena, quantity, powder ? "mass" : "count"), "most",
                           quantity_words(call->arena, most, powder ? "mass" : "count"), NULL);
    return DONE;
}

static ending run(call *call)
{
    batch batch = {0};
    batch_making making = {0};
    int64_t rank = call_integer(call, "loss"), quantity = call_integer(call, "quantity"), edition = 0;
    TRY(batches_find(call, "batch", &batch));
    TRY(amendments_check_open(call, "batch", &batch));
    TRY(batches_making(call, &batch, &making));
    if (rank < 1 || (size_t)rank > making.loss_count)
        return call_refuse(call, "AMENDMENT-14", "loss", "loss", call_text(call, "loss"), "losses", count_text(call->arena, (int64_t)making.loss_count), NULL);
    loss loss = making.losses[rank - 1];
    TRY(check_quantity(call, &batch, &making, &loss));
    TRY(reconciliations_edition(call, &batch, reconciled_with(call, &loss), &edition));
    amended_entry entry = amendments_number(call, "quantity", loss.quantity, quantity, losses_is_powder(loss.kind) ? "ng" : NULL);
    amending amending = {.batch = &batch, .kind = "loss", .subject = count_text(call->arena, rank), .author = loss.person, .entered_at = loss.at,
                         .used = edition > 0, .good_before = true, .good_after = true, .entries = &entry, .count = quantity == loss.quantity ? 0 : 1};
    TRY(amendments_check(call, &amending));
    put_link(call->done, "batch", "batch", batch.number);
    TRY(amendments_write(call, &amending));
    loss.quantity = quantity;
    put_quantity(call->done, "quantity", quantity, losses_is_powder(loss.kind) ? "mass" : "count");
    TRY(store_update(call->store, &LOSS_AMEND, &loss));
    return reconciliations_again(call, &batch, reconciled_with(call, &loss));
}

const act loss_amend_act = {.name = "loss amend", .right = RIGHT_MAKE, .inputs = inputs, .states = "in-preparation|quarantine", .run = run};
