#ifndef MAGISTRAL_STORE_STORE_H
#define MAGISTRAL_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "magistral/base/arena.h"
#include "magistral/base/outcome.h"
#include "magistral/base/record.h"

/* The only door to SQLite. A store is one connection, used by one thread at a time. Texts that reads return live in
 * the arena given. Failures and refusals go to the outcome that store_report_to() named last.
 * A call that does not end DONE ends the act: the caller rolls back; there is no savepoint and no going on. */
typedef struct store store;

typedef enum store_use { STORE_READS, STORE_WRITES } store_use;

/* Opens an existing database. STORE_WRITES takes the lock on PATH.owner for as long as the store is open and is
 * refused (STORE-02) when another process has it; refused when the file does not exist (STORE-01), is no database of
 * this program (STORE-03), of an older schema version (STORE-04) or a newer one (STORE-09), or lies on a network file
 * system (STORE-05). */
ending store_open(const char *path, store_use use, outcome *outcome, store **ret_store) MUST_CHECK;

/* The same without looking at the schema's version, for the upgrade alone; refused (STORE-09) when the schema is newer
 * than this program's. Takes the lock as STORE_WRITES does. */
ending store_open_older(const char *path, outcome *outcome, store **ret_store) MUST_CHECK;

/* Makes a new, empty database file and opens it for writing; refused (STORE-06) when the file exists. The schema is
 * put in by store_migrate(). */
ending store_create(const char *path, outcome *outcome, store **ret_store) MUST_CHECK;

/* Closes; NULL is allowed. An open transaction is rolled back. */
void store_close(store *store);
void store_close_scope(store **store);
#define STORE_SCOPE __attribute__((cleanup(store_close_scope)))

/* Says where the next calls report to. */
void store_report_to(store *store, outcome *outcome);

/* Keeps little of what it reads in memory: for a connection that reads one long list and is closed. */
ending store_read_once(store *store) MUST_CHECK;

/* True for a connection that only reads. */
bool store_reads_only(const store *store);

/* True when a write or its flush failed: what the disk holds is known only after the file is opened again, so this
 * connection changes nothing any more and its process should end. Rule: a failed fsync may have dropped the pages that
 * it failed for, and a second one answers success (PostgreSQL wiki, "Fsync Errors"). */
bool store_is_broken(const store *store);

/* The path that was opened. */
const char *store_path(const store *store);

/* A transaction that changes rows; only on a store that writes. A snapshot that is open ends. */
ending store_begin(store *store) MUST_CHECK;
/* A snapshot to read from, the one that is open where there is one; ended by store_rollback(). */
ending store_begin_reading(store *store) MUST_CHECK;
ending store_commit(store *store) MUST_CHECK;
void store_rollback(store *store);

/* One statement with the shapes of what it binds by name and what it returns. Declared in store/NOUN.h, defined by
 * QUERY in store/NOUN.c, which holds its SQL. */
typedef struct query {
    const char *name;
    const char *sql;
    const shape *in;
    const shape *out;
} query;

/* A record without fields, for statements that bind nothing. */
#define NOTHING_FIELDS(INTEGER, TEXT)
RECORD(nothing, NOTHING_FIELDS)
#define NOTHING (&(nothing){0})

/* Runs an INSERT of one row and sets record->id. */
#define store_insert(store, query, record) store_insert_sized(store, query, record, sizeof *(record))
ending store_insert_sized(store *store, const query *query, void *record, size_t size) MUST_CHECK;

/* Runs an UPDATE that must meet exactly one row; anything else FAILED. */
#define store_update(store, query, record) store_update_sized(store, query, record, sizeof *(record))
ending store_update_sized(store *store, const query *query, const void *record, size_t size) MUST_CHECK;

/* Reads at most one row; *ret_found says whether there was one; *ret_record is written only then. */
#define store_find(store, query, key, arena, ret_record, ret_found) \
    store_find_sized(store, query, key, sizeof *(key), arena, ret_record, sizeof *(ret_record), ret_found)
ending store_find_sized(store *store, const query *query, const void *key, size_t key_size, arena *arena,
                        void *ret_record, size_t record_size, bool *ret_found) MUST_CHECK;

/* Reads all rows into an array owned by the arena. For lists that are short by nature. */
#define store_list(store, query, key, arena, ret_rows, ret_count) \
    store_list_sized(store, query, key, sizeof *(key), arena, (void **)(ret_rows), sizeof **(ret_rows), ret_count)
ending store_list_sized(store *store, const query *query, const void *key, size_t key_size, arena *arena,
                        void **ret_rows, size_t row_size, size_t *ret_count) MUST_CHECK;

/* Reads rows one by one: store_rows() binds, store_next() writes *ret_record and *ret_found until there is none left.
 * The cursor lives in the arena of store_rows(); rows in the arena given to store_next(). */
typedef struct store_cursor store_cursor;
#define store_rows(store, query, key, arena, ret_cursor) \
    store_rows_sized(store, query, key, sizeof *(key), arena, ret_cursor)
ending store_rows_sized(store *store, const query *query, const void *key, size_t key_size, arena *arena,
                        store_cursor **ret_cursor) MUST_CHECK;
#define store_next(cursor, arena, ret_record, ret_found) \
    store_next_sized(cursor, arena, ret_record, sizeof *(ret_record), ret_found)
ending store_next_sized(store_cursor *cursor, arena *arena, void *ret_record, size_t record_size,
                        bool *ret_found) MUST_CHECK;

/* Bytes kept once by digest. Putting the same bytes again changes nothing. */
ending store_put_content(store *store, const char *type, const void *bytes, size_t length, arena *arena,
                         const char **ret_digest) MUST_CHECK;
ending store_content(store *store, const char *digest, arena *arena, const char **ret_type, const char **ret_bytes,
                     size_t *ret_length, bool *ret_found) MUST_CHECK;

/* Applies every schema file that the database has not, in order, one journal entry each (as the system), and sets
 * user_version. `at` is the instant, `zone` the zone written in the entries. */
ending store_migrate(store *store, const char *at, const char *zone) MUST_CHECK;
/* The schema version of the file. */
ending store_version(store *store, int64_t *ret_version) MUST_CHECK;
/* The schema version of this program. */
int store_schema_version(void);
/* The version of the SQLite library. */
const char *store_library_version(void);

/* Copies the whole database to a new file through SQLite's backup interface; refused (STORE-06) when it exists. */
ending store_copy(store *store, const char *path) MUST_CHECK;

/* Keeps little of what it read: 1.25 MiB instead of 8. */
ending store_keep_little(store *store) MUST_CHECK;

/* Prepares every statement of the program on this database; fails naming the first that does not fit. */
ending store_prepare_all(store *store) MUST_CHECK;

#endif
