/* Gives a person their badge. Its token is told once, to whoever gives it; the database keeps its digest alone. */
#include <string.h>

#include "magistral/act/badges.h"
#include "magistral/act/people.h"
#include "magistral/base/digest.h"

static const input_definition inputs[] = {
    {"person", INPUT_NUMBER, 0, "person", "tech.a"},
    {0},
};

static ending run(call *call)
{
    person person = {0};
    badge former = {0};
    bool found = false;
    TRY(people_find(call, "person", &person));
    if (person.ended)
        return call_refuse(call, "PERSON-10", "person", "since", person.ended, NULL);
    TRY(store_find(call->store, &BADGE_OF, (&(badge){.person = person.id}), call->arena, &former, &found));
    if (found)
        return call_refuse(call, "BADGE-03", "person", "person", person.identifier, "since", former.given_at, NULL);
    const char *token = token_new(call->arena);
    badge made = {.person = person.id, .token_digest = digest_text(call->arena, token, strlen(token)), .given_by = call->person.id,
                  .given_at = call->now, .withdrawn_by = ABSENT};
    TRY(store_insert(call->store, &BADGE_INSERT, &made));
    put_link(call->done, "person", "person", person.identifier);
    put_text(call->done, "name", person.name);
    put_text(call->once, "badge", arena_format(call->arena, BADGE_MARK "%s", token));
    return DONE;
}

const act badge_give_act = {.name = "badge give", .right = RIGHT_MANAGE_PEOPLE, .inputs = inputs, .run = run};
