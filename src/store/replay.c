/* SQL is put together here, and only here, from the schema's own names of tables and columns: the statements are those
 * that the journal's changes imply, and they run on a throw-away database. */
#include "replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "changes.h"
#include "migrate.h"

enum { TABLES = 128, UPDATES = 64 };

static const phrase FITS = {0};

/* An update sets just the columns that changed: a trigger "BEFORE UPDATE OF column" means those. */
typedef struct update {
    uint64_t columns;
    sqlite3_stmt *statement;
} update;

typedef struct table {
    char name[64];
    int columns;
    char columns_named[CHANGE_COLUMNS][64];
    buffer where;
    sqlite3_stmt *insert, *erase;
    update updates[UPDATES];
    int update_count;
} table;

struct replay {
    sqlite3 *database;
    store *live;
    sqlite3_stmt *content;
    table tables[TABLES];
    int count;
    change_row row;
};

static const char CONTENT[] = "SELECT bytes FROM content WHERE digest = ?1";
static const char COLUMNS[] = "SELECT name, pk FROM pragma_table_info(?1) ORDER BY cid";

ending replay_open(store *live, replay **ret_replay)
{
    replay *made = calloc(1, sizeof *made);
    if (!made)
        return fail(live->outcome, "no memory left");
    made->live = live;
    int code = sqlite3_open_v2("", &made->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(made->database,
                            "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF; "
                            "PRAGMA cache_size=-16384; BEGIN", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        sqlite3_db_config(made->database, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    if (code != SQLITE_OK) {
        replay_close(made);
        return fail(live->outcome, "the replay's database cannot be opened: %s", sqlite3_errstr(code));
    }
    *ret_replay = made;
    return DONE;
}

/* A schema file may change a table's columns: statements made before are forgotten. */
static void forget_tables(replay *replay)
{
    for (int i = 0; i < replay->count; i++) {
        table *table = &replay->tables[i];
        sqlite3_finalize(table->insert);
        sqlite3_finalize(table->erase);
        for (int k = 0; k < table->update_count; k++)
            sqlite3_finalize(table->updates[k].statement);
        buffer_clear(&table->where);
    }
    replay->count = 0;
}

void replay_close(replay *replay)
{
    if (!replay)
        return;
    forget_tables(replay);
    sqlite3_finalize(replay->content);
    sqlite3_close_v2(replay->database);
    free(replay);
}

sqlite3 *replay_database(replay *replay)
{
    return replay->database;
}

phrase replay_file(replay *replay, int version)
{
    forget_tables(replay);
    BUFFER_SCOPE buffer pragma = BUFFER_EMPTY;
    buffer_add_format(&pragma, "PRAGMA user_version=%d", version);
    if (sqlite3_exec(replay->database, migration_sql(version), NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(replay->database, pragma.bytes, NULL, NULL, NULL) != SQLITE_OK)
        return PHRASE("verify.schema-file-fails", {0});
    return FITS;
}

static bool prepare(replay *replay, const buffer *sql, sqlite3_stmt **ret_statement)
{
    return sqlite3_prepare_v3(replay->database, sql->bytes, -1, SQLITE_PREPARE_PERSISTENT, ret_statement, NULL) == SQLITE_OK;
}

/* INSERT ... VALUES (?1, ...); WHERE all old values, the key by =, the rest by IS. */
static bool make_statements(replay *replay, table *table)
{
    sqlite3_stmt *columns = NULL;
    if (sqlite3_prepare_v2(replay->database, COLUMNS, -1, &columns, NULL) != SQLITE_OK)
        return false;
    sqlite3_bind_text(columns, 1, table->name, -1, SQLITE_STATIC);
    BUFFER_SCOPE buffer insert = BUFFER_EMPTY, erase = BUFFER_EMPTY;
    buffer_add_format(&insert, "INSERT INTO \"%s\" VALUES (", table->name);
    while (sqlite3_step(columns) == SQLITE_ROW && table->columns < CHANGE_COLUMNS) {
        const char *name = (const char *)sqlite3_column_text(columns, 0);
        bool key = sqlite3_column_int(columns, 1) > 0;
        snprintf(table->columns_named[table->columns], sizeof *table->columns_named, "%s", name);
        buffer_add_format(&insert, "%s?%d", table->columns ? ", " : "", table->columns + 1);
        buffer_add_format(&table->where, "%s\"%s\" %s ?%d", table->columns ? " AND " : " WHERE ", name, key ? "=" : "IS", table->columns + 1);
        table->columns++;
    }
    sqlite3_finalize(columns);
    buffer_add_text(&insert, ")");
    buffer_add_format(&erase, "DELETE FROM \"%s\"%s", table->name, buffer_text(&table->where));
    return table->columns > 0 && prepare(replay, &insert, &table->insert) && prepare(replay, &erase, &table->erase);
}

static sqlite3_stmt *update_of(replay *replay, table *table, uint64_t columns)
{
    for (int i = 0; i < table->update_count; i++)
        if (table->updates[i].columns == columns)
            return table->updates[i].statement;
    if (table->update_count == UPDATES) {
        sqlite3_finalize(table->updates[0].statement);
        table->updates[0] = table->updates[--table->update_count];
    }
    BUFFER_SCOPE buffer sql = BUFFER_EMPTY;
    buffer_add_format(&sql, "UPDATE \"%s\" SET ", table->name);
    const char *comma = "";
    for (int i = 0; i < table->columns; i++)
        if (columns >> i & 1) {
            buffer_add_format(&sql, "%s\"%s\" = ?%d", comma, table->columns_named[i], CHANGE_COLUMNS + i + 1);
            comma = ", ";
        }
    buffer_add_text(&sql, buffer_text(&table->where));
    update *made = &table->updates[table->update_count];
    *made = (update){.columns = columns};
    if (!prepare(replay, &sql, &made->statement))
        return NULL;
    table->update_count++;
    return made->statement;
}

static table *table_named(replay *replay, const char *name)
{
    for (int i = 0; i < replay->count; i++)
        if (strcmp(replay->tables[i].name, name) == 0)
            return &replay->tables[i];
    if (replay->count == TABLES || strlen(name) >= sizeof replay->tables[0].name)
        return NULL;
    table *made = &replay->tables[replay->count++];
    *made = (table){0};
    memcpy(made->name, name, strlen(name) + 1);
    return make_statements(replay, made) ? made : NULL;
}

static void bind_content(replay *replay, sqlite3_stmt *statement, int at, const change_value *digest)
{
    if (!replay->content &&
        sqlite3_prepare_v2(replay->live->database, CONTENT, -1, &replay->content, NULL) != SQLITE_OK)
        return;
    sqlite3_reset(replay->content);
    sqlite3_bind_text(replay->content, 1, digest->bytes, (int)digest->length, SQLITE_STATIC);
    if (sqlite3_step(replay->content) == SQLITE_ROW)
        sqlite3_bind_value(statement, at, sqlite3_column_value(replay->content, 0));
    sqlite3_reset(replay->content);
}

static void bind_values(replay *replay, sqlite3_stmt *statement, const change_value *values, size_t count, int after, uint64_t columns)
{
    for (size_t i = 0; i < count; i++) {
        if (!(columns >> i & 1))
            continue;
        const change_value *value = &values[i];
        int at = after + (int)i + 1;
        switch (value->type) {
        case CHANGE_NULL:
        case CHANGE_SAME:
            sqlite3_bind_null(statement, at);
            break;
        case CHANGE_INTEGER:
            sqlite3_bind_int64(statement, at, value->integer);
            break;
        case CHANGE_TEXT:
            sqlite3_bind_text(statement, at, value->bytes, (int)value->length, SQLITE_STATIC);
            break;
        case CHANGE_BYTES:
            sqlite3_bind_blob(statement, at, value->length ? value->bytes : "", (int)value->length, SQLITE_STATIC);
            break;
        case CHANGE_CONTENT:
            bind_content(replay, statement, at, &values[0]);
            break;
        }
    }
}

static phrase sqlite_says(const replay *replay, const change_row *row)
{
    return PHRASE("verify.table-sqlite", {"table", row->table}, {"message", sqlite3_errmsg(replay->database)});
}

static phrase apply_row(replay *replay, const change_row *row)
{
    table *table = table_named(replay, row->table);
    if (!table || (size_t)table->columns != row->columns)
        return PHRASE("verify.table-columns", {"table", row->table});
    if (row->operation == 'U' && row->changed == 0)
        return FITS;
    sqlite3_stmt *statement = row->operation == 'I'   ? table->insert
                              : row->operation == 'U' ? update_of(replay, table, row->changed)
                                                      : table->erase;
    if (!statement)
        return sqlite_says(replay, row);
    if (row->operation != 'I')
        bind_values(replay, statement, row->before, row->columns, 0, UINT64_MAX);
    if (row->operation != 'D')
        bind_values(replay, statement, row->after, row->columns, row->operation == 'I' ? 0 : CHANGE_COLUMNS,
                    row->operation == 'I' ? UINT64_MAX : row->changed);
    int code = sqlite3_step(statement);
    phrase why = FITS;
    if (code != SQLITE_DONE)
        why = sqlite_says(replay, row);
    else if (sqlite3_changes(replay->database) != 1)
        why = PHRASE("verify.row-not-there", {"table", row->table});
    if (why.key) /* the statement is left as it is: its message goes with its reset, and nothing is replayed after it */
        return why;
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return FITS;
}

phrase replay_changes(replay *replay, const void *changes, size_t length)
{
    const unsigned char *at = changes, *end = at + length;
    bool broken = false;
    while (length > 0 && changes_read(&at, end, &replay->row, &broken)) {
        phrase why = apply_row(replay, &replay->row);
        if (why.key)
            return why;
    }
    return broken ? PHRASE("verify.changes-unreadable", {0}) : FITS;
}
