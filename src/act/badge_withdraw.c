/* A badge that is lost, or no longer used, opens nothing from now on: said by its holder or by an administrator. */
#include "magistral/act/badges.h"
#include "magistral/act/people.h"

static const input_definition inputs[] = {
    {"person", INPUT_NUMBER, 0, "person", "tech.a"},
    {"reason", INPUT_TEXT, 0, NULL, "Badge perdu"},
    {0},
};

static ending run(call *call)
{
    person person = {0};
    badge given = {0};
    bool found = false, administrator = false;
    TRY(people_find(call, "person", &person));
    TRY(call_holds_role(call, ROLE_ADMINISTRATOR, &administrator));
    if (!administrator && person.id != call->person.id)
        return call_refuse(call, "BADGE-06", "person", "person", person.identifier, NULL);
    TRY(store_find(call->store, &BADGE_OF, (&(badge){.person = person.id}), call->arena, &given, &found));
    if (!found)
        return call_refuse(call, "BADGE-04", "person", "person", person.identifier, NULL);
    given.withdrawn_by = call->person.id;
    given.withdrawn_at = call->now;
    given.withdrawn_reason = call_text(call, "reason");
    TRY(store_update(call->store, &BADGE_WITHDRAW, &given));
    put_link(call->done, "person", "person", person.identifier);
    put_instant(call->done, "withdrawn-at", given.withdrawn_at);
    return DONE;
}

const act badge_withdraw_act = {.name = "badge withdraw", .right = RIGHT_SIGNED_IN, .inputs = inputs, .run = run};
