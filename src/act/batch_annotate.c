/* After its decision the record of a batch is closed: what is learned later is added to it, dated, and changes nothing that stands.
 * Rule: BPP 4.38, 4.42. */
#include "magistral/act/amendments.h"
#include "magistral/act/batches.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"text", INPUT_LONG, 0, NULL, "Le fournisseur a rectifié son certificat : le lot est inchangé"},
    {0},
};

static ending run(call *call)
{
    batch batch = {0};
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    addendum made = {.batch = batch.id, .text = call_text(call, "text"), .person = call->person.id, .at = call->now};
    TRY(store_insert(call->store, &ADDENDUM_INSERT, &made));
    put_link(call->done, "batch", "batch", batch.number);
    put_text(call->done, "text", made.text);
    return DONE;
}

const act batch_annotate_act = {.name = "batch annotate", .right = RIGHT_DECIDE_DEVIATIONS, .inputs = inputs,
                                .states = "released|recalled|refused|cancelled|abandoned|destroyed", .run = run};
