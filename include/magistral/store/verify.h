#ifndef MAGISTRAL_STORE_VERIFY_H
#define MAGISTRAL_STORE_VERIFY_H

#include "magistral/store/store.h"

/* Words of the catalogue, with what fills them; a value without a name ends them. */
enum { PHRASE_VALUES = 3 };
typedef struct phrase {
    const char *key;
    refusal_value values[PHRASE_VALUES + 1];
} phrase;
#define PHRASE(key, ...) ((phrase){key, {__VA_ARGS__}})

/* One thing that does not fit: where ("entry 12", "table lot, row 3", "trigger lot_state") and what. */
typedef struct finding {
    struct finding *next;
    phrase where;
    phrase what;
} finding;

typedef struct verification {
    int64_t entries;
    const char *head; /* hexadecimal, recomputed from the entries' bytes */
    size_t findings;
    finding *first;   /* at most 100 are kept */
    finding *last;
} verification;

/* Replays the journal into an empty database and compares the result with the live one: every entry's bytes against
 * the hash tree, every row change in its order with triggers and foreign keys on, then every record table, the
 * schema's text, user_version, integrity_check and foreign_key_check, contents against their digests, secrets against
 * theirs. `store` should be one that reads; it is read in one transaction. `witness_sequence` and `witness_head`
 * (hexadecimal, or NULL) name a head from paper that this file must contain. FAILED only when the file cannot be read
 * at all; everything else is a finding. */
ending store_verify(store *store, int64_t witness_sequence, const char *witness_head, arena *arena,
                    verification *ret_verification) MUST_CHECK;

#endif
