/* The browser in which this is done becomes a declared workstation: the token told once goes into a cookie of its own. */
#include <string.h>

#include "magistral/act/badges.h"
#include "magistral/base/digest.h"

static const input_definition inputs[] = {
    {"name", INPUT_NUMBER, 0, NULL, "PAILLASSE-1"},
    {"place", INPUT_TEXT, 0, NULL, "Préparatoire 1, à droite de la balance"},
    {0},
};

static ending run(call *call)
{
    workstation same = {0};
    bool found = false;
    const char *token = token_new(call->arena);
    workstation made = {.name = call_text(call, "name"), .place = call_text(call, "place"),
                        .token_digest = digest_text(call->arena, token, strlen(token)), .declared_by = call->person.id,
                        .declared_at = call->now, .withdrawn_by = ABSENT};
    TRY(store_find(call->store, &WORKSTATION_BY_NAME, &made, call->arena, &same, &found));
    if (found)
        return call_refuse(call, "WORKSTATION-01", "name", "workstation", made.name, "place", same.place, NULL);
    TRY(store_insert(call->store, &WORKSTATION_INSERT, &made));
    call_concerns(call, "workstation", made.name);
    put_link(call->done, "workstation", "workstation", made.name);
    put_text(call->once, "token", token);
    return DONE;
}

const act workstation_declare_act = {.name = "workstation declare", .right = RIGHT_MANAGE_PEOPLE, .inputs = inputs, .run = run};
