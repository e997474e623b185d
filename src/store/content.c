#include <string.h>

#include "magistral/base/digest.h"
#include "statement.h"

static const char PUT[] = "INSERT INTO content (digest, type, size, bytes) SELECT ?1, ?2, ?3, ?4 "
                          "WHERE NOT EXISTS (SELECT 1 FROM content WHERE digest = ?1)";
static const char GET[] = "SELECT type, bytes FROM content WHERE digest = ?1";

static ending kept(store *store, int which, const char *sql, sqlite3_stmt **ret_statement)
{
    if (!store->content_statements[which])
        TRY(store_prepare(store, sql, &store->content_statements[which]));
    sqlite3_reset(store->content_statements[which]);
    *ret_statement = store->content_statements[which];
    return DONE;
}

ending store_put_content(store *store, const char *type, const void *bytes, size_t length, arena *arena, const char **ret_digest)
{
    const char *digest = digest_text(arena, bytes, length);
    sqlite3_stmt *statement = NULL;
    TRY(kept(store, 0, PUT, &statement));
    sqlite3_bind_text(statement, 1, digest, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, type, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, (sqlite3_int64)length);
    sqlite3_bind_blob64(statement, 4, length > 0 ? bytes : "", length, SQLITE_STATIC);
    ending result = DONE;
    if (sqlite3_step(statement) != SQLITE_DONE)
        result = store_explain(store, sqlite3_extended_errcode(store->database), "content");
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    if (result == DONE && store->changes_failed)
        result = fail(store->outcome, "content: its change could not be noted");
    if (result == DONE)
        *ret_digest = digest;
    return result;
}

ending store_content(store *store, const char *digest, arena *arena, const char **ret_type, const char **ret_bytes,
                     size_t *ret_length, bool *ret_found)
{
    sqlite3_stmt *statement = NULL;
    TRY(kept(store, 1, GET, &statement));
    sqlite3_bind_text(statement, 1, digest, -1, SQLITE_STATIC);
    int code = sqlite3_step(statement);
    ending result = DONE;
    *ret_found = code == SQLITE_ROW;
    if (code == SQLITE_ROW) {
        *ret_type = arena_text(arena, (const char *)sqlite3_column_text(statement, 0));
        *ret_length = (size_t)sqlite3_column_bytes(statement, 1);
        *ret_bytes = arena_copy(arena, sqlite3_column_blob(statement, 1), *ret_length);
    } else if (code != SQLITE_DONE) {
        result = store_explain(store, sqlite3_extended_errcode(store->database), "content");
    }
    sqlite3_reset(statement);
    return result;
}
