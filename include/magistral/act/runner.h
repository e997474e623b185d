#ifndef MAGISTRAL_ACT_RUNNER_H
#define MAGISTRAL_ACT_RUNNER_H

#include "magistral/act/call.h"

/* One input as a caller gives it. */
typedef struct given_input {
    const char *name;
    const char *const *values;
    size_t count;
} given_input;

/* A password that was checked before the command's turn came (act/passwords.h); secret NULL: it was not. */
typedef struct checked_password {
    const char *secret; /* the stored hash that it was checked against; "" when the person has none */
    bool holds;
} checked_password;

/* What a caller asks for: one act or view. */
typedef struct command {
    const char *act;             /* "lot receive" */
    const given_input *inputs;
    size_t input_count;
    const char *person;          /* identifier, or NULL */
    const char *password;        /* checked now; or NULL when the caller has checked the person already */
    checked_password checked;
    bool authenticated;          /* the caller has checked the person's password in this run */
    const char *badge;           /* what was scanned, instead of `person`; `password` is then the PIN; or NULL */
    bool by_badge;               /* authenticated by badge and PIN: for acts that take them, while both and the workstation stand */
    const char *key;             /* makes the act happen once; or NULL */
    const char *at;              /* set clock, in a rehearsal only; or NULL */
    const char *signature;       /* the exact meaning; or NULL */
    const char *signed_digest;   /* digest of what was shown to be signed; or NULL */
    const char *workstation;     /* declared name of the browser that asks, or "" */
    const char *language;        /* of sentences in the answer; NULL: the person's */
} command;

/* Runs acts and views on one store. */
typedef struct runner runner;

/* Makes a runner on an open store (owned by the caller). `folder`: layouts read from there, in a rehearsal only, or
 * NULL. */
ending runner_new(store *store, const char *folder, outcome *outcome, runner **ret_runner) MUST_CHECK;
void runner_free(runner *runner);
void runner_free_scope(runner **runner);
#define RUNNER_SCOPE __attribute__((cleanup(runner_free_scope)))

/* Runs one command. In this order: find the act, identify the person, check the right, read the inputs (all refusals at
 * once), ask for the signature where one is due, one transaction: the function, the journal entry, commit.
 * DONE: *ret_answer is the act's answer; it happened and is on the disk. REFUSED: nothing changed, except that a near
 * miss leaves its one event. FAILED: nothing changed, or the outcome says that it is not known.
 * `outcome` and the answer live in `arena`. */
ending runner_run(runner *runner, const command *command, arena *arena, outcome *outcome, answer **ret_answer) MUST_CHECK;

/* Runs a view that needs no database (act->alone): inputs, then the function. */
ending runner_run_alone(const command *command, language language, arena *arena, outcome *outcome, answer **ret_answer) MUST_CHECK;

/* Checks the password of the command's person alone; refused (CALL-07, CALL-08) with its one event when it does not hold. */
ending runner_sign_in(runner *runner, const command *command, arena *arena, outcome *outcome) MUST_CHECK;

/* True when the database is a rehearsal. */
bool runner_is_rehearsal(const runner *runner);

/* True when the last command left an event (a sign-in that failed) that this connection, which only reads, could not keep
 * because another process owns the database: that process must be asked. */
bool runner_lost_event(const runner *runner);

/* The house as a page names it outside of any act. Names are NULL before the site is set. */
typedef struct house {
    const char *name, *pharmacy, *address, *telephone;
    const char *zone;
    language language;
    bool rehearsal;
    const char *const *hosts; /* of its QR codes: the present one first, then the earlier ones */
    size_t host_count;
    int64_t sequence; /* of the last entry of the journal */
} house;
ending runner_house(runner *runner, arena *arena, outcome *outcome, house *ret_house) MUST_CHECK;

/* The language of the site's papers, and of a person's screen (the site's when unknown). */
language runner_site_language(const runner *runner);
language runner_language(runner *runner, const char *person);

/* The acts and views of the program. */
extern const act *const act_table[];
extern const size_t act_table_count;

/* Finds an act by name; NULL when there is none. */
const act *act_find(const char *name);
/* The name nearest to a mistyped one, or NULL when none is near. */
const char *act_nearest(const char *name);
/* "stock count, stock list, stock return", NULL when there is no such noun; and all nouns. */
const char *act_verbs(arena *arena, const char *noun);
const char *act_nouns(arena *arena);
/* What a person reads who typed a name that is no act: the nearest, else the verbs of that noun, else the nouns. */
const char *act_unknown(arena *arena, language language, const char *name);
const char *act_nearest_input(const act *act, const char *name);
/* What an input asks for, in one sentence of the catalogues. Owned by the arena. */
const char *act_input_text(arena *arena, language language, const act *act, const input_definition *definition);

#endif
