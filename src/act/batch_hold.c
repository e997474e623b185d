/* Anyone signed in puts a batch on hold, a released one too, and one on hold again for another reason: none is lost. Only a
 * pharmacist lifts it. Rule: BPP 6.68, 8.11. */
#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/act/holds.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"reason", INPUT_TEXT, 0, NULL, "Excursion de température dans l'armoire de stockage"},
    {0},
};

static ending run(call *call)
{
    batch batch = {0};
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    TRY(batches_hold(call, &batch, call_text(call, "reason"), true));
    put_link(call->done, "batch", "batch", batch.number);
    put_truth(call->done, "held", true);
    return DONE;
}

const act batch_hold_act = {.name = "batch hold", .right = RIGHT_SIGNED_IN, .inputs = inputs, .states = "planned|in-preparation|quarantine|released", .run = run};
