#ifndef MAGISTRAL_STORE_PERSON_H
#define MAGISTRAL_STORE_PERSON_H

#include "magistral/store/store.h"

#define PERSON_FIELDS(INTEGER, TEXT) \
    TEXT(identifier) TEXT(name) TEXT(professional_number) TEXT(language) TEXT(password_digest) INTEGER(password_first) TEXT(ended)
RECORD(person, PERSON_FIELDS)

#define SECRET_FIELDS(INTEGER, TEXT) INTEGER(person) TEXT(password)
RECORD(person_secret, SECRET_FIELDS)

#define COUNTER_FIELDS(INTEGER, TEXT) INTEGER(person) INTEGER(failures) TEXT(locked_until)
RECORD(sign_in_counter, COUNTER_FIELDS)

#define HABILITATION_FIELDS(INTEGER, TEXT) \
    INTEGER(person) TEXT(role) TEXT(starts) TEXT(ends) TEXT(delegation) INTEGER(granted_by) TEXT(granted_at)
RECORD(habilitation, HABILITATION_FIELDS)

/* A habilitation with the names of who holds and who granted it. */
#define HABILITATION_LINE_FIELDS(INTEGER, TEXT) \
    TEXT(identifier) TEXT(name) TEXT(role) TEXT(starts) TEXT(ends) TEXT(delegation) TEXT(granted_by) TEXT(granted_at) TEXT(day)
RECORD(habilitation_line, HABILITATION_LINE_FIELDS)

/* The pharmacist in charge has looked at who may do what. */
#define HABILITATION_REVIEW_FIELDS(INTEGER, TEXT) TEXT(day) TEXT(remarks) INTEGER(person) TEXT(at) TEXT(meaning)
RECORD(habilitation_review, HABILITATION_REVIEW_FIELDS)
extern const query HABILITATION_REVIEW_INSERT, HABILITATION_REVIEW_BY_ID;
extern const query HABILITATION_REVIEWS; /* nothing -> habilitation_review, newest first */

extern const query PERSON_INSERT, PERSON_SET_PASSWORD, PERSON_END, PERSON_SET_LANGUAGE;
extern const query PERSON_BY_IDENTIFIER, PERSON_BY_ID, PERSON_LIST;
extern const query SECRET_INSERT, SECRET_UPDATE, SECRET_OF;           /* person_secret.person */
extern const query COUNTER_OF, COUNTER_INSERT, COUNTER_UPDATE;        /* sign_in_counter.person */
extern const query HABILITATION_INSERT, HABILITATION_SHORTEN, HABILITATION_OF; /* .person -> all of a person */
extern const query HABILITATION_OTHER;    /* .role on the day .starts, of an open account; not .id, not of .person */
extern const query HABILITATION_LINES;    /* habilitation_line.day (or NULL for all), identifier (or NULL) */

#endif
