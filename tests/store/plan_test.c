/* The plans of the trace and of the home page, pinned: every table that grows is searched by an index, none is scanned, none gets an
 * automatic index; of the home page what is over is never read, however much of it there is. */
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
#include "magistral/store/document.h"
#include "magistral/store/home.h"
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
    snprintf(path, sizeof path, "/tmp/magistral-plan-%d.db", (int)getpid());
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

/* What may be read from its beginning: of the trace, the short lists that the query itself makes first. */
static int is_short_of_trace(const char *detail)
{
    static const char *const lists[] = {"SCAN u", "SCAN used", "SCAN taken", "SCAN x", "SCAN lots", "SCAN CONSTANT ROW"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strcmp(detail, lists[i]) == 0)
            return 1;
    return 0;
}

/* Of the home page, only what is few by nature, or an index that holds nothing but what waits. */
static int is_short_of_home(const char *detail)
{
    static const char *const lists[] = {"SCAN e", "SCAN paper", "SCAN draft"};
    static const char *const indexes[] = {"lot_recalled", "request_waiting", "deviation_waiting", "result_waiting", "label_waiting", "dispensing_waiting"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strncmp(detail, lists[i], strlen(lists[i])) == 0 && strchr(" ", detail[strlen(lists[i])]))
            return 1;
    for (size_t i = 0; i < sizeof indexes / sizeof *indexes; i++)
        if (strstr(detail, indexes[i]))
            return 1;
    return 0;
}

/* All that were ever released is nearly all batches. */
static int is_of_all_released(const query *query, const char *detail)
{
    return strstr(query->sql, "'released'") && (strstr(detail, "batch_of_state") || strstr(detail, "batch_of_expiry (state=?)"));
}

/* Fails on the first step that reads too much; returns how many steps there are. */
static int check_plan(const query *query, int (*is_short)(const char *detail))
{
    sqlite3_stmt *plan = NULL;
    char sql[20000];
    int steps = 0;
    snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", query->sql);
    if (sqlite3_prepare_v2(database, sql, -1, &plan, NULL) != SQLITE_OK)
        fail_msg("%s: %s", query->name, sqlite3_errmsg(database));
    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *detail = (const char *)sqlite3_column_text(plan, 3);
        steps++;
        if ((strncmp(detail, "SCAN", 4) == 0 && !is_short(detail)) || strstr(detail, "AUTOMATIC") || is_of_all_released(query, detail))
            fail_msg("%s: %s", query->name, detail);
    }
    sqlite3_finalize(plan);
    return steps;
}

static void the_trace_searches(void **state)
{
    (void)state;
    static const query *const queries[] = {&TRACE_START, &TRACE_DOWN, &TRACE_UP};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        assert_true(check_plan(queries[i], is_short_of_trace) > 5);
}

static void nothing_over_is_read(void **state)
{
    (void)state;
    static const query *const queries[] = {
        &HOME_RECALLED_LOTS, &HOME_DEVIATIONS, &HOME_HELD, &HOME_PORTIONS, &HOME_DISPENSINGS, &HOME_LOTS,
        &HOME_REQUESTS, &HOME_LABELS, &HOME_BALANCES, &HOME_CALIBRATIONS, &HOME_EXPIRING_LOTS, &HOME_EXPIRING_BATCHES, &HOME_FORMULAS,
        &HOME_TEMPLATES, &HOME_FALLEN_LOTS, &HOME_FALLEN_BATCHES, &HOME_RESULTS, &HOME_BATCHES,
        &HOME_CONTROLS_DUE, &DOCUMENT_OF_SUBJECT,
    };
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        assert_true(check_plan(queries[i], is_short_of_home) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_trace_searches),
        cmocka_unit_test(nothing_over_is_read),
    };
    return cmocka_run_group_tests(tests, make, forget);
}
