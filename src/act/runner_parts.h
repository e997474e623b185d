#ifndef MAGISTRAL_ACT_RUNNER_PARTS_H
#define MAGISTRAL_ACT_RUNNER_PARTS_H

/* Inside the act layer only: what the runner is made of. */
#include "magistral/act/runner.h"
#include "magistral/store/site.h"

struct runner {
    store *store;
    arena *arena;               /* lives as long as the runner */
    bool rehearsal;
    bool witnessed;             /* the file was found no older than its witness */
    bool has_site;
    site site;
    arena *site_arena;          /* lives until the site is read again */
    bool event_lost;
    const char *folder;
    const char *template_version;
    const char *key_path;
};

/* inputs.c: reads what was given into call->inputs and refuses all that does not fit, at once. */
void inputs_read(call *call, const given_input *given, size_t count);
/* The inputs as canonical JSON for the journal: as typed, files by digest, secrets left out. */
const char *inputs_json(const call *call);

/* clock.c: the instant of the act: the machine's, or the set clock of a rehearsal. Refuses CALL-12. */
ending clock_now(runner *runner, const char *at, call *call) MUST_CHECK;
/* Looks for a jump of the machine's clock, records it as an act of the system, and sets the mark anew. */
ending clock_watch(runner *runner, call *call) MUST_CHECK;
/* Refuses CALL-13 while a jump is not confirmed. */
ending clock_allows_signing(call *call) MUST_CHECK;

/* sign_in.c: fills call->person and checks the password where one was given. */
ending sign_in(runner *runner, call *call, const command *command) MUST_CHECK;
ending check_right(call *call) MUST_CHECK;
/* Refuses CALL-29 while the password is one that somebody else gave: nothing but `person set-password` for oneself. */
ending check_own_password(const call *call, const command *command) MUST_CHECK;

/* badges.c: the person whom a command names or whose badge it carries, and the stored hash that its password (or PIN) must fit. */
ending person_for(store *store, const command *command, arena *arena, person *ret_person, bool *ret_found) MUST_CHECK;
ending secret_for(store *store, const command *command, int64_t id, arena *arena, const char **ret_secret) MUST_CHECK;
/* Refuses BADGE-02 elsewhere than on a workstation that stands; BADGE-01 when the person of a session by badge has none any more. */
ending badge_allows(call *call, const command *command) MUST_CHECK;
ending badge_stands(call *call, const command *command) MUST_CHECK;
/* Refuses BADGE-05 for an act that takes the password. */
ending badge_takes_act(const call *call, const command *command) MUST_CHECK;

/* signature.c: the meaning and digest of a signed act; refuses CALL-09 to CALL-11. */
ending signature_check(call *call, const command *command, const char **ret_digest) MUST_CHECK;

/* runner.c: runs `change` as an act of the system, in a transaction and with a journal entry of its own. */
ending system_act(runner *runner, call *call, const char *act, const char *inputs, ending (*change)(struct call *, void *),
                  void *context) MUST_CHECK;
/* A near miss: one event with its entry stays, whatever else is refused. */
ending near_miss(runner *runner, call *call, const char *kind, const char *person, const char *subject, const char *detail) MUST_CHECK;

#endif
