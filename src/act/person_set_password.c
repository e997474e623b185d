/* A person sets their own password; an administrator sets a first or lost one for another. */
#include "magistral/act/people.h"

static const input_definition inputs[] = {
    {"person", INPUT_NUMBER, INPUT_OPTIONAL, "person", "tech.a"},
    {"password", INPUT_SECRET, 0, NULL, NULL},
    {0},
};

static ending run(call *call)
{
    person person = call->person;
    if (call_has(call, "person"))
        TRY(people_find(call, "person", &person));
    bool administrator = false, pharmacist = false;
    TRY(call_holds_role(call, ROLE_ADMINISTRATOR, &administrator));
    TRY(call_is_pharmacist(call, &pharmacist));
    if (person.id != call->person.id && !administrator)
        return call_refuse(call, "PERSON-12", "person", "person", person.identifier, NULL);
    bool own = person.id == call->person.id;
    TRY(people_set_password(call, &person, call_text(call, "password"), own && (administrator || pharmacist)));
    put_link(call->done, "person", "person", person.identifier);
    return DONE;
}

const act person_set_password_act = {.name = "person set-password", .right = RIGHT_SIGNED_IN, .inputs = inputs, .run = run,
                                     .prepare = people_prepare_password};
