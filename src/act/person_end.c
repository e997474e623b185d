#include "magistral/act/people.h"
#include "magistral/base/day.h"

static const input_definition inputs[] = {
    {"person", INPUT_NUMBER, 0, "person", "tech.a"},
    {"reason", INPUT_TEXT, 0, NULL, "Départ"},
    {0},
};

static ending run(call *call)
{
    person person = {0};
    TRY(people_find(call, "person", &person));
    if (person.ended)
        return call_refuse(call, "PERSON-10", "person", "since", person.ended, NULL);
    if (person.id == call->person.id)
        return call_refuse(call, "PERSON-11", "person", NULL);
    TRY(people_keep_administrator(call, ABSENT, person.id, day_after(call->arena, call->today, 1)));
    person.ended = call->now;
    TRY(store_update(call->store, &PERSON_END, &person));
    put_link(call->done, "person", "person", person.identifier);
    put_instant(call->done, "ended", person.ended);
    return DONE;
}

const act person_end_act = {.name = "person end", .right = RIGHT_MANAGE_PEOPLE, .inputs = inputs, .run = run};
