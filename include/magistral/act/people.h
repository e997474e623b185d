#ifndef MAGISTRAL_ACT_PEOPLE_H
#define MAGISTRAL_ACT_PEOPLE_H

#include "magistral/act/call.h"

/* What several acts on people share. */

/* Finds a person by the input `field`; refused (PERSON-01) when nobody has that identifier. */
ending people_find(call *call, const char *field, person *ret_person) MUST_CHECK;

/* Puts the person with this id as a link; ABSENT puts nothing known. */
ending put_person(call *call, answer *object, const char *name, int64_t id) MUST_CHECK;

/* Sets the roles that the person holds today, and the rights that follow from them. */
ending person_rights(call *call, int64_t person, bool roles[ROLE_COUNT], bool rights[RIGHT_COUNT]) MUST_CHECK;
/* True when the person holds the right today. */
ending person_has_right(call *call, int64_t person, right right, bool *ret_has) MUST_CHECK;

/* Hashes the input "password" into call->prepared: before the transaction, since it takes some 15 ms. */
ending people_prepare_password(call *call) MUST_CHECK;

/* Sets that password, prepared (at least 12 characters, 15 when `strong`: PERSON-02; none of the well-known ones: PERSON-03), its hash
 * in the secret table and the hash's digest in the record. `first`: somebody else gave it, and its owner sets their own before
 * anything else (CALL-29). */
ending people_set_password(call *call, person *person, const char *password, bool strong, bool first) MUST_CHECK;

/* The least number of characters of a password that its owner sets: more for who decides or administers (`strong`). */
int password_least(bool strong);
/* True for a password that is tried first: repeated, a row of the keyboard, common words with at most six digits behind. */
bool password_is_common(const char *password);
/* True for 6 to 12 digits; of such a PIN, true when it is tried first. */
bool pin_is_well_formed(const char *pin);
bool pin_is_trivial(const char *pin);

/* Until when failed sign-ins lock the account; NULL when they do not, now. */
ending people_locked_until(call *call, int64_t person, const char **ret_until) MUST_CHECK;

/* Refuses (PERSON-14) when nobody would be administrator on this day without that habilitation (ABSENT: any) of that person
 * (ABSENT: of anybody): whoever is left out could never come back. */
ending people_keep_administrator(call *call, int64_t habilitation_id, int64_t person_id, const char *day) MUST_CHECK;

/* The password resets of a person (events), newest first. */
ending people_put_resets(call *call, const char *identifier, answer *to) MUST_CHECK;

/* Refuses (PERSON-29), on `field`, an identifier of one character; that it has at most 40 the input itself has checked. */
ending people_check_identifier(call *call, const char *field) MUST_CHECK;

#endif
