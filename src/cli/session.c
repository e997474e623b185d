#include <stdlib.h>
#include <string.h>

#include "cli.h"

enum { MOST_CHECKED = 256 };

struct session {
    arena *arena;
    runner *runner;
    bool once;
    const char *checked[MOST_CHECKED]; /* whose password held */
    size_t checked_count;
};

ending session_new(store *store, const char *templates, bool once, outcome *outcome, session **ret_session)
{
    session *made = calloc(1, sizeof *made);
    if (!made)
        return fail(outcome, "no memory left");
    made->arena = arena_new();
    made->once = once;
    ending result = runner_new(store, templates, outcome, &made->runner);
    if (result != DONE) {
        session_free(made);
        return result;
    }
    *ret_session = made;
    return DONE;
}

void session_free(session *session)
{
    if (!session)
        return;
    runner_free(session->runner);
    arena_free(session->arena);
    free(session);
}

bool session_asks_password(const session *session, const command *command)
{
    for (size_t i = 0; command->person && i < session->checked_count; i++)
        if (strcmp(session->checked[i], command->person) == 0)
            return false;
    return true;
}

static ending check_person(session *session, const command *command, arena *arena, outcome *outcome)
{
    if (!session_asks_password(session, command))
        return DONE;
    if (!command->password)
        return refuse(outcome, "CALL-06", "as", "act", command->act, NULL);
    TRY(runner_sign_in(session->runner, command, arena, outcome));
    if (session->checked_count < MOST_CHECKED)
        session->checked[session->checked_count++] = arena_text(session->arena, command->person);
    return DONE;
}

ending session_run(session *session, const command *command, arena *arena, outcome *outcome, answer **ret_answer)
{
    struct command checked = *command;
    const act *act = act_find(command->act);
    if (session->once) {
        if (command->person && act && act->right != RIGHT_OPEN)
            TRY(check_person(session, command, arena, outcome));
        checked.password = NULL;
        checked.authenticated = true;
    }
    return runner_run(session->runner, &checked, arena, outcome, ret_answer);
}

language session_language(session *session, const char *asked, const char *person)
{
    language language = FRENCH;
    if (asked && language_parse(asked, &language))
        return language;
    return runner_language(session->runner, person);
}

bool session_is_rehearsal(const session *session)
{
    return runner_is_rehearsal(session->runner);
}
