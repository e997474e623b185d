/* The plan of the trace, pinned: every table that grows is searched by an index, none is scanned, none gets an automatic index. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "magistral/base/digest.h"
#include "magistral/store/trace.h"

#include <cmocka.h> /* last: it has a macro called fail */

static char path[64];
static sqlite3 *database;

static int make(void **state)
{
    (void)state;
    ARENA_SCOPE arena *arena = arena_new();
    outcome outcome = outcome_new(arena);
    STORE_SCOPE store *store = NULL;
    snprintf(path, sizeof path, "/tmp/magistral-trace-%d.db", (int)getpid());
    if (!digest_start() || store_create(path, &outcome, &store) != DONE ||
        store_migrate(store, "2026-01-01T00:00:00.000Z", "UTC") != DONE)
        return -1;
    return sqlite3_open(path, &database);
}

static int forget(void **state)
{
    (void)state;
    sqlite3_close(database);
    static const char *const endings[] = {"", "-wal", "-shm", ".owner"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char file[96];
        snprintf(file, sizeof file, "%s%s", path, endings[i]);
        unlink(file);
    }
    return 0;
}

/* What is read from its beginning is one of the short lists that the query itself makes first. */
static int is_short(const char *detail)
{
    static const char *const lists[] = {"SCAN u", "SCAN used", "SCAN taken", "SCAN x", "SCAN lots", "SCAN CONSTANT ROW"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strcmp(detail, lists[i]) == 0)
            return 1;
    return 0;
}

static void check_plan(const query *query)
{
    char sql[20000];
    sqlite3_stmt *plan = NULL;
    int steps = 0;
    snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", query->sql);
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &plan, NULL), SQLITE_OK);
    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *detail = (const char *)sqlite3_column_text(plan, 3);
        steps++;
        if ((strncmp(detail, "SCAN", 4) == 0 && !is_short(detail)) || strstr(detail, "AUTOMATIC"))
            fail_msg("%s: %s", query->name, detail);
    }
    sqlite3_finalize(plan);
    assert_true(steps > 5);
}

static void start_is_searched(void **state)
{
    (void)state;
    check_plan(&TRACE_START);
}

static void down_is_searched(void **state)
{
    (void)state;
    check_plan(&TRACE_DOWN);
}

static void up_is_searched(void **state)
{
    (void)state;
    check_plan(&TRACE_UP);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(start_is_searched),
        cmocka_unit_test(down_is_searched),
        cmocka_unit_test(up_is_searched),
    };
    return cmocka_run_group_tests(tests, make, forget);
}
