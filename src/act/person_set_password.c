/* A person sets their own password; an administrator sets one for who has lost theirs. What somebody else has chosen proves
 * nothing of its owner: until they have set their own, the runner lets them do nothing else (CALL-29), and the reset stays an
 * event that everybody sees. Rule: EU GMP Annex 11, 12; 21 CFR 11.100, 11.300. */
#include "magistral/act/people.h"
#include "magistral/base/digest.h"
#include "magistral/store/site.h"

static const input_definition inputs[] = {
    {"person", INPUT_NUMBER, INPUT_OPTIONAL, "person", "tech.a"},
    {"password", INPUT_SECRET, 0, NULL, NULL},
    {0},
};

static bool is_own(const call *call)
{
    return !call_has(call, "person") || text_equal(call_text(call, "person"), call->person.identifier);
}

static ending prepare(call *call)
{
    person_secret secret = {0};
    bool found = false;
    if (is_own(call) && call->person.password_first) {
        TRY(store_find(call->store, &SECRET_OF, (&(person_secret){.person = call->person.id}), call->arena, &secret, &found));
        if (found && password_holds(secret.password, call_text(call, "password")))
            return call_refuse(call, "PERSON-13", "password", NULL);
    }
    return people_prepare_password(call);
}

static ending set_own(call *call, bool strong)
{
    TRY(people_set_password(call, &call->person, call_text(call, "password"), strong, false));
    call_concerns(call, "person", call->person.identifier);
    put_link(call->done, "person", "person", call->person.identifier);
    return people_put_resets(call, call->person.identifier, call->done);
}

static ending reset(call *call)
{
    person person = {0};
    TRY(people_find(call, "person", &person));
    TRY(people_set_password(call, &person, call_text(call, "password"), false, true));
    event event = {.at = call->now, .kind = "password-reset", .person = call->person.identifier, .subject = person.identifier,
                   .detail = call->act->name};
    TRY(store_insert(call->store, &EVENT_INSERT, &event));
    put_link(call->done, "person", "person", person.identifier);
    put_truth(call->done, "password-first", true);
    return DONE;
}

static ending run(call *call)
{
    bool administrator = false, pharmacist = false;
    TRY(call_holds_role(call, ROLE_ADMINISTRATOR, &administrator));
    TRY(call_is_pharmacist(call, &pharmacist));
    if (is_own(call))
        return set_own(call, administrator || pharmacist);
    if (!administrator)
        return call_refuse(call, "PERSON-12", "person", "person", call_text(call, "person"), NULL);
    return reset(call);
}

const act person_set_password_act = {.name = "person set-password", .right = RIGHT_SIGNED_IN, .full_password = true, .inputs = inputs, .run = run,
                                     .prepare = prepare};
