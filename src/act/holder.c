#include "magistral/act/holder.h"

#include <string.h>

#include "runner_parts.h"

static ending add_rights(call *call, int64_t person, holder *holder)
{
    habilitation *held = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &HABILITATION_OF, (&(habilitation){.person = person}), call->arena, &held, &count));
    holder->rights[RIGHT_SIGNED_IN] = true;
    for (size_t i = 0; i < count; i++) {
        role role;
        bool now = strcmp(held[i].starts, call->today) <= 0 && strcmp(call->today, held[i].ends) <= 0;
        if (!now || !role_parse(held[i].role, &role))
            continue;
        holder->roles[role] = true;
        for (int right = 0; right < RIGHT_COUNT; right++)
            holder->rights[right] = holder->rights[right] || role_has_right(role, (enum right)right);
    }
    return DONE;
}

ending runner_holder(runner *runner, const char *identifier, const char *at, arena *arena, outcome *outcome, holder *ret_holder)
{
    static const act looking = {.name = "person look", .view = true, .right = RIGHT_OPEN};
    holder made = {.language = runner_site_language(runner), .rights[RIGHT_OPEN] = true};
    person person = {0};
    bool found = false;
    store_report_to(runner->store, outcome);
    call call = {.arena = arena, .outcome = outcome, .store = runner->store, .act = &looking, .rehearsal = runner->rehearsal,
                 .zone = runner->has_site ? runner->site.zone : "UTC"};
    TRY(clock_now(runner, at, &call));
    if (identifier)
        TRY(store_find(runner->store, &PERSON_BY_IDENTIFIER, (&(struct person){.identifier = identifier}), arena, &person, &found));
    if (found && !person.ended) {
        made.identifier = person.identifier;
        made.name = person.name;
        language_parse(person.language, &made.language);
        TRY(add_rights(&call, person.id, &made));
    }
    *ret_holder = made;
    return DONE;
}
