#ifndef MAGISTRAL_STORE_COMPARE_H
#define MAGISTRAL_STORE_COMPARE_H

#include "magistral/store/verify.h"
#include "replay.h"

/* Notes a finding; values are copied. */
void verify_note(verification *found, arena *arena, phrase where, phrase what);

/* Compares the schema's text, user_version and every row of every record table of the live database with the replayed
 * one. */
void compare_databases(store *live, replay *replay, arena *arena, verification *found);

/* What the live database must hold by itself: integrity_check, foreign_key_check, contents equal to their digests,
 * secrets equal to the digests in their record rows. */
void compare_alone(store *live, arena *arena, verification *found);

#endif
