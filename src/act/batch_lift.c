/* A pharmacist lifts every hold of a batch, with the reason; as long as a lot used in it is recalled, by naming that lot.
 * Rule: BPP 6.68, 6.69, 8.11. */
#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/act/holds.h"
#include "magistral/store/investigation.h"
#include "magistral/store/lot.h"
#include "magistral/store/result.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"reason", INPUT_TEXT, 0, NULL, "Température restée entre 15 et 25 °C d'après l'enregistreur"},
    {"recalled-lots", INPUT_NUMBER, INPUT_OPTIONAL | INPUT_LIST, "lot", ""},
    {0},
};

static bool is_named(const input_value *named, const char *lot)
{
    for (size_t i = 0; i < named->count; i++)
        if (strcmp(named->texts[i], lot) == 0)
            return true;
    return false;
}

/* Who lifts a hold in spite of a recall says so of each lot: the signature covers it. */
static ending check_recalled(call *call, const batch *batch)
{
    lot *lots = NULL;
    size_t count = 0;
    const input_value *named = call_input(call, "recalled-lots");
    TRY(store_list(call->store, &RECALLED_LOTS_OF_BATCH, batch, call->arena, &lots, &count));
    for (size_t i = 0; i < count; i++)
        if (!is_named(named, lots[i].number))
            call_refuse(call, "BATCH-51", "recalled-lots", "batch", batch->number, "lot", lots[i].number, "reason", lots[i].recall_reason, NULL);
    for (size_t i = 0; i < named->count; i++) {
        bool found = false;
        for (size_t k = 0; k < count; k++)
            found = found || strcmp(named->texts[i], lots[k].number) == 0;
        if (!found)
            call_refuse(call, "BATCH-52", "recalled-lots", "batch", batch->number, "lot", named->texts[i], NULL);
    }
    return call_ending(call);
}

/* A result that fails after the release is explained before anything leaves again. Rule: BPP 6.68; EU GMP 6.35. */
static ending check_investigated(call *call, const batch *batch)
{
    result_line *results = NULL;
    size_t count = 0;
    if (!text_equal(batch->state, "released"))
        return DONE;
    TRY(store_list(call->store, &RESULTS_OF, (&(result){.batch = batch->id}), call->arena, &results, &count));
    for (size_t i = 0; i < count; i++) {
        investigation last = {0};
        bool found = false;
        if (!text_equal(results[i].verdict, "does not comply") || text_equal(results[i].state, "invalidated"))
            continue;
        TRY(store_find(call->store, &INVESTIGATION_LAST, (&(investigation){.result = results[i].id}), call->arena, &last, &found));
        if (!found || !text_equal(last.state, "concluded"))
            call_refuse(call, "BATCH-54", "batch", "batch", batch->number, "result", results[i].number, NULL);
    }
    return DONE;
}

static ending run(call *call)
{
    batch batch = {0};
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    if (!batch.held)
        return call_refuse(call, "BATCH-30", "batch", "batch", batch.number, NULL);
    TRY(check_investigated(call, &batch));
    TRY(check_recalled(call, &batch));
    put_link(call->done, "batch", "batch", batch.number);
    TRY(batches_put_holds(call, &batch, put_list(call->done, "holds")));
    TRY(batches_hold(call, &batch, call_text(call, "reason"), false));
    put_truth(call->done, "held", false);
    return DONE;
}

const act batch_lift_act = {.name = "batch lift", .right = RIGHT_LIFT_HOLD, .signed_act = true, .inputs = inputs, .states = "planned|in-preparation|quarantine|released", .run = run};
