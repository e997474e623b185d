#ifndef MAGISTRAL_STORE_STATEMENT_H
#define MAGISTRAL_STORE_STATEMENT_H

/* Inside the store only: the connection and its statements. */
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include <sqlite3.h>

#include "magistral/base/text.h"
#include "magistral/store/store.h"

/* Defines a query of this file and lists it among all queries of the program. */
#define QUERY(identifier, in_shape, out_shape, text)                              \
    const query identifier = {#identifier, text, &in_shape##_shape, &out_shape##_shape}; \
    static const query *const identifier##_listed __attribute__((section("magistral_queries"), used)) = &identifier;

typedef struct prepared {
    const query *query;
    sqlite3_stmt *statement;
    int *cells_bound; /* cell of the key record for each parameter, from 0 */
    int *cells_read;  /* cell of the row record for each column */
    int columns;
    int parameters;
} prepared;

enum { PREPARED_SLOTS = 1024 };

struct store {
    sqlite3 *database;
    char *path;
    store_use use;
    int owner;            /* descriptor of the lock file, or -1 */
    outcome *outcome;
    bool in_transaction;
    bool free_hand;       /* the authorizer lets everything pass: opening, migrating */
    bool broken;          /* a write or its flush failed: nothing is tried again on this connection */
    buffer changes;       /* of the act under way, in the format of changes.h */
    bool changes_failed;
    sqlite3_stmt *journal_statements[8]; /* journal.c keeps its own */
    sqlite3_stmt *content_statements[2]; /* content.c likewise */
    prepared slots[PREPARED_SLOTS];
};

/* Notes that a write or its flush failed: nothing is tried again, not even the checkpoint at the close. */
void store_break(store *store);

/* A failure of the file at `path`, in words that say what to do; SQLite's own go with them. */
ending store_fail(outcome *outcome, const char *path, int code, const char *message);
/* Translates an SQLite result code of a call that did not succeed into an ending. */
ending store_explain(store *store, int code, const char *what);

/* The statement of a query, prepared at its first use and reset. */
ending store_statement(store *store, const query *query, prepared **ret_prepared) MUST_CHECK;

/* Prepares a text that is not a query of the program (pragma, schema, replay). */
ending store_prepare(store *store, const char *sql, sqlite3_stmt **ret_statement) MUST_CHECK;

/* Runs a constant text that returns nothing. */
ending store_run(store *store, const char *sql) MUST_CHECK;

/* The first column of the first row of a constant text as an integer; 0 without a row. */
ending store_integer(store *store, const char *sql, int64_t *ret_value) MUST_CHECK;

/* Opens the file with every setting of the house; makes it when `create`. */
ending store_connect(const char *path, store_use use, bool create, outcome *outcome, store **ret_store) MUST_CHECK;

#endif
