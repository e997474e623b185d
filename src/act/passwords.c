#include "magistral/act/passwords.h"

#include <stdlib.h>

#include "magistral/base/digest.h"
#include "magistral/base/turn.h"
#include "runner_parts.h"

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
    const char *secret = NULL;
    bool found = false;
    store_report_to(passwords->store, outcome);
    TRY(person_for(passwords->store, command, arena, &person, &found));
    if (found)
        TRY(secret_for(passwords->store, command, person.id, arena, &secret));
    if (!secret)
        password_pretend(command->password);
    command->checked.secret = secret ? secret : "";
    command->checked.holds = secret && password_holds(secret, command->password);
    return DONE;
}

ending passwords_check(passwords *passwords, command *command, arena *arena, outcome *outcome)
{
    if ((!command->person && !command->badge) || !command->password || command->authenticated)
        return DONE;
    if (!turn_take_unless(&passwords->turn, MOST_WAITING + 1))
        return refuse(outcome, "CALL-28", NULL, NULL);
    ending result = check(passwords, command, arena, outcome);
    turn_give(&passwords->turn);
    return result;
}
