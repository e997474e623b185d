#ifndef MAGISTRAL_ACT_WITNESS_H
#define MAGISTRAL_ACT_WITNESS_H

#include "magistral/act/call.h"
#include "magistral/store/document.h"

/* The witness lies beside the database (DATABASE.witness): every document issued appends one line, a sequence, the head at
 * that sequence and an Ed25519 signature by the installation's key over "magistral-witness-1 SEQUENCE HEAD". A database
 * whose past is not the one in that file was cut, restored or rewritten. */
ending witness_append(call *call, int64_t sequence, const char *head) MUST_CHECK;

/* Reads the last line; *ret_found is false when there is no file. Refuses (VERIFY-03) a line that the installation's keys
 * did not sign. */
ending witness_last(call *call, int64_t *ret_sequence, const char **ret_head, bool *ret_found) MUST_CHECK;

/* Reads the installation's private key, 64 bytes in hexadecimal, from call->key_path; fails when it is missing (FILE-02) or is not the
 * one whose public key was made known last (FILE-03). */
ending witness_key(call *call, unsigned char ret_secret[64]) MUST_CHECK;

/* The state of that file, as one word: "present", "missing", or "foreign" when it holds another key or none. */
ending witness_key_state(call *call, const char **ret_state) MUST_CHECK;

/* Makes a pair of keys: the public one is made known in the database, the private one is written to a file beside it, readable by its
 * owner alone, in the place of a former one. Returns the public key. */
ending witness_key_new(call *call, const char **ret_public) MUST_CHECK;

/* Reads a whole text file of at most 1 MiB. */
ending file_read_text(arena *arena, outcome *outcome, const char *path, const char **ret_text) MUST_CHECK;

/* The last line of the witness, signed by this installation, that this journal does not hold and no confirmed restore answers
 * for: whoever goes on with an older file appends lines that fit, so every line is read. */
ending witness_strange(call *call, int64_t *ret_sequence, const char **ret_head, bool *ret_strange) MUST_CHECK;

/* Whether the file is missing or ends before the line of the last document, which is written to it before that document is
 * recorded: somebody took it away. Not when an administrator has said so since (database confirm-restore). */
ending witness_lacks(call *call, document *ret_last, bool *ret_lacks) MUST_CHECK;

/* Refuses (VERIFY-07) a further document then: a new file would hide that the former is gone. */
ending witness_allows_issue(call *call) MUST_CHECK;

/* Refuses (VERIFY-05) when the last line of the witness is not this journal's past: an older file was put in the place of the
 * newer one. The way out is the newer file, or the act `database confirm-restore`. */
ending witness_allows_acts(call *call) MUST_CHECK;

#endif
