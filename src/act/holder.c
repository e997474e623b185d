#include "magistral/act/holder.h"

#include "magistral/act/badges.h"
#include "magistral/act/people.h"
#include "magistral/base/digest.h"
#include "runner_parts.h"

static ending credential_of(const call *call, const person *person, bool by_badge, const char **ret_credential)
{
    badge badge = {0};
    pin pin = {0};
    bool badged = false, pinned = false;
    if (by_badge) {
        TRY(store_find(call->store, &BADGE_OF, (&(struct badge){.person = person->id}), call->arena, &badge, &badged));
        TRY(store_find(call->store, &PIN_OF, (&(struct pin){.person = person->id}), call->arena, &pin, &pinned));
    }
    BUFFER_SCOPE buffer all = BUFFER_EMPTY;
    buffer_add_format(&all, "%s %s %s", person->password_digest ? person->password_digest : "", badged ? badge.token_digest : "", pinned ? pin.digest : "");
    *ret_credential = digest_text(call->arena, all.bytes, all.length);
    return DONE;
}

ending runner_holder(runner *runner, const char *identifier, bool by_badge, const char *at, arena *arena, outcome *outcome, holder *ret_holder)
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
        TRY(credential_of(&call, &person, by_badge, &made.credential));
        made.password_first = person.password_first == 1;
        made.rights[RIGHT_SIGNED_IN] = true;
        TRY(person_rights(&call, person.id, made.roles, made.rights));
        bool strong = made.roles[ROLE_ADMINISTRATOR];
        for (int role = 0; role < ROLE_COUNT; role++)
            strong = strong || (made.roles[role] && role_is_pharmacist((enum role)role));
        made.password_least = password_least(strong);
    }
    *ret_holder = made;
    return DONE;
}
