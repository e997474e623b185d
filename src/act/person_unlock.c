/* An administrator opens an account again that failed sign-ins have locked. The entry in the journal stays; the counter is passing. */
#include <string.h>

#include "magistral/act/people.h"

static const input_definition inputs[] = {
    {"person", INPUT_NUMBER, 0, "person", "tech.a"},
    {"reason", INPUT_TEXT, 0, NULL, "Clavier mal réglé ; identité vérifiée"},
    {0},
};

static ending run(call *call)
{
    person person = {0};
    const char *until = NULL;
    TRY(people_find(call, "person", &person));
    TRY(people_locked_until(call, person.id, &until));
    if (!until)
        return call_refuse(call, "PERSON-18", "person", "person", person.identifier, NULL);
    TRY(store_update(call->store, &COUNTER_UPDATE, (&(sign_in_counter){.person = person.id})));
    put_link(call->done, "person", "person", person.identifier);
    put_instant(call->done, "was-locked-until", until);
    return DONE;
}

const act person_unlock_act = {.name = "person unlock", .right = RIGHT_MANAGE_PEOPLE, .inputs = inputs, .run = run};
