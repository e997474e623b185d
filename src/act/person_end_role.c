#include <string.h>

#include "magistral/act/people.h"
#include "magistral/base/day.h"

static const input_definition inputs[] = {
    {"person", INPUT_NUMBER, 0, "person", "tech.a"},
    {"role", INPUT_CHOICE, 0,
     "administrator|technician|control-technician|pharmacist|control-pharmacist|dispensing-pharmacist|pharmacist-in-charge|resident|auditor",
     "technician"},
    {"ends", INPUT_DAY, 0, NULL, "2026-06-30"},
    {"reason", INPUT_TEXT, 0, NULL, "Changement de poste"},
    {0},
};

/* The first day on which the role is missing. */
static ending keep_administrator(call *call, const habilitation *held, const char *ends)
{
    if (strcmp(held->role, role_word(ROLE_ADMINISTRATOR)) != 0)
        return DONE;
    return people_keep_administrator(call, held->id, ABSENT, day_after(call->arena, ends, 1));
}

static ending run(call *call)
{
    person person = {0};
    habilitation *held = NULL;
    size_t count = 0;
    TRY(people_find(call, "person", &person));
    TRY(store_list(call->store, &HABILITATION_OF, (&(habilitation){.person = person.id}), call->arena, &held, &count));
    const char *role = call_text(call, "role"), *ends = call_text(call, "ends");
    if (strcmp(ends, call->today) < 0) /* what was signed stays signed by someone who had the right */
        return call_refuse(call, "PERSON-15", "ends", "day", call->today, NULL);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(held[i].role, role) != 0 || strcmp(held[i].ends, ends) <= 0 || strcmp(ends, held[i].starts) < 0)
            continue;
        TRY(keep_administrator(call, &held[i], ends));
        held[i].ends = ends;
        TRY(store_update(call->store, &HABILITATION_SHORTEN, &held[i]));
        put_link(call->done, "person", "person", person.identifier);
        put_state(call->done, "role", role);
        put_day(call->done, "ends", ends);
        return DONE;
    }
    return call_refuse(call, "PERSON-09", "role", "role", call_word(call, "role.", role), "ends", ends, NULL);
}

const act person_end_role_act = {.name = "person end-role", .right = RIGHT_MANAGE_PEOPLE, .inputs = inputs, .run = run};
