/* Who acts: password, lock-out, rights. */
#include <string.h>

#include "magistral/act/people.h"
#include "magistral/act/table.h"
#include "magistral/base/day.h"
#include "magistral/base/digest.h"
#include "runner_parts.h"

enum { MOST_FAILURES = 5, LOCK_MINUTES = 15 };

static ending set_counter(call *call, void *context)
{
    sign_in_counter *counter = context, before = {0};
    bool found = false;
    TRY(store_find(call->store, &COUNTER_OF, counter, call->arena, &before, &found));
    if (found)
        return store_update(call->store, &COUNTER_UPDATE, counter);
    return store_insert(call->store, &COUNTER_INSERT, counter);
}

struct failing {
    event event;
    sign_in_counter counter; /* person 0: nobody has that identifier */
};

static ending keep_failure(call *call, void *context)
{
    struct failing *failing = context;
    TRY(store_insert(call->store, &EVENT_INSERT, &failing->event));
    return failing->counter.person ? set_counter(call, &failing->counter) : DONE;
}

/* Counts a failure and keeps its one event, in one act of the system. */
static ending note_failure(runner *runner, call *call, const char *identifier, int64_t person, int64_t failures)
{
    outcome *refused = call->outcome, noting = outcome_new(call->arena);
    struct failing failing = {.event = {.at = call->now, .kind = "failed-sign-in", .person = identifier, .detail = call->act->name},
                              .counter = {.person = person, .failures = failures}};
    if (failures >= MOST_FAILURES)
        failing.counter.locked_until = instant_after(call->arena, call->now, LOCK_MINUTES * 60);
    struct call counting = *call;
    counting.outcome = &noting;
    store_report_to(runner->store, &noting);
    ending result = system_act(runner, &counting, "event record", "{\"kind\":\"failed-sign-in\"}", keep_failure, &failing);
    store_report_to(runner->store, refused);
    return result == DONE ? REFUSED : fail_as(refused, &noting);
}

static ending forget_failures(runner *runner, call *call, int64_t person)
{
    if (store_reads_only(runner->store))
        return DONE;
    sign_in_counter counter = {.person = person};
    TRY(store_begin(runner->store));
    TRY(set_counter(call, &counter));
    return store_commit(runner->store);
}

/* What was found ahead of this turn holds as long as the secret is the same. */
static bool password_fits(const command *command, const char *secret)
{
    if (command->checked.secret && strcmp(command->checked.secret, secret ? secret : "") == 0)
        return command->checked.holds;
    if (secret)
        return password_holds(secret, command->password);
    password_pretend(command->password);
    return false;
}

static ending check_password(runner *runner, call *call, const command *command)
{
    const char *identifier = call->person.id ? call->person.identifier : command->person, *secret = NULL, *until = NULL;
    sign_in_counter counter = {0};
    bool counted = false;
    int64_t id = call->person.id;
    if (id) {
        TRY(secret_for(call->store, command, id, call->arena, &secret));
        TRY(store_find(runner->store, &COUNTER_OF, (&(sign_in_counter){.person = id}), call->arena, &counter, &counted));
        TRY(people_locked_until(call, id, &until));
    }
    if (until)
        return refuse(call->outcome, "CALL-08", "as", "person", identifier, "until", until, NULL);
    if (id && command->badge && !secret)
        return refuse(call->outcome, "BADGE-07", "as", "person", identifier, NULL);
    if (!password_fits(command, secret)) {
        (void)(command->badge ? refuse(call->outcome, id ? "BADGE-08" : "BADGE-01", "as", "person", identifier, NULL)
                              : refuse(call->outcome, "CALL-07", "as", "person", identifier, NULL));
        return note_failure(runner, call, identifier, id, (counted ? counter.failures : 0) + 1);
    }
    return counted && counter.failures > 0 ? forget_failures(runner, call, id) : DONE;
}

ending sign_in(runner *runner, call *call, const command *command)
{
    if (!command->person && !command->badge)
        return call->act->right == RIGHT_OPEN ? DONE : refuse(call->outcome, "CALL-06", "as", "act", call->act->name, NULL);
    bool found = false;
    if (command->badge)
        TRY(badge_allows(call, command));
    TRY(person_for(runner->store, command, call->arena, &call->person, &found));
    if (!found)
        call->person = (person){0};
    if (!command->authenticated) {
        if (!command->password)
            return refuse(call->outcome, "CALL-06", "as", "act", call->act->name, NULL);
        TRY(check_password(runner, call, command));
    }
    if (call->person.ended)
        return refuse(call->outcome, "CALL-15", "as", "person", call->person.identifier, "since", call->person.ended, NULL);
    if (!found)
        return refuse(call->outcome, "CALL-07", "as", "person", command->person, NULL);
    return command->by_badge ? badge_stands(call, command) : DONE;
}

ending check_right(call *call)
{
    if (call->act->right == RIGHT_OPEN || (call->act->right == RIGHT_SIGNED_IN && call->person.id))
        return DONE;
    bool has = false;
    TRY(person_has_right(call, call->person.id, call->act->right, &has));
    if (has)
        return DONE;
    return refuse(call->outcome, "CALL-14", "as", "person", call->person.identifier, "act", call->act->name, "right",
                  call_word(call, "right.", right_word(call->act->right)), NULL);
}

/* Whoever gave the password could sign with it: EU GMP Annex 11, 12.1 and 14; 21 CFR 11.100(a), 11.300(d). */
ending check_own_password(const call *call, const command *command)
{
    if (!call->person.id || !call->person.password_first)
        return DONE;
    bool own = call->act == &person_set_password_act;
    for (size_t i = 0; i < command->input_count; i++)
        if (strcmp(command->inputs[i].name, "person") == 0)
            own = own && command->inputs[i].count == 1 && strcmp(command->inputs[i].values[0], call->person.identifier) == 0;
    return own ? DONE : refuse(call->outcome, "CALL-29", "as", "person", call->person.identifier, NULL);
}

ending runner_sign_in(runner *runner, const command *command, arena *arena, outcome *outcome)
{
    static const act signing_in = {.name = "person sign-in", .right = RIGHT_SIGNED_IN};
    store_rollback(runner->store);
    store_report_to(runner->store, outcome);
    call call = {.arena = arena, .outcome = outcome, .store = runner->store, .act = &signing_in,
                 .language = runner_site_language(runner), .rehearsal = runner->rehearsal,
                 .zone = runner->has_site ? runner->site.zone : "UTC", .done = answer_object(arena)};
    TRY(clock_now(runner, command->at, &call));
    return sign_in(runner, &call, command);
}
