#include "magistral/act/people.h"

#include <string.h>

#include "magistral/base/digest.h"
#include "magistral/store/site.h"

enum { SHORTEST = 12, SHORTEST_STRONG = 15 };

ending people_find(call *call, const char *field, person *ret_person)
{
    bool found = false;
    const char *identifier = call_text(call, field);
    TRY(store_find(call->store, &PERSON_BY_IDENTIFIER, (&(person){.identifier = identifier}), call->arena, ret_person, &found));
    return found ? DONE : call_refuse(call, "PERSON-01", field, "person", identifier, NULL);
}

ending put_person(call *call, answer *object, const char *name, int64_t id)
{
    person person = {0};
    bool found = false;
    if (id != ABSENT)
        TRY(store_find(call->store, &PERSON_BY_ID, (&(struct person){.id = id}), call->arena, &person, &found));
    put_link(object, name, "person", person.identifier);
    return DONE;
}

ending person_rights(call *call, int64_t person, bool roles[ROLE_COUNT], bool rights[RIGHT_COUNT])
{
    habilitation *held = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &HABILITATION_OF, (&(habilitation){.person = person}), call->arena, &held, &count));
    for (size_t i = 0; i < count; i++) {
        role role;
        bool now = strcmp(held[i].starts, call->today) <= 0 && strcmp(call->today, held[i].ends) <= 0;
        if (!now || !role_parse(held[i].role, &role))
            continue;
        roles[role] = true;
        for (int right = 0; right < RIGHT_COUNT; right++)
            rights[right] = rights[right] || role_has_right(role, (enum right)right);
    }
    return DONE;
}

ending person_has_right(call *call, int64_t person, right right, bool *ret_has)
{
    bool roles[ROLE_COUNT] = {false}, rights[RIGHT_COUNT] = {false};
    TRY(person_rights(call, person, roles, rights));
    *ret_has = rights[right];
    return DONE;
}

int password_least(bool strong)
{
    return strong ? SHORTEST_STRONG : SHORTEST;
}

ending people_locked_until(call *call, int64_t person, const char **ret_until)
{
    sign_in_counter counter = {0};
    bool counted = false;
    TRY(store_find(call->store, &COUNTER_OF, (&(sign_in_counter){.person = person}), call->arena, &counter, &counted));
    bool locked = counted && counter.locked_until && strcmp(call->now, counter.locked_until) < 0;
    *ret_until = locked ? counter.locked_until : NULL;
    return DONE;
}

ending people_prepare_password(call *call)
{
    call->prepared = (void *)(uintptr_t)password_hash(call->arena, call_text(call, "password"));
    return call->prepared ? DONE : fail(call->outcome, "no memory left for a password");
}

ending people_keep_administrator(call *call, int64_t habilitation_id, int64_t person_id, const char *day)
{
    habilitation other = {0};
    bool found = false;
    habilitation wanted = {.id = habilitation_id, .person = person_id, .role = role_word(ROLE_ADMINISTRATOR), .starts = day};
    TRY(store_find(call->store, &HABILITATION_OTHER, &wanted, call->arena, &other, &found));
    return found ? DONE : call_refuse(call, "PERSON-14", "person", "day", day, NULL);
}

ending people_put_resets(call *call, const char *identifier, answer *to)
{
    event *resets = NULL;
    size_t count = 0;
    event_filter filter = {.kind = "password-reset", .subject = identifier};
    TRY(store_list(call->store, &EVENT_ROWS, &filter, call->arena, &resets, &count));
    answer *list = put_list(to, "password-resets");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_instant(row, "at", resets[i].at);
        put_link(row, "by", "person", resets[i].person);
    }
    return DONE;
}

ending people_set_password(call *call, person *person, const char *password, bool strong, bool first)
{
    if (text_length(password) < (size_t)password_least(strong))
        return call_refuse(call, "PERSON-02", "password", "least", arena_format(call->arena, "%d", password_least(strong)), NULL);
    if (password_is_common(password) || strcmp(password, person->identifier) == 0)
        return call_refuse(call, "PERSON-03", "password", NULL);
    const char *hash = call->prepared;
    person_secret secret = {.person = person->id, .password = hash};
    if (person->password_digest)
        TRY(store_update(call->store, &SECRET_UPDATE, &secret));
    else
        TRY(store_insert(call->store, &SECRET_INSERT, &secret));
    person->password_digest = digest_text(call->arena, hash, strlen(hash));
    person->password_first = first;
    return store_update(call->store, &PERSON_SET_PASSWORD, person);
}

ending people_check_identifier(call *call, const char *field)
{
    enum { SHORTEST = 2 };
    return text_length(call_text(call, field)) >= SHORTEST ? DONE : call_refuse(call, "PERSON-29", field, NULL);
}
