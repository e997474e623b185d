/* Bare durable commits one at a time, write-ahead log, synchronous=FULL: commits FILE COUNT prints the median in microseconds. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../timing.h"

enum { MOST = 100000 };

int main(int argc, char **argv)
{
    static double times[MOST];
    sqlite3 *database = NULL;
    sqlite3_stmt *insert = NULL;
    int count = argc == 3 ? atoi(argv[2]) : 0;
    char body[201];
    if (count < 1 || count > MOST || sqlite3_open(argv[1], &database) != SQLITE_OK ||
        sqlite3_exec(database, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE entry (id INTEGER PRIMARY KEY, at TEXT NOT NULL, "
                               "kind TEXT NOT NULL, body TEXT NOT NULL) STRICT; CREATE INDEX entry_of_kind ON entry (kind, at)", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(database, "INSERT INTO entry (at, kind, body) VALUES ('2026-01-12T08:00:00.000Z', 'weighing', ?1)", -1, &insert, NULL) != SQLITE_OK)
        return 74;
    memset(body, 'x', 200);
    for (int i = 0; i < count; i++) {
        double began = now();
        sqlite3_bind_text(insert, 1, body, 200, SQLITE_STATIC);
        if (sqlite3_step(insert) != SQLITE_DONE || sqlite3_reset(insert) != SQLITE_OK)
            return 70;
        times[i] = now() - began;
    }
    sqlite3_finalize(insert);
    sqlite3_close(database);
    printf("%.1f\n", median(times, (size_t)count));
    return 0;
}
