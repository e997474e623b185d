#ifndef MAGISTRAL_ACT_PASSWORDS_H
#define MAGISTRAL_ACT_PASSWORDS_H

#include "magistral/act/runner.h"

/* Checks passwords ahead of the writer's turn: Argon2id takes some 15 ms and 19 MiB, so one at a time, on a connection of
 * its own that only reads. What was found is carried to the runner in command->checked, which believes it only as long as
 * the person's secret is still the one that was checked. Used by several threads. */
typedef struct passwords passwords;

/* Opens the connection to the database at `path`. */
ending passwords_open(const char *path, outcome *outcome, passwords **ret_passwords) MUST_CHECK;
void passwords_close(passwords *passwords);

/* Fills command->checked where the command carries a password; refused (CALL-28) when 16 are waiting already. Texts live in
 * `arena`. */
ending passwords_check(passwords *passwords, command *command, arena *arena, outcome *outcome) MUST_CHECK;

#endif
