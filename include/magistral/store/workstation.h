#ifndef MAGISTRAL_STORE_WORKSTATION_H
#define MAGISTRAL_STORE_WORKSTATION_H

#include "magistral/store/store.h"

#define WORKSTATION_FIELDS(INTEGER, TEXT) \
    TEXT(name) TEXT(place) TEXT(token_digest) INTEGER(declared_by) TEXT(declared_at) INTEGER(withdrawn_by) TEXT(withdrawn_at) TEXT(withdrawn_reason)
RECORD(workstation, WORKSTATION_FIELDS)

#define BADGE_FIELDS(INTEGER, TEXT) \
    INTEGER(person) TEXT(token_digest) INTEGER(given_by) TEXT(given_at) INTEGER(withdrawn_by) TEXT(withdrawn_at) TEXT(withdrawn_reason)
RECORD(badge, BADGE_FIELDS)

#define PIN_FIELDS(INTEGER, TEXT) INTEGER(person) TEXT(digest) TEXT(set_at)
RECORD(pin, PIN_FIELDS)

#define PIN_SECRET_FIELDS(INTEGER, TEXT) INTEGER(person) TEXT(pin)
RECORD(pin_secret, PIN_SECRET_FIELDS)

/* A workstation with the names of who declared and who withdrew it. */
#define WORKSTATION_LINE_FIELDS(INTEGER, TEXT) \
    TEXT(name) TEXT(place) TEXT(declared_by) TEXT(declared_at) TEXT(withdrawn_by) TEXT(withdrawn_at) TEXT(withdrawn_reason)
RECORD(workstation_line, WORKSTATION_LINE_FIELDS)

/* A badge with the names of its people, and when its holder last set a PIN. */
#define BADGE_LINE_FIELDS(INTEGER, TEXT) \
    TEXT(person) TEXT(name) TEXT(given_by) TEXT(given_at) TEXT(pin_set_at) TEXT(withdrawn_by) TEXT(withdrawn_at) TEXT(withdrawn_reason)
RECORD(badge_line, BADGE_LINE_FIELDS)

extern const query WORKSTATION_INSERT, WORKSTATION_WITHDRAW;
extern const query WORKSTATION_BY_TOKEN, WORKSTATION_BY_NAME; /* .token_digest, .name; none that is withdrawn */
extern const query WORKSTATION_LINES;                         /* newest first */
extern const query BADGE_INSERT, BADGE_WITHDRAW;
extern const query BADGE_BY_TOKEN, BADGE_OF;                  /* .token_digest, .person; none that is withdrawn */
extern const query BADGE_LINES;                               /* newest first */
extern const query PIN_INSERT, PIN_UPDATE, PIN_OF;            /* pin.person */
extern const query PIN_SECRET_INSERT, PIN_SECRET_UPDATE, PIN_SECRET_OF; /* pin_secret.person */

#endif
