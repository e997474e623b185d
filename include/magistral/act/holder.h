#ifndef MAGISTRAL_ACT_HOLDER_H
#define MAGISTRAL_ACT_HOLDER_H

#include "magistral/act/runner.h"

/* A person as a page greets them, and what they may do today. Texts are the arena's. */
typedef struct holder {
    const char *identifier; /* NULL: nobody has that identifier, or the account is closed */
    const char *name;
    language language;
    const char *credential; /* digest of what they sign in with: when it changes, what was opened with the former ends */
    bool password_first;    /* somebody else gave the password: nothing but setting their own */
    int password_least;     /* characters that their own password has at least */
    bool rights[RIGHT_COUNT];
    bool roles[ROLE_COUNT];
} holder;

/* Reads a person by identifier; NULL gives a holder of nothing but the open rights. `by_badge`: the credential is password, badge and PIN
 * together, so that a badge withdrawn ends what it opened. `at`: a set clock, or NULL. */
ending runner_holder(runner *runner, const char *identifier, bool by_badge, const char *at, arena *arena, outcome *outcome, holder *ret_holder) MUST_CHECK;

#endif
