/* Abandons a batch that was started: everything taken is accounted for, and what is left of powder and shells is destroyed.
 * Rule: BPP 5.12, 5.53. */
#include <string.h>

#include "magistral/act/materials.h"
#include "magistral/act/weighings.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"reason", INPUT_TEXT, 0, NULL, "Panne de la hotte pendant le mélange"},
    {0},
};

static void check_settled(call *call, const batch_making *making)
{
    for (size_t i = 0; i < making->weighing_count; i++)
        if (strcmp(making->weighings[i].state, "open") == 0 || strcmp(making->weighings[i].state, "recorded") == 0)
            call_refuse(call, "BATCH-31", "batch", "weighing", making->weighings[i].number, NULL);
    for (size_t i = 0; i < making->issue_count; i++)
        if (making->issues[i].verified_by == ABSENT)
            call_refuse(call, "BATCH-22", "batch", "issue", making->issues[i].number, NULL);
}

static ending destroy(call *call, const batch *batch, const char *kind, int64_t quantity, const char *unit)
{
    if (quantity <= 0)
        return DONE;
    loss made = {.batch = batch->id, .kind = kind, .quantity = quantity, .cause = call_text(call, "reason"),
                 .person = call->person.id, .at = call->now};
    TRY(store_insert(call->store, &LOSS_INSERT, &made));
    put_quantity(call->done, strcmp(unit, "mass") == 0 ? "powder-destroyed" : "shells-destroyed", quantity, unit);
    return DONE;
}

/* Before filling all powder and shells are left; after it, the shells that were not filled. */
static ending destroy_left(call *call, const batch *batch, const batch_making *making)
{
    formula_content formula = {0};
    int64_t powder = 0, shells = 0;
    for (size_t i = 0; i < making->weighing_count; i++)
        if (strcmp(making->weighings[i].state, "verified") == 0)
            powder += making->weighings[i].net;
    powder -= making_lost(making, "powder-residue") + making_lost(making, "powder-spilled");
    TRY(batches_formula(call, batch, &formula));
    TRY(batches_shells_left(call, batch, &formula, making, &shells));
    if (batch->filled == ABSENT)
        TRY(destroy(call, batch, "powder-residue", powder, "mass"));
    return destroy(call, batch, "shells-destroyed", shells, "count");
}

static ending run(call *call)
{
    batch batch = {0};
    batch_making making = {0};
    TRY(batches_find_in(call, "batch", "in-preparation|quarantine", &batch));
    TRY(batches_making(call, &batch, &making));
    check_settled(call, &making);
    TRY(call_ending(call));
    put_link(call->done, "batch", "batch", batch.number);
    TRY(destroy_left(call, &batch, &making));
    batch.state = "abandoned";
    TRY(store_update(call->store, &BATCH_END, &batch));
    put_state(call->done, "state", batch.state);
    return DONE;
}

const act batch_abandon_act = {.name = "batch abandon", .right = RIGHT_MAKE, .inputs = inputs, .run = run};
