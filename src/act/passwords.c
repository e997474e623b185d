#include "magistral/act/passwords.h"

#include <stdlib.h>

#include "magistral/base/digest.h"
#include "magistral/base/turn.h"

enum { MOST_WAITING = 16 };

struct passwords {
    store *store;
    turn turn;
};

ending passwords_open(const char *path, outcome *outcome, passwords **ret_passwords)
{
    passwords *made = calloc(1, sizeof *made);
    if (!made)
        return fail(outcome, "no memory left");
    *made = (passwords){.turn = TURN_FREE};
    ending result = store_open(path, STORE_READS, outcome, &made->store);
    if (result != DONE) {
        free(made);
        return result;
    }
    *ret_passwords = made;
    return DONE;
}

void passwords_close(passwords *passwords)
{
    if (!passwords)
        return;
    store_close(passwords->store);
    free(passwords);
}

static ending check(passwords *passwords, command *command, arena *arena, outcome *outcome)
{
    person person = {0};
    person_secret secret = {0};
    bool found = false;
    store_report_to(passwords->store, outcome);
    TRY(store_find(passwords->store, &PERSON_BY_IDENTIFIER, (&(struct person){.identifier = command->person}), arena, &person, &found));
    if (found)
        TRY(store_find(passwords->store, &SECRET_OF, (&(person_secret){.person = person.id}), arena, &secret, &found));
    if (!found)
        password_pretend(command->password);
    command->checked.secret = found ? secret.password : "";
    command->checked.holds = found && password_holds(secret.password, command->password);
    return DONE;
}

ending passwords_check(passwords *passwords, command *command, arena *arena, outcome *outcome)
{
    if (!command->person || !command->password || command->authenticated)
        return DONE;
    if (!turn_take_unless(&passwords->turn, MOST_WAITING + 1))
        return refuse(outcome, "CALL-28", NULL, NULL);
    ending result = check(passwords, command, arena, outcome);
    turn_give(&passwords->turn);
    return result;
}
