#include "statement.h"

#include <assert.h>
#include <string.h>

SHAPE(nothing, NOTHING_FIELDS)

extern const query *const __start_magistral_queries[];
extern const query *const __stop_magistral_queries[];

void store_break(store *store)
{
    if (store->use != STORE_WRITES || store->broken)
        return;
    store->broken = true;
    sqlite3_db_config(store->database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

/* The index of the log is a file of its own, which on a full disk cannot grow: SQLite calls that an error of the disk. */
static const char *code_name(int code)
{
    switch (code == SQLITE_IOERR_SHMSIZE ? SQLITE_FULL : code & 0xFF) {
    case SQLITE_READONLY:
        return "readonly";
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return "cannot-open";
    case SQLITE_FULL:
        return "full";
    case SQLITE_IOERR:
        return "disk";
    case SQLITE_CORRUPT:
        return "corrupt";
    default:
        return "other";
    }
}

ending store_fail(outcome *outcome, const char *path, int code, const char *message)
{
    return fail_input_output(outcome, "STORE-12", "path", path, "why", code_name(code), "code", arena_format(outcome->arena, "%d", code),
                             "message", message, NULL);
}

ending store_explain(store *store, int code, const char *what)
{
    const char *message = sqlite3_errmsg(store->database);
    int primary = code & 0xFF;
    if (primary == SQLITE_IOERR || primary == SQLITE_FULL || primary == SQLITE_CORRUPT)
        store_break(store);
    if (primary == SQLITE_NOTADB)
        return refuse(store->outcome, "STORE-03", "database", "path", store->path, NULL);
    if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
        return refuse(store->outcome, "STORE-08", NULL, "what", message, NULL);
    if (primary == SQLITE_CONSTRAINT)
        return refuse(store->outcome, "STORE-07", NULL, "what", message, NULL);
    if (primary == SQLITE_FULL || primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN || primary == SQLITE_READONLY ||
        primary == SQLITE_CORRUPT)
        return store_fail(store->outcome, store->path, code, message);
    return fail(store->outcome, "%s: %s (%d)", what, message, code);
}

ending store_prepare(store *store, const char *sql, sqlite3_stmt **ret_statement)
{
    const char *tail = NULL;
    int code = sqlite3_prepare_v3(store->database, sql, -1, SQLITE_PREPARE_PERSISTENT, ret_statement, &tail);
    if (code != SQLITE_OK)
        return store_explain(store, sqlite3_extended_errcode(store->database), sql);
    return DONE;
}

ending store_run(store *store, const char *sql)
{
    int code = sqlite3_exec(store->database, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? DONE : store_explain(store, sqlite3_extended_errcode(store->database), sql);
}

ending store_integer(store *store, const char *sql, int64_t *ret_value)
{
    sqlite3_stmt *statement = NULL;
    TRY(store_prepare(store, sql, &statement));
    int code = sqlite3_step(statement);
    int64_t value = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    ending result = DONE;
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        result = store_explain(store, sqlite3_extended_errcode(store->database), sql);
    sqlite3_finalize(statement);
    if (result == DONE)
        *ret_value = value;
    return result;
}

static int cell_of(const shape *shape, const char *name)
{
    for (size_t i = 0; i < shape->count; i++)
        if (strcmp(shape->fields[i].name, name) == 0)
            return (int)i;
    return -1;
}

static ending map_cells(store *store, prepared *p)
{
    p->parameters = sqlite3_bind_parameter_count(p->statement);
    p->columns = sqlite3_column_count(p->statement);
    p->cells_bound = sqlite3_malloc(p->parameters * (int)sizeof(int) + 1);
    p->cells_read = sqlite3_malloc(p->columns * (int)sizeof(int) + 1);
    if (!p->cells_bound || !p->cells_read)
        return fail(store->outcome, "%s: no memory left", p->query->name);
    for (int i = 0; i < p->parameters; i++) {
        const char *name = sqlite3_bind_parameter_name(p->statement, i + 1);
        p->cells_bound[i] = name ? cell_of(p->query->in, name + 1) : -1;
        if (p->cells_bound[i] < 0)
            return fail(store->outcome, "%s: parameter %s is no field of %s", p->query->name, name ? name : "?",
                        p->query->in->name);
    }
    for (int i = 0; i < p->columns; i++) {
        p->cells_read[i] = cell_of(p->query->out, sqlite3_column_name(p->statement, i));
        if (p->cells_read[i] < 0)
            return fail(store->outcome, "%s: column %s is no field of %s", p->query->name,
                        sqlite3_column_name(p->statement, i), p->query->out->name);
    }
    return DONE;
}

static prepared *slot_of(store *store, const query *query)
{
    size_t at = ((uintptr_t)query / sizeof *query) % PREPARED_SLOTS;
    for (size_t tries = 0; tries < PREPARED_SLOTS; tries++, at = (at + 1) % PREPARED_SLOTS)
        if (!store->slots[at].query || store->slots[at].query == query)
            return &store->slots[at];
    return NULL;
}

ending store_statement(store *store, const query *query, prepared **ret_prepared)
{
    prepared *p = slot_of(store, query);
    if (!p)
        return fail(store->outcome, "more than %d statements", PREPARED_SLOTS);
    if (!p->query) {
        TRY(store_prepare(store, query->sql, &p->statement));
        p->query = query;
        TRY(map_cells(store, p));
    } else if (!p->cells_read) {
        return fail(store->outcome, "%s cannot be used", query->name);
    }
    sqlite3_reset(p->statement);
    *ret_prepared = p;
    return DONE;
}

static const void *cell_at(const void *record, int cell)
{
    return (const char *)record + (size_t)cell * sizeof(int64_t);
}

static ending bind(store *store, prepared *p, const void *key)
{
    for (int i = 0; i < p->parameters; i++) {
        int cell = p->cells_bound[i], code;
        const void *at = cell_at(key, cell);
        if (p->query->in->fields[cell].type == FIELD_INTEGER) {
            int64_t value;
            memcpy(&value, at, sizeof value);
            code = value == ABSENT ? sqlite3_bind_null(p->statement, i + 1) : sqlite3_bind_int64(p->statement, i + 1, value);
        } else {
            const char *value;
            memcpy(&value, at, sizeof value);
            code = value ? sqlite3_bind_text(p->statement, i + 1, value, -1, SQLITE_STATIC) : sqlite3_bind_null(p->statement, i + 1);
        }
        if (code != SQLITE_OK)
            return store_explain(store, code, p->query->name);
    }
    return DONE;
}

static void read_row(prepared *p, arena *arena, void *record)
{
    for (int i = 0; i < p->columns; i++) {
        int cell = p->cells_read[i];
        char *at = (char *)record + (size_t)cell * sizeof(int64_t);
        bool null = sqlite3_column_type(p->statement, i) == SQLITE_NULL;
        if (p->query->out->fields[cell].type == FIELD_INTEGER) {
            int64_t value = null ? ABSENT : sqlite3_column_int64(p->statement, i);
            memcpy(at, &value, sizeof value);
        } else {
            const char *value = NULL;
            if (!null) {
                const void *text = sqlite3_column_text(p->statement, i);
                value = arena_copy(arena, text, (size_t)sqlite3_column_bytes(p->statement, i));
            }
            memcpy(at, &value, sizeof value);
        }
    }
}

/* Starts a query: its statement is bound and at its beginning. */
static ending start(store *store, const query *query, const void *key, size_t key_size, prepared **ret_prepared)
{
    if (query->in->size != key_size)
        return fail(store->outcome, "%s binds a %s", query->name, query->in->name);
    prepared *p = NULL;
    TRY(store_statement(store, query, &p));
    TRY(bind(store, p, key));
    *ret_prepared = p;
    return DONE;
}

static ending step(store *store, prepared *p, bool *ret_row)
{
    int code = sqlite3_step(p->statement);
    if (code == SQLITE_ROW) {
        *ret_row = true;
        return DONE;
    }
    ending result = DONE;
    if (code != SQLITE_DONE)
        result = store_explain(store, sqlite3_extended_errcode(store->database), p->query->name);
    *ret_row = false;
    sqlite3_reset(p->statement);
    sqlite3_clear_bindings(p->statement);
    return result;
}

static ending change(store *store, const query *query, const void *record, size_t size)
{
    if (!store->in_transaction)
        return fail(store->outcome, "%s outside a transaction", query->name);
    prepared *p = NULL;
    bool row = false;
    TRY(start(store, query, record, size, &p));
    TRY(step(store, p, &row));
    if (store->changes_failed)
        return fail(store->outcome, "%s: its changes could not be noted", query->name);
    return DONE;
}

ending store_insert_sized(store *store, const query *query, void *record, size_t size)
{
    TRY(change(store, query, record, size));
    int64_t id = sqlite3_last_insert_rowid(store->database);
    memcpy(record, &id, sizeof id);
    return DONE;
}

ending store_update_sized(store *store, const query *query, const void *record, size_t size)
{
    TRY(change(store, query, record, size));
    if (sqlite3_changes(store->database) != 1)
        return fail(store->outcome, "%s met %d rows instead of one", query->name, sqlite3_changes(store->database));
    return DONE;
}

ending store_find_sized(store *store, const query *query, const void *key, size_t key_size, arena *arena,
                        void *ret_record, size_t record_size, bool *ret_found)
{
    if (query->out->size != record_size)
        return fail(store->outcome, "%s returns a %s", query->name, query->out->name);
    prepared *p = NULL;
    TRY(start(store, query, key, key_size, &p));
    TRY(step(store, p, ret_found));
    if (*ret_found) {
        memset(ret_record, 0, record_size);
        read_row(p, arena, ret_record);
        sqlite3_reset(p->statement);
        sqlite3_clear_bindings(p->statement);
    }
    return DONE;
}

struct store_cursor {
    store *store;
    prepared *prepared;
};

ending store_rows_sized(store *store, const query *query, const void *key, size_t key_size, arena *arena,
                        store_cursor **ret_cursor)
{
    store_cursor *cursor = arena_alloc(arena, sizeof *cursor);
    cursor->store = store;
    TRY(start(store, query, key, key_size, &cursor->prepared));
    *ret_cursor = cursor;
    return DONE;
}

ending store_next_sized(store_cursor *cursor, arena *arena, void *ret_record, size_t record_size, bool *ret_found)
{
    const query *query = cursor->prepared->query;
    if (query->out->size != record_size)
        return fail(cursor->store->outcome, "%s returns a %s", query->name, query->out->name);
    TRY(step(cursor->store, cursor->prepared, ret_found));
    if (*ret_found) {
        memset(ret_record, 0, record_size);
        read_row(cursor->prepared, arena, ret_record);
    }
    return DONE;
}

ending store_list_sized(store *store, const query *query, const void *key, size_t key_size, arena *arena,
                        void **ret_rows, size_t row_size, size_t *ret_count)
{
    if (query->out->size != row_size)
        return fail(store->outcome, "%s returns a %s", query->name, query->out->name);
    prepared *p = NULL;
    TRY(start(store, query, key, key_size, &p));
    char *rows = NULL;
    size_t count = 0, room = 0;
    for (;;) {
        bool row = false;
        TRY(step(store, p, &row));
        if (!row)
            break;
        if (count == room) {
            room = room ? room * 2 : 8;
            char *grown = arena_array(arena, room, row_size);
            if (count > 0)
                memcpy(grown, rows, count * row_size);
            rows = grown;
        }
        read_row(p, arena, rows + count++ * row_size);
    }
    *ret_rows = rows;
    *ret_count = count;
    return DONE;
}

ending store_prepare_all(store *store)
{
    for (const query *const *at = __start_magistral_queries; at < __stop_magistral_queries; at++) {
        prepared *p = NULL;
        TRY(store_statement(store, *at, &p));
    }
    return DONE;
}
