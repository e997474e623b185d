#include "magistral/act/people.h"

static const input_definition inputs[] = {
    {"person", INPUT_NUMBER, 0, "person", "tech.a"},
    {"name", INPUT_TEXT, 0, NULL, "Technicienne A"},
    {"professional-number", INPUT_TEXT, INPUT_OPTIONAL, NULL, "10001234565"},
    {"language", INPUT_CHOICE, INPUT_OPTIONAL, "fr|en", "fr"},
    {"password", INPUT_SECRET, 0, NULL, NULL},
    {0},
};

static ending run(call *call)
{
    person before = {0};
    bool found = false;
    const char *identifier = call_text(call, "person");
    TRY(people_check_identifier(call, "person"));
    TRY(store_find(call->store, &PERSON_BY_IDENTIFIER, (&(person){.identifier = identifier}), call->arena, &before, &found));
    if (found)
        return call_refuse(call, "PERSON-04", "person", "person", identifier, NULL);
    person person = {.identifier = identifier, .name = call_text(call, "name"),
                     .professional_number = call_text(call, "professional-number"),
                     .language = call_has(call, "language") ? call_text(call, "language") : "fr"};
    TRY(store_insert(call->store, &PERSON_INSERT, &person));
    TRY(people_set_password(call, &person, call_text(call, "password"), false, true));
    put_link(call->done, "person", "person", identifier);
    return DONE;
}

const act person_add_act = {.name = "person add", .right = RIGHT_MANAGE_PEOPLE, .inputs = inputs, .run = run,
                            .prepare = people_prepare_password};
