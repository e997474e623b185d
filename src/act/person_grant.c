/* Rule: EU GMP Annex 11, 12.3: granting of access is recorded; an administrator of accounts holds no other role. */
#include <string.h>

#include "magistral/act/people.h"

static const input_definition inputs[] = {
    {"person", INPUT_NUMBER, 0, "person", "tech.a"},
    {"role", INPUT_CHOICE, 0,
     "administrator|technician|control-technician|pharmacist|control-pharmacist|dispensing-pharmacist|pharmacist-in-charge|resident|auditor",
     "technician"},
    {"starts", INPUT_DAY, 0, NULL, "2026-01-05"},
    {"ends", INPUT_DAY, 0, NULL, "2026-12-31"},
    {"delegation", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

static ending check_exclusion(call *call, const person *person, role granted)
{
    habilitation *held = NULL;
    size_t count = 0;
    const char *starts = call_text(call, "starts"), *ends = call_text(call, "ends");
    TRY(store_list(call->store, &HABILITATION_OF, (&(habilitation){.person = person->id}), call->arena, &held, &count));
    for (size_t i = 0; i < count; i++) {
        role role;
        bool together = strcmp(held[i].starts, ends) <= 0 && strcmp(starts, held[i].ends) <= 0;
        if (together && role_parse(held[i].role, &role) && roles_exclude(role, granted))
            call_refuse(call, "PERSON-05", "role", "held", call_word(call, "role.", held[i].role), NULL);
        else if (together && role == granted)
            call_refuse(call, "PERSON-06", "role", "starts", held[i].starts, "ends", held[i].ends, NULL);
    }
    return call_ending(call);
}

static ending run(call *call)
{
    person person = {0};
    role role = ROLE_AUDITOR;
    TRY(people_find(call, "person", &person));
    if (!role_parse(call_text(call, "role"), &role))
        return fail(call->outcome, "role %s is not in the table", call_text(call, "role"));
    if (strcmp(call_text(call, "ends"), call_text(call, "starts")) < 0)
        call_refuse(call, "PERSON-07", "ends", "starts", call_text(call, "starts"), NULL);
    if (strcmp(call_text(call, "starts"), call->today) < 0)
        call_refuse(call, "PERSON-16", "starts", "day", call->today, NULL);
    if (role == ROLE_RESIDENT && !call_has(call, "delegation"))
        call_refuse(call, "PERSON-08", "delegation", NULL);
    TRY(check_exclusion(call, &person, role));
    habilitation granted = {.person = person.id, .role = role_word(role), .starts = call_text(call, "starts"),
                            .ends = call_text(call, "ends"), .delegation = call_text(call, "delegation"),
                            .granted_by = call->person.id, .granted_at = call->now};
    TRY(store_insert(call->store, &HABILITATION_INSERT, &granted));
    put_link(call->done, "person", "person", person.identifier);
    put_state(call->done, "role", granted.role);
    put_day(call->done, "starts", granted.starts);
    put_day(call->done, "ends", granted.ends);
    return DONE;
}

const act person_grant_act = {.name = "person grant", .right = RIGHT_MANAGE_PEOPLE, .inputs = inputs, .run = run};
