#include "compare.h"

#include <inttypes.h>
#include <string.h>

#include "magistral/base/digest.h"
#include "tables.h"

static const char SCHEMA[] = "SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name";
static const char TABLES[] = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
static const char KEY[] = "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk";
static const char CONTENTS[] = "SELECT digest, bytes FROM content";
static const char SECRETS[] = "SELECT p.identifier, p.password_digest, s.password FROM person p LEFT JOIN person_secret s ON s.person = p.id";
/* Databases older than PINs have none of these tables: there is no statement then, and nothing to check. */
static const char PINS[] = "SELECT p.identifier, n.digest, s.pin FROM person p LEFT JOIN pin n ON n.person = p.id LEFT JOIN pin_secret s ON s.person = p.id";

static sqlite3_stmt *open_statement(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    sqlite3_prepare_v2(database, sql, -1, &statement, NULL);
    return statement;
}

static bool same_value(sqlite3_stmt *a, sqlite3_stmt *b, int at)
{
    int type = sqlite3_column_type(a, at);
    if (type != sqlite3_column_type(b, at))
        return false;
    if (type == SQLITE_NULL)
        return true;
    if (type == SQLITE_INTEGER)
        return sqlite3_column_int64(a, at) == sqlite3_column_int64(b, at);
    const void *x = sqlite3_column_blob(a, at), *y = sqlite3_column_blob(b, at);
    int length = sqlite3_column_bytes(a, at);
    return length == sqlite3_column_bytes(b, at) && (length == 0 || memcmp(x, y, (size_t)length) == 0);
}

static const char *text_at(sqlite3_stmt *statement, int at)
{
    const void *text = sqlite3_column_text(statement, at);
    return text ? text : "";
}

/* Compares two ordered lists of schema objects. */
static void compare_schema(sqlite3 *live, sqlite3 *replayed, arena *arena, verification *found)
{
    sqlite3_stmt *a = open_statement(live, SCHEMA), *b = open_statement(replayed, SCHEMA);
    bool more_a = sqlite3_step(a) == SQLITE_ROW, more_b = sqlite3_step(b) == SQLITE_ROW;
    while (more_a || more_b) {
        int order = !more_a ? 1 : !more_b ? -1 : strcmp(text_at(a, 0), text_at(b, 0));
        if (order == 0)
            order = strcmp(text_at(a, 1), text_at(b, 1));
        sqlite3_stmt *named = order <= 0 ? a : b;
        phrase where = PHRASE("verify.object", {"type", text_at(named, 0)}, {"name", text_at(named, 1)});
        if (order < 0)
            verify_note(found, arena, where, PHRASE("verify.object-strange", {0}));
        else if (order > 0)
            verify_note(found, arena, where, PHRASE("verify.object-missing", {0}));
        else if (!same_value(a, b, 2))
            verify_note(found, arena, where, PHRASE("verify.object-changed", {0}));
        if (order <= 0)
            more_a = sqlite3_step(a) == SQLITE_ROW;
        if (order >= 0)
            more_b = sqlite3_step(b) == SQLITE_ROW;
    }
    sqlite3_finalize(a);
    sqlite3_finalize(b);
}

static void key_of(sqlite3 *database, const char *table, buffer *to)
{
    sqlite3_stmt *statement = open_statement(database, KEY);
    sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
    while (sqlite3_step(statement) == SQLITE_ROW)
        buffer_add_format(to, "%s\"%s\"", to->length ? ", " : "", text_at(statement, 0));
    sqlite3_finalize(statement);
}

static int key_order(sqlite3_stmt *a, sqlite3_stmt *b, int keys)
{
    int columns = sqlite3_column_count(a);
    for (int at = columns - keys; at < columns; at++) {
        if (sqlite3_column_type(a, at) == SQLITE_INTEGER) {
            int64_t x = sqlite3_column_int64(a, at), y = sqlite3_column_int64(b, at);
            if (x != y)
                return x < y ? -1 : 1;
        } else {
            int order = strcmp(text_at(a, at), text_at(b, at));
            if (order)
                return order;
        }
    }
    return 0;
}

static void note_row(arena *arena, verification *found, const char *table, sqlite3_stmt *row, int keys, phrase what)
{
    verify_note(found, arena, PHRASE("verify.row", {"table", table}, {"row", text_at(row, sqlite3_column_count(row) - keys)}), what);
}

static void note_difference(arena *arena, verification *found, const char *table, sqlite3_stmt *a, sqlite3_stmt *b, int keys)
{
    for (int at = 0; at < sqlite3_column_count(a) - keys; at++)
        if (!same_value(a, b, at))
            note_row(arena, found, table, a, keys,
                     PHRASE("verify.column-differs", {"column", sqlite3_column_name(a, at)}, {"found", text_at(a, at)}, {"said", text_at(b, at)}));
}

static void compare_table(sqlite3 *live, sqlite3 *replayed, const char *table, arena *arena, verification *found)
{
    BUFFER_SCOPE buffer key = BUFFER_EMPTY, sql = BUFFER_EMPTY;
    key_of(replayed, table, &key);
    int keys = 1;
    for (const char *p = buffer_text(&key); *p; p++)
        keys += *p == ',';
    /* The key once more at the end of each row, to merge by. */
    buffer_add_format(&sql, "SELECT *, %s FROM \"%s\" ORDER BY %s", buffer_text(&key), table, buffer_text(&key));
    sqlite3_stmt *a = open_statement(live, sql.bytes), *b = open_statement(replayed, sql.bytes);
    if (!a || !b || sqlite3_column_count(a) != sqlite3_column_count(b)) {
        verify_note(found, arena, PHRASE("verify.table", {"table", table}), PHRASE("verify.columns-differ", {0}));
        sqlite3_finalize(a);
        sqlite3_finalize(b);
        return;
    }
    bool more_a = sqlite3_step(a) == SQLITE_ROW, more_b = sqlite3_step(b) == SQLITE_ROW;
    while ((more_a || more_b) && found->findings < 100) {
        int order = !more_a ? 1 : !more_b ? -1 : key_order(a, b, keys);
        if (order < 0)
            note_row(arena, found, table, a, keys, PHRASE("verify.row-strange", {0}));
        else if (order > 0)
            note_row(arena, found, table, b, keys, PHRASE("verify.row-missing", {0}));
        else
            note_difference(arena, found, table, a, b, keys);
        if (order <= 0)
            more_a = sqlite3_step(a) == SQLITE_ROW;
        if (order >= 0)
            more_b = sqlite3_step(b) == SQLITE_ROW;
    }
    sqlite3_finalize(a);
    sqlite3_finalize(b);
}

void compare_databases(store *live, replay *replay, arena *arena, verification *found)
{
    sqlite3 *replayed = replay_database(replay);
    compare_schema(live->database, replayed, arena, found);
    sqlite3_stmt *a = open_statement(live->database, "PRAGMA user_version"), *b = open_statement(replayed, "PRAGMA user_version");
    if (sqlite3_step(a) != SQLITE_ROW || sqlite3_step(b) != SQLITE_ROW || !same_value(a, b, 0))
        verify_note(found, arena, PHRASE("verify.version", {0}), PHRASE("verify.version-differs", {0}));
    sqlite3_finalize(a);
    sqlite3_finalize(b);
    sqlite3_stmt *tables = open_statement(replayed, TABLES);
    while (sqlite3_step(tables) == SQLITE_ROW)
        if (tables_kind(text_at(tables, 0)) == TABLE_RECORD)
            compare_table(live->database, replayed, text_at(tables, 0), arena, found);
    sqlite3_finalize(tables);
}

static void check_pragma(store *live, const char *sql, bool expects_ok, arena *arena, verification *found)
{
    sqlite3_stmt *statement = open_statement(live->database, sql);
    phrase where = PHRASE("verify.check", {"check", sql + strlen("PRAGMA ")});
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        if (!expects_ok || strcmp(text_at(statement, 0), "ok") != 0)
            verify_note(found, arena, where, PHRASE("verify.sqlite", {"message", arena_format(arena, "%s %s", text_at(statement, 0),
                        sqlite3_column_count(statement) > 1 ? text_at(statement, 1) : "")}));
    if (code != SQLITE_DONE)
        verify_note(found, arena, where, PHRASE("verify.sqlite", {"message", sqlite3_errmsg(live->database)}));
    sqlite3_finalize(statement);
}

static void check_contents(store *live, arena *arena, verification *found)
{
    sqlite3_stmt *statement = open_statement(live->database, CONTENTS);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        unsigned char digest[DIGEST_SIZE], stated[DIGEST_SIZE];
        digest_sha256(sqlite3_column_blob(statement, 1), (size_t)sqlite3_column_bytes(statement, 1), digest);
        if (!hexadecimal_read(text_at(statement, 0), stated, sizeof stated) || memcmp(digest, stated, sizeof digest) != 0)
            verify_note(found, arena, PHRASE("verify.content", {"digest", text_at(statement, 0)}), PHRASE("verify.content-differs", {0}));
    }
    sqlite3_finalize(statement);
}

static void check_secrets(store *live, const char *sql, arena *arena, verification *found)
{
    sqlite3_stmt *statement = open_statement(live->database, sql);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        const char *secret = (const char *)sqlite3_column_text(statement, 2);
        const char *digest = secret ? digest_text(arena, secret, strlen(secret)) : NULL;
        if (!text_equal(digest, (const char *)sqlite3_column_text(statement, 1)))
            verify_note(found, arena, PHRASE("verify.secret", {"person", text_at(statement, 0)}), PHRASE("verify.secret-differs", {0}));
    }
    sqlite3_finalize(statement);
}

void compare_alone(store *live, arena *arena, verification *found)
{
    check_pragma(live, "PRAGMA integrity_check", true, arena, found);
    check_pragma(live, "PRAGMA foreign_key_check", false, arena, found);
    check_contents(live, arena, found);
    check_secrets(live, SECRETS, arena, found);
    check_secrets(live, PINS, arena, found);
}
