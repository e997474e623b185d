#ifndef MAGISTRAL_WEB_SESSIONS_H
#define MAGISTRAL_WEB_SESSIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "magistral/base/answer.h"
#include "magistral/base/arena.h"
#include "magistral/base/outcome.h"

/* Who is signed in where. Sessions live in memory: a server that is started again asks everybody to sign in again.
 * Used by several threads. Rule: NIST SP 800-63B, 7.1 and 4.2.3; OWASP Session Management. */
typedef struct sessions sessions;

enum { IDLE_SECONDS = 10 * 60, LONGEST_SECONDS = 12 * 60 * 60 };

/* Who signs in, with what, and where. */
typedef struct signing {
    const char *person;      /* identifier */
    const char *credential;  /* digest of what they signed in with (act/holder.h): another one ends the session */
    const char *workstation; /* declared name, or "" */
    bool by_badge;           /* with badge and PIN: bench acts alone */
} signing;

/* A session as one request sees it; its texts are the request's. */
typedef struct visit {
    const char *person;    /* identifier; NULL: nobody is signed in */
    const char *credential;
    bool by_badge;
    const char *identifier; /* of the session, not its secret */
    const char *mark;      /* what every form of this session carries, so that no other site can post one */
    const char *language;  /* chosen on the page, or NULL: the person's own */
    const char *workstation;
    const char *scanned;   /* badge of a second person whose PIN is still due, or NULL */
    bool idle;             /* nothing was asked for ten minutes: the password is due again, nothing typed is lost */
    const char *flash;     /* JSON of what was just done; shown once, or NULL */
    const char *flash_act;
    int64_t idle_seconds_left, seconds_left;
} visit;

/* One line of the account page. */
typedef struct session_line {
    const char *identifier; /* of the session, not its secret */
    const char *workstation;
    int64_t started, seen;  /* seconds ago */
    bool own;               /* the one that asks */
} session_line;

/* `clock` tells seconds that never go back; NULL: the machine's, which goes on while it sleeps. `ended` (may be NULL) is told the
 * identifier of each session that is over, at the latest when the next request looks for one. */
sessions *sessions_new(int64_t (*clock)(void), void (*ended)(void *context, const char *identifier), void *context);
void sessions_free(sessions *sessions);

/* Starts a session; returns the secret for the cookie, which the arena owns. The oldest session ends when there are 1,000. */
const char *sessions_start(sessions *sessions, const signing *signing, arena *arena);

/* Finds by the cookie's secret (NULL: nobody), and notes that it was used when `use`. */
visit sessions_find(sessions *sessions, const char *secret, bool use, arena *arena);

/* Wakes an idle session after the password was given again. */
void sessions_wake(sessions *sessions, const char *secret);
void sessions_end(sessions *sessions, const char *secret);
/* Ends every session of a person; returns how many. */
size_t sessions_end_all(sessions *sessions, const char *person);
void sessions_set_language(sessions *sessions, const char *secret, const char *language);
/* Keeps what an act answered, for the next page of this session. */
void sessions_set_flash(sessions *sessions, const char *secret, const char *act, const char *json);

/* Keeps what a person had typed (an address with its fields) when another one takes their place; a later one replaces it. */
void sessions_keep_draft(sessions *sessions, const char *person, const char *draft);
/* What was kept of a person for twelve hours at most, or NULL; `take` forgets it. Owned by the arena. */
const char *sessions_draft(sessions *sessions, const char *person, bool take, arena *arena);

/* Keeps the badge that a second person scanned until their PIN has come: a page never holds it. NULL forgets it. */
void sessions_set_scanned(sessions *sessions, const char *secret, const char *code);

/* The sessions of a person; newest first. */
size_t sessions_of(sessions *sessions, const char *person, const char *secret, arena *arena, session_line **ret_lines);

#endif
