/* Times the view `trace down` (through the runner, on an open store) against its bare SQL on a prepared statement, in one
 * run, one after the other; prints medians, their ratio and the peak of memory. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "magistral/act/runner.h"
#include "magistral/base/digest.h"
#include "magistral/store/trace.h"
#include "../timing.h"

enum { ROUNDS = 101 };

static void die(const char *what, const char *why)
{
    fprintf(stderr, "trace bench: %s: %s\n", what, why ? why : "failed");
    exit(1);
}

/* One call; with `ret_json` also how long its JSON takes. */
static double view(runner *runner, const char *lot, size_t *ret_dispensings, double *ret_json)
{
    const char *values[] = {lot};
    given_input inputs[] = {{.name = "thing", .values = values, .count = 1}};
    command command = {.act = "trace down", .inputs = inputs, .input_count = 1, .person = "person.1", .authenticated = true,
                       .at = "2026-02-01T08:00:00Z", .workstation = ""};
    ARENA_SCOPE arena *arena = arena_new();
    outcome outcome = outcome_new(arena);
    answer *answer = NULL;
    double started = now();
    if (runner_run(runner, &command, arena, &outcome, &answer) != DONE)
        die("trace down", outcome.failure ? outcome.failure : outcome.first ? outcome.first->rule : NULL);
    double took = (now() - started) / 1e3;
    *ret_dispensings = answer_children(answer_find(answer, "dispensings"));
    if (ret_json) {
        BUFFER_SCOPE buffer json = BUFFER_EMPTY;
        started = now();
        if (answer_write_json(answer, &json) != DONE)
            die("json", NULL);
        *ret_json = (now() - started) / 1e3;
    }
    return took;
}

static double bare(sqlite3_stmt *statement, int64_t lot, size_t *ret_rows)
{
    size_t rows = 0, bytes = 0;
    double started = now();
    sqlite3_reset(statement);
    sqlite3_bind_int64(statement, sqlite3_bind_parameter_index(statement, ":lot"), lot);
    int columns = sqlite3_column_count(statement);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int i = 0; i < columns; i++)
            if (sqlite3_column_type(statement, i) == SQLITE_TEXT)
                bytes += (size_t)sqlite3_column_bytes(statement, i) + (sqlite3_column_text(statement, i) != NULL);
            else
                bytes += (size_t)sqlite3_column_int64(statement, i) & 1;
        rows++;
    }
    double took = (now() - started) / 1e3;
    *ret_rows = rows + (bytes == 0);
    return took;
}

int main(int argc, char **argv)
{
    if (argc != 3 || !digest_start())
        die("usage", "trace_bench DATABASE LOT");
    ARENA_SCOPE arena *arena = arena_new();
    outcome outcome = outcome_new(arena);
    STORE_SCOPE store *store = NULL;
    RUNNER_SCOPE runner *runner = NULL;
    if (store_open(argv[1], STORE_READS, &outcome, &store) != DONE || runner_new(store, NULL, &outcome, &runner) != DONE)
        die(argv[1], outcome.failure ? outcome.failure : outcome.first ? outcome.first->rule : NULL);
    sqlite3 *database = NULL;
    sqlite3_stmt *statement = NULL;
    if (sqlite3_open_v2(argv[1], &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        sqlite3_exec(database, "PRAGMA cache_size=-8192", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(database, TRACE_DOWN.sql, -1, &statement, NULL) != SQLITE_OK)
        die("bare", sqlite3_errmsg(database));
    static double views[ROUNDS], bares[ROUNDS], jsons[ROUNDS];
    size_t dispensings = 0, rows = 0;
    int64_t lot = strtoll(strrchr(argv[2], '-') + 1, NULL, 10);
    for (int i = 0; i < ROUNDS; i++) {
        views[i] = view(runner, argv[2], &dispensings, NULL);
        bares[i] = bare(statement, lot, &rows);
    }
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    for (int i = 0; i < ROUNDS; i++)
        (void)view(runner, argv[2], &dispensings, &jsons[i]);
    double a = median(views, ROUNDS), b = median(bares, ROUNDS);
    printf("trace down %s: %zu dispensings, %zu rows\n", argv[2], dispensings, rows);
    printf("  median: view %.2f ms, bare SQL %.2f ms, ratio %.2f (fastest: %.2f, %.2f); JSON %.2f ms more; peak %ld KiB   aim <= 5 ms, <= 1.5\n", a, b, a / b,
           views[0], bares[0], median(jsons, ROUNDS), use.ru_maxrss);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return 0;
}
