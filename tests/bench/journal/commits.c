/* Bare durable commits, the measure for `apply`: one row and one index a commit, write-ahead log, synchronous=FULL.
 * commits FILE COUNT prints seconds. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void run(sqlite3 *database, const char *sql)
{
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(database));
        exit(1);
    }
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 64;
    sqlite3 *database = NULL;
    if (sqlite3_open(argv[1], &database) != SQLITE_OK)
        return 74;
    run(database, "PRAGMA journal_mode=WAL");
    run(database, "PRAGMA synchronous=FULL");
    run(database, "CREATE TABLE entry (id INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL) STRICT");
    run(database, "CREATE INDEX entry_of_kind ON entry (kind, at)");
    sqlite3_stmt *insert = NULL;
    sqlite3_prepare_v2(database, "INSERT INTO entry (at, kind, body) VALUES ('2026-01-12T08:00:00.000Z', ?1, ?2)", -1, &insert, NULL);
    char body[201];
    memset(body, 'x', 200);
    body[200] = 0;
    double started = seconds();
    for (int i = 0; i < atoi(argv[2]); i++) {
        sqlite3_bind_text(insert, 1, i % 2 ? "weighing" : "step", -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 2, body, 200, SQLITE_STATIC);
        if (sqlite3_step(insert) != SQLITE_DONE)
            return 1;
        sqlite3_reset(insert);
    }
    printf("%.6f\n", seconds() - started);
    sqlite3_finalize(insert);
    sqlite3_close(database);
    return 0;
}
