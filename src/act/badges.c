/* Rule: 21 CFR 11.200(a), 11.300; EU GMP Annex 11, 12.1: something held and something known, on machines that were declared. */
#include "magistral/act/badges.h"

#include <ctype.h>
#include <string.h>

#include "magistral/base/digest.h"
#include "magistral/document/document.h"
#include "runner_parts.h"

/* As printed, whatever the scanner made of its letters; NULL when it is no code of a badge. */
static const char *token_of(arena *arena, const char *code)
{
    unsigned char bytes[TOKEN_SIZE];
    size_t mark = strlen(BADGE_MARK);
    if (!code || strncasecmp(code, BADGE_MARK, mark) != 0 || strlen(code) != mark + TOKEN_TEXT)
        return NULL;
    char *token = arena_text(arena, code + mark);
    for (char *p = token; *p; p++)
        *p = (char)toupper((unsigned char)*p);
    return base32_read(token, bytes, sizeof bytes) ? token : NULL;
}

bool badge_is_code(const char *text)
{
    ARENA_SCOPE arena *arena = arena_new();
    return token_of(arena, text) != NULL;
}

const char *badge_picture(arena *arena, const char *code, int *ret_width)
{
    return document_qr_path(code, arena, ret_width);
}

static ending find_badge(store *store, const char *code, arena *arena, badge *ret_badge, bool *ret_found)
{
    const char *token = token_of(arena, code);
    *ret_found = false;
    if (!token)
        return DONE;
    badge wanted = {.token_digest = digest_text(arena, token, strlen(token))};
    return store_find(store, &BADGE_BY_TOKEN, &wanted, arena, ret_badge, ret_found);
}

ending person_for(store *store, const command *command, arena *arena, person *ret_person, bool *ret_found)
{
    badge badge = {0};
    if (!command->badge)
        return store_find(store, &PERSON_BY_IDENTIFIER, (&(person){.identifier = command->person}), arena, ret_person, ret_found);
    TRY(find_badge(store, command->badge, arena, &badge, ret_found));
    if (!*ret_found)
        return DONE;
    return store_find(store, &PERSON_BY_ID, (&(person){.id = badge.person}), arena, ret_person, ret_found);
}

ending secret_for(store *store, const command *command, int64_t id, arena *arena, const char **ret_secret)
{
    person_secret password = {0};
    pin_secret pin = {0};
    bool found = false;
    *ret_secret = NULL;
    if (command->badge)
        TRY(store_find(store, &PIN_SECRET_OF, (&(pin_secret){.person = id}), arena, &pin, &found));
    else
        TRY(store_find(store, &SECRET_OF, (&(person_secret){.person = id}), arena, &password, &found));
    if (found)
        *ret_secret = command->badge ? pin.pin : password.password;
    return DONE;
}

ending badge_allows(call *call, const command *command)
{
    workstation workstation = {0};
    bool found = false;
    const char *name = command->workstation;
    if (name && *name)
        TRY(store_find(call->store, &WORKSTATION_BY_NAME, (&(struct workstation){.name = name}), call->arena, &workstation, &found));
    return found ? DONE : refuse(call->outcome, "BADGE-02", "as", NULL);
}

ending badge_stands(call *call, const command *command)
{
    badge badge = {0};
    bool found = false;
    TRY(badge_allows(call, command));
    TRY(store_find(call->store, &BADGE_OF, (&(struct badge){.person = call->person.id}), call->arena, &badge, &found));
    return found ? DONE : refuse(call->outcome, "BADGE-01", "as", NULL);
}

ending badge_takes_act(const call *call, const command *command)
{
    const act *act = call->act;
    bool badge = command->badge || command->by_badge, signs = command->badge || command->signature;
    if (!badge || act->view || (act->signed_act && !signs)) /* what is to be signed is shown; the signature itself takes the password */
        return DONE;
    if (right_takes_badge(act->right) && !act->full_password && !act->signed_act)
        return DONE;
    return refuse(call->outcome, "BADGE-05", "as", "act", act->name, NULL);
}

ending runner_workstation(runner *runner, const char *token, arena *arena, outcome *outcome, const char **ret_name)
{
    workstation workstation = {0};
    bool found = false;
    store_report_to(runner->store, outcome);
    if (token) {
        struct workstation wanted = {.token_digest = digest_text(arena, token, strlen(token))};
        TRY(store_find(runner->store, &WORKSTATION_BY_TOKEN, &wanted, arena, &workstation, &found));
    }
    *ret_name = found ? workstation.name : NULL;
    return DONE;
}

ending runner_badge(runner *runner, const char *code, arena *arena, outcome *outcome, const char **ret_identifier)
{
    person person = {0};
    bool found = false;
    store_report_to(runner->store, outcome);
    TRY(person_for(runner->store, &(command){.badge = code}, arena, &person, &found));
    *ret_identifier = found ? person.identifier : NULL;
    return DONE;
}
