/* Any pharmacist refuses a batch, with the reason; a staged test that is not concluded is said so, never "does not comply".
 * What it still holds of powder and shells is destroyed, as when a batch is abandoned. Rule: BPP 5.12, 5.53, 6.69; Ph. Eur. 2.9.40. */
#include "magistral/act/releases.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0002"},
    {"reason", INPUT_LONG, INPUT_OPTIONAL, NULL, "AV 18,4 sur 10 unités, supérieure à 15,0 ; essai non conclu, étape 2 non faite ; lot refusé"},
    {0},
};

static ending run(call *call)
{
    batch batch = {0};
    review review = {0};
    const char *proposal = NULL;
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    TRY(releases_review(call, &batch, &review));
    TRY(releases_proposal(call, &review, &proposal));
    if (!call_has(call, "reason"))
        return call_refuse(call, proposal ? "RELEASE-33" : "RELEASE-34", "reason", "proposal", proposal, NULL);
    TRY(batches_check_settled(call, &batch, &review.making));
    TRY(batches_destroy_left(call, &batch, &review.making));
    answer *reviewed = answer_object(call->arena);
    TRY(releases_put_exceptions_of_site(call, reviewed, &review));
    return releases_decide(call, &review, "refusal", "refused", reviewed->first);
}

const act batch_refuse_act = {.name = "batch refuse", .right = RIGHT_REFUSE, .signed_act = true, .inputs = inputs, .states = "in-preparation|quarantine", .run = run};
