/* The pharmacist in charge has looked at who may do what, and signs it: every six months, or when people change. What is no longer needed is
 * ended first (person end-role). Rule: BPP 2.05; EU GMP Annex 11, 11. */
#include "magistral/act/people.h"

static const input_definition inputs[] = {
    {"remarks", INPUT_LONG, INPUT_OPTIONAL, NULL, "Fin de l'habilitation de l'interne le 30 avril"},
    {0},
};

static ending run(call *call)
{
    habilitation_review made = {.day = call->today, .remarks = call_text(call, "remarks"), .person = call->person.id, .at = call->now, .meaning = call->meaning};
    TRY(store_insert(call->store, &HABILITATION_REVIEW_INSERT, &made));
    put_day(call->done, "day", made.day);
    return DONE;
}

const act person_review_act = {.name = "person review", .right = RIGHT_MANAGE_SITE, .signed_act = true, .inputs = inputs, .run = run};
