/* The plans of the trace, the home page and the lists, pinned: every table that grows is searched by an index, none is scanned, none gets an
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
#include "magistral/store/list.h"
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
    static const char *const indexes[] = {"lot_recalled", "request_waiting", "deviation_waiting", "result_waiting", "label_waiting", "dispensing_waiting", "investigation_under_way", "bottle_opening_waiting", "paper_form_waiting", "excursion_waiting", "excursion_condemned", "destruction_proposed"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strncmp(detail, lists[i], strlen(lists[i])) == 0 && strchr(" ", detail[strlen(lists[i])]))
            return 1;
    for (size_t i = 0; i < sizeof indexes / sizeof *indexes; i++)
        if (strstr(detail, indexes[i]))
            return 1;
    return 0;
}

/* All that were ever released is nearly all batches, all that were ever accepted is nearly all lots. */
static int is_of_nearly_all(const query *query, const char *detail)
{
    return (strstr(query->sql, "'released'") && (strstr(detail, "batch_of_state") || strstr(detail, "batch_of_expiry (state=?)"))) ||
           (strstr(query->sql, "'accepted'") && strstr(detail, "lot_of_state (state=?)"));
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
        if ((strncmp(detail, "SCAN", 4) == 0 && !is_short(detail)) || strstr(detail, "AUTOMATIC") || (is_short == is_short_of_home && is_of_nearly_all(query, detail)))
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
        &HOME_RECALLED_LOTS, &HOME_DEVIATIONS, &HOME_HELD, &HOME_PORTIONS, &HOME_OPENINGS, &HOME_FORMS, &HOME_EMERGENCIES, &HOME_DISPENSINGS, &HOME_LOTS,
        &HOME_REQUESTS, &HOME_LABELS, &HOME_BALANCES, &HOME_CALIBRATIONS, &HOME_EXPIRING_LOTS, &HOME_EXPIRING_BATCHES, &HOME_FORMULAS,
        &HOME_TEMPLATES, &HOME_FALLEN_LOTS, &HOME_FALLEN_BATCHES, &HOME_DESTRUCTIONS, &HOME_RESULTS, &HOME_BATCHES,
        &HOME_CONTROLS_DUE, &HOME_SAMPLES, &HOME_INVESTIGATIONS, &HOME_ORDERS, &HOME_EXCURSIONS, &HOME_CONDEMNED, &HOME_BROKEN, &DOCUMENT_OF_SUBJECT,
    };
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        assert_true(check_plan(queries[i], is_short_of_home) > 0);
}

/* Of a page of a list nothing is read from its beginning, not even an index; the kinds of the journal are stepped through. */
static int is_short_of_list(const char *detail)
{
    static const char *const lists[] = {"SCAN kinds", "SCAN CONSTANT ROW"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strcmp(detail, lists[i]) == 0)
            return 1;
    return 0;
}

/* The first step that searches reads the list by this index, in its order: nothing is sorted. */
static void check_order(const query *query, const char *index)
{
    sqlite3_stmt *plan = NULL;
    char sql[20000];
    snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", query->sql);
    if (sqlite3_prepare_v2(database, sql, -1, &plan, NULL) != SQLITE_OK)
        fail_msg("%s: %s", query->name, sqlite3_errmsg(database));
    for (bool first = true; sqlite3_step(plan) == SQLITE_ROW;) {
        const char *detail = (const char *)sqlite3_column_text(plan, 3);
        if (getenv("PLANS"))
            fprintf(stderr, "%s: %s\n", query->name, detail);
        if (first && strncmp(detail, "SEARCH", 6) == 0 && !strstr(detail, index))
            fail_msg("%s does not read by %s: %s", query->name, index, detail);
        first = first && strncmp(detail, "SEARCH", 6) != 0;
        if (strstr(detail, "B-TREE FOR ORDER BY"))
            fail_msg("%s: %s", query->name, detail);
    }
    sqlite3_finalize(plan);
}

static void a_page_of_a_list_reads_a_page(void **state)
{
    (void)state;
    static const struct {
        const list_order *order;
        const char *index;
    } orders[] = {
        {&LIST_BATCHES, "PRIMARY KEY (rowid"},
        {&LIST_BATCHES_FOUND, "sqlite_autoindex_batch_1 (number"},
        {&LIST_BATCHES_OF_STATE, "INDEX batch_of_state (state=? AND rowid"},
        {&LIST_BATCHES_ON_HOLD, "INDEX batch_on_hold (held=? AND rowid"},
        {&LIST_BATCHES_BY_MADE_ON, "INDEX batch_by_made_on ("},
        {&LIST_BATCHES_BY_EXPIRY, "INDEX batch_by_expiry ("},
        {&LIST_BATCHES_OF_STATE_BY_EXPIRY, "INDEX batch_of_expiry (state=? AND "},
        {&LIST_LOTS, "PRIMARY KEY (rowid"},
        {&LIST_LOTS_BY_RECEIVED_ON, "INDEX lot_by_received_on ("},
        {&LIST_LOTS_BY_LIMIT_DAY, "INDEX lot_by_limit_day ("},
        {&LIST_REQUESTS, "PRIMARY KEY (rowid"},
        {&LIST_REQUESTS_FOUND, "sqlite_autoindex_request_1 ("},
        {&LIST_REQUESTS_OF_STATE, "INDEX request_of_state (state=? AND rowid"},
        {&LIST_REQUESTS_OF_PATIENT, "INDEX request_of_patient (patient=? AND rowid"},
        {&LIST_REQUESTS_BY_PRESCRIBED_ON, "INDEX request_by_prescribed_on ("},
        {&LIST_DISPENSINGS, "PRIMARY KEY (rowid"},
        {&LIST_DISPENSINGS_FOUND, "sqlite_autoindex_dispensing_1 ("},
        {&LIST_DISPENSINGS_OF_BATCH, "INDEX dispensing_by_batch (batch=? AND rowid"},
        {&LIST_DISPENSINGS_OF_REQUEST, "INDEX dispensing_of_request (request=? AND rowid"},
        {&LIST_DISPENSINGS_OF_PATIENT, "INDEX dispensing_of_patient (patient=? AND rowid"},
        {&LIST_DISPENSINGS_OF_STATE, "INDEX dispensing_of_state (state=? AND rowid"},
        {&LIST_DISPENSINGS_BY_AT, "INDEX dispensing_by_confirmed_at ("},
        {&LIST_DISPENSINGS_BY_BATCH, "INDEX dispensing_by_batch ("},
        {&LIST_DEVIATIONS, "PRIMARY KEY (rowid"},
        {&LIST_DEVIATIONS_FOUND, "sqlite_autoindex_deviation_1 ("},
        {&LIST_DEVIATIONS_OF_STATE, "INDEX deviation_of_state (state=? AND rowid"},
        {&LIST_RESULTS, "PRIMARY KEY (rowid"},
        {&LIST_RESULTS_FOUND, "sqlite_autoindex_result_1 ("},
        {&LIST_RESULTS_OF_STATE, "INDEX result_of_state (state=? AND rowid"},
        {&LIST_INVESTIGATIONS, "PRIMARY KEY (rowid"},
        {&LIST_INVESTIGATIONS_FOUND, "sqlite_autoindex_investigation_1 ("},
        {&LIST_INVESTIGATIONS_OF_BATCH, "INDEX investigation_of_batch (batch=? AND rowid"},
        {&LIST_ORDERS, "PRIMARY KEY (rowid"},
        {&LIST_ORDERS_FOUND, "sqlite_autoindex_laboratory_order_1 ("},
        {&LIST_SAMPLES, "PRIMARY KEY (rowid"},
        {&LIST_SAMPLES_FOUND, "sqlite_autoindex_sample_1 ("},
        {&LIST_DOCUMENTS, "PRIMARY KEY (rowid"},
        {&LIST_DOCUMENTS_FOUND, "sqlite_autoindex_document_1 ("},
        {&LIST_DOCUMENTS_OF_SUBJECT, "INDEX document_by_subject (subject=? AND rowid"},
        {&LIST_DOCUMENTS_OF_KIND, "INDEX document_of_kind (kind=? AND rowid"},
        {&LIST_LABELS, "PRIMARY KEY (rowid"},
        {&LIST_LABELS_FOUND, "sqlite_autoindex_label_1 ("},
        {&LIST_LABELS_OF_BATCH, "INDEX label_of_batch (batch=? AND rowid"},
        {&LIST_LABELS_OF_SUBJECT, "INDEX label_by_subject (subject=? AND rowid"},
        {&LIST_LABELS_OF_KIND, "INDEX label_of_kind (kind=? AND rowid"},
        {&LIST_EVENTS, "INDEX event_by_at ("},
        {&LIST_EVENTS_OF_KIND, "INDEX event_of_kind (kind=? AND "},
        {&LIST_ENTRIES, "PRIMARY KEY (rowid"},
        {&LIST_ENTRIES_OF_PERSON, "INDEX journal_by_person (person=? AND rowid"},
        {&LIST_ENTRIES_OF_ACT, "INDEX journal_act (act=? AND "},
        {&LIST_ENTRIES_BY_AT, "INDEX journal_by_at ("},
    };
    /* Few by nature, and so sorted: the results and deviations of one batch, the entries of one thing. */
    static const list_order *const of_one_thing[] = {&LIST_RESULTS_OF_BATCH, &LIST_SAMPLES_OF_BATCH, &LIST_ORDERS_OF_BATCH, &LIST_DEVIATIONS_OF_BATCH, &LIST_ENTRIES_OF_NUMBER};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        check_order(orders[i].order->up, orders[i].index);
        check_order(orders[i].order->down, orders[i].index);
        assert_true(check_plan(orders[i].order->up, is_short_of_list) > 0 && check_plan(orders[i].order->down, is_short_of_list) > 0);
    }
    for (size_t i = 0; i < sizeof of_one_thing / sizeof *of_one_thing; i++)
        assert_true(check_plan(of_one_thing[i]->up, is_short_of_list) > 0 && check_plan(of_one_thing[i]->down, is_short_of_list) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_trace_searches),
        cmocka_unit_test(nothing_over_is_read),
        cmocka_unit_test(a_page_of_a_list_reads_a_page),
    };
    return cmocka_run_group_tests(tests, make, forget);
}
