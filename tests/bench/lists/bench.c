/* Times the first, a middle and the last page of each long list on the generated database, and with the filters that are used most:
 * a page through the runner and as JSON, median of some rounds. Labels and journal entries, as many as bottles, are added first. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "magistral/act/runner.h"
#include "magistral/base/digest.h"
#include "../timing.h"

enum { ROUNDS = 21, MOST_INPUTS = 5 };

static const char *const million[] = {
    "BEGIN",
    "CREATE TEMP TABLE n (i INTEGER PRIMARY KEY)",
    "INSERT INTO n WITH RECURSIVE k (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < (SELECT count(*) FROM bottle)) SELECT i FROM k",
    "INSERT INTO label (id, number, kind, subject, batch, document, token, shown_state, state, reason, printed_by, printed_at) SELECT i, "
    "printf('E26-%07d', i), 'bottle', printf('B26-%06d/%d', (i - 1) / 10 + 1, (i - 1) % 10 + 1), (i - 1) / 10 + 1, 1, printf('%026d', i), 'released', "
    "'applied', NULL, 1, '2026-01-21T08:00:00.000Z' FROM n",
    "INSERT INTO journal (sequence, at, zone, person, workstation, program, schema_version, template_version, act, key, inputs, reason, meaning, "
    "signed_digest, answer, changes, leaf) SELECT i + 100, printf('2026-%02d-%02dT08:00:00.000Z', i / 100000 % 12 + 1, i / 4000 % 28 + 1), 'Europe/Paris', "
    "printf('person.%d', i % 20 + 1), '', '0', 1, '0', iif(i % 1000, 'step record', 'batch release'), NULL, '{}', NULL, NULL, NULL, '{}', x'', zeroblob(32) FROM n",
    "INSERT INTO journal_subject (kind, number, sequence) SELECT 'batch', printf('B26-%06d', (i - 1) / 10 + 1), i + 100 FROM n",
    "COMMIT",
};

/* One page: a view, what it is asked, and where a middle page begins. */
static const struct {
    const char *view, *inputs[MOST_INPUTS], *middle;
} lists[] = {
    {"batch list", {NULL}, "~50000"},
    {"batch list", {"sort=expiry"}, "2026-07-11~50000"},
    {"batch list", {"sort=made-on", "direction=descending"}, "2026-01-12~50000"},
    {"batch list", {"state=released"}, "2026-07-11~50000"},
    {"batch list", {"state=held"}, NULL},
    {"batch list", {"find=B26-05"}, "B26-054000~54000"},
    {"lot list", {NULL}, "~1200"},
    {"lot list", {"sort=limit-day"}, "2029-12-31~1200"},
    {"lot list", {"find=l000123"}, NULL},
    {"lot list", {"state=exhausted"}, "~1200"},
    {"request list", {NULL}, "~500000"},
    {"request list", {"sort=prescribed-on"}, "2026-01-02~500000"},
    {"request list", {"state=accepted"}, "~500000"},
    {"request list", {"state=received"}, NULL},
    {"dispensing list", {NULL}, "~500000"},
    {"dispensing list", {"sort=at"}, "2026-01-22T08:00:00.000Z~500000"},
    {"dispensing list", {"sort=batch", "direction=descending"}, "50000~500000"},
    {"dispensing list", {"state=handed-over"}, "~500000"},
    {"dispensing list", {"state=confirmed"}, NULL},
    {"dispensing list", {"since=2026-01-20"}, "2026-01-22T08:00:00.000Z~500000"},
    {"dispensing list", {"batch=B26-050000"}, NULL},
    {"dispensing list", {"patient=P-100000"}, NULL},
    {"dispensing list", {"find=2026/05"}, "2026/0550000~550000"},
    {"dispensing list", {"sort=at", "state=cancelled"}, NULL},
    {"result list", {NULL}, "~150000"},
    {"document list", {NULL}, "~100000"},
    {"document list", {"kind=batch-record"}, "~100000"},
    {"label list", {NULL}, "~500000"},
    {"label list", {"kind=bottle"}, "~500000"},
    {"deviation list", {NULL}, NULL},
    {"audit list", {NULL}, "~500000"},
    {"audit list", {"person=person.7"}, "~500000"},
    {"audit list", {"act=batch release"}, "~500000"},
    {"audit list", {"number=B26-050000"}, NULL},
    {"audit list", {"since=2026-05-01", "until=2026-06-30"}, "2026-06-14T08:00:00.000Z~450000"},
    {"audit list", {"kind=lot"}, NULL},
};

static void die(const char *what, const char *why)
{
    fprintf(stderr, "lists bench: %s: %s\n", what, why ? why : "failed");
    exit(1);
}

static void add_million(const char *path)
{
    sqlite3 *database = NULL;
    sqlite3_stmt *count = NULL;
    if (sqlite3_open(path, &database) != SQLITE_OK || sqlite3_prepare_v2(database, "SELECT 1 FROM label LIMIT 1", -1, &count, NULL) != SQLITE_OK)
        die(path, sqlite3_errmsg(database));
    bool there = sqlite3_step(count) == SQLITE_ROW;
    sqlite3_finalize(count);
    for (size_t i = 0; !there && i < sizeof million / sizeof *million; i++)
        if (sqlite3_exec(database, million[i], NULL, NULL, NULL) != SQLITE_OK)
            die(million[i], sqlite3_errmsg(database));
    sqlite3_close(database);
}

/* One page; its rows are counted. */
static double page(runner *runner, size_t which, const char *place, const char *at, size_t *ret_rows)
{
    ARENA_SCOPE arena *arena = arena_new();
    outcome outcome = outcome_new(arena);
    given_input inputs[MOST_INPUTS + 2];
    const char *values[MOST_INPUTS + 2];
    size_t count = 0;
    for (size_t i = 0; i < MOST_INPUTS && lists[which].inputs[i]; i++, count++) {
        const char *equal = strchr(lists[which].inputs[i], '=');
        values[count] = equal + 1;
        inputs[count] = (given_input){arena_copy(arena, lists[which].inputs[i], (size_t)(equal - lists[which].inputs[i])), &values[count], 1};
    }
    values[count] = "50";
    inputs[count] = (given_input){"most", &values[count], 1};
    count++;
    if (place) {
        values[count] = at;
        inputs[count] = (given_input){place, &values[count], 1};
        count++;
    }
    command command = {.act = lists[which].view, .inputs = inputs, .input_count = count, .person = "person.1", .authenticated = true,
                       .at = "2026-02-01T08:00:00Z", .workstation = ""};
    answer *answer = NULL;
    BUFFER_SCOPE buffer json = BUFFER_EMPTY;
    double began = now();
    if (runner_run(runner, &command, arena, &outcome, &answer) != DONE || answer_write_json(answer, &json) != DONE)
        die(lists[which].view, outcome.failure ? outcome.failure : outcome.first ? outcome.first->rule : NULL);
    double took = (now() - began) / 1e3;
    *ret_rows = answer_children(answer->first);
    return took;
}

static void print_median(runner *runner, size_t which, const char *place, const char *at)
{
    double times[ROUNDS];
    size_t rows = 0;
    for (int i = 0; i < ROUNDS; i++)
        times[i] = page(runner, which, place, at, &rows);
    printf("  %7.2f (%2zu)", median(times, ROUNDS), rows);
}

int main(int argc, char **argv)
{
    ARENA_SCOPE arena *arena = arena_new();
    outcome outcome = outcome_new(arena);
    STORE_SCOPE store *store = NULL;
    RUNNER_SCOPE runner *runner = NULL;
    if (argc != 2 || !digest_start())
        die("usage", "lists_bench DATABASE");
    add_million(argv[1]);
    if (store_open(argv[1], STORE_READS, &outcome, &store) != DONE || runner_new(store, NULL, &outcome, &runner) != DONE)
        die(argv[1], outcome.failure);
    printf("%-52s  %12s  %12s  %12s   ms, median of %d (rows)\n", "a page of 50", "first", "middle", "last", ROUNDS);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        char asked[160] = "";
        for (size_t k = 0; k < MOST_INPUTS && lists[i].inputs[k]; k++)
            snprintf(asked + strlen(asked), sizeof asked - strlen(asked), " %s", lists[i].inputs[k]);
        printf("%-16s%-36s", lists[i].view, asked);
        print_median(runner, i, NULL, NULL);
        if (lists[i].middle)
            print_median(runner, i, "after", lists[i].middle);
        else
            printf("  %12s", "");
        print_median(runner, i, "before", "~");
        printf("\n");
    }
    return 0;
}
