#ifndef MAGISTRAL_STORE_REPLAY_H
#define MAGISTRAL_STORE_REPLAY_H

#include "magistral/store/verify.h"
#include "statement.h"

/* An empty database of our own into which the journal's entries are applied, with triggers and foreign keys on. */
typedef struct replay replay;

/* Opens one; contents that the journal knows by digest only are read from `live`. */
ending replay_open(store *live, replay **ret_replay) MUST_CHECK;
void replay_close(replay *replay);

/* Runs schema file `version`; returns why it cannot be run, without a key when it was. */
phrase replay_file(replay *replay, int version);

/* Applies row changes; returns a phrase without a key when every change met exactly the row it was made on, or one about
 * the first that did not, whose values stand until the next call. */
phrase replay_changes(replay *replay, const void *changes, size_t length);

/* Its connection, for comparing. */
sqlite3 *replay_database(replay *replay);

#endif
