/* Records a loss when it happens; it enters the reconciliation. Unopened articles go back by stock return. Rule: BPP 5.12, 5.53. */
#include <string.h>

#include "magistral/act/emergencies.h"
#include "magistral/act/losses.h"
#include "magistral/act/materials.h"
#include "magistral/act/numbers.h"
#include "magistral/act/weighings.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, 0, "batch", "B26-0001"},
    {"kind", INPUT_CHOICE, 0, "powder-residue|powder-spilled|shells-defective|shells-destroyed|capsules-rejected|capsules-lost", "powder-residue"},
    {"quantity", INPUT_QUANTITY, 0, NULL, "0.3100 g"},
    {"cause", INPUT_TEXT, 0, NULL, "Fond de mortier et de plateau, détruit"},
    {0},
};

/* What is reconciled is settled. */
static ending check_open(call *call, const batch *batch, const char *kind)
{
    reconciliation *done = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECONCILIATIONS_OF, (&(reconciliation){.batch = batch->id}), call->arena, &done, &count));
    for (size_t i = 0; i < count; i++)
        if (strncmp(done[i].kind, kind, strlen(done[i].kind)) == 0)
            return call_refuse(call, "LOSS-05", "kind", "batch", batch->number, "kind", call_word(call, "state.", done[i].kind), NULL);
    return DONE;
}

static ending run(call *call)
{
    batch batch = {0};
    batch_making making = {0};
    const char *kind = call_text(call, "kind");
    bool powder = strncmp(kind, "powder", 6) == 0, capsules = strncmp(kind, "capsules", 8) == 0;
    int64_t quantity = call_integer(call, "quantity"), largest = 0;
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    TRY(emergencies_check_operator(call, &batch));
    TRY(batches_making(call, &batch, &making));
    if (call_input(call, "quantity")->is_count == powder || quantity == 0)
        return call_refuse(call, "LOSS-01", "quantity", "kind", call_word(call, "state.", kind), NULL);
    if (capsules && batch.filled == ABSENT)
        call_refuse(call, "LOSS-02", "kind", "batch", batch.number, NULL);
    if (capsules && batch.conforming != ABSENT)
        call_refuse(call, "LOSS-03", "kind", "batch", batch.number, NULL);
    TRY(call_ending(call));
    TRY(check_open(call, &batch, kind));
    TRY(losses_most(call, &batch, &making, kind, &largest));
    if (quantity > largest)
        return call_refuse(call, "LOSS-04", "quantity", "quantity", quantity_words(call->arena, quantity, powder ? "mass" : "count"), "most",
                           quantity_words(call->arena, largest, powder ? "mass" : "count"), NULL);
    loss made = {.batch = batch.id, .kind = kind, .quantity = quantity, .cause = call_text(call, "cause"),
                 .person = call->person.id, .at = call->now};
    TRY(store_insert(call->store, &LOSS_INSERT, &made));
    put_link(call->done, "batch", "batch", batch.number);
    put_state(call->done, "kind", kind);
    put_quantity(call->done, "quantity", quantity, powder ? "mass" : "count");
    return DONE;
}

const act loss_record_act = {.name = "loss record", .right = RIGHT_MAKE, .inputs = inputs, .states = "in-preparation|quarantine", .run = run};
