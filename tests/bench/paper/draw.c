/* One certificate in a fresh process, the database read included and the password left out (it is timed for itself):
 * bench_paper DATABASE PERSON BATCH FILE */
#include <stdio.h>

#include "magistral/act/runner.h"
#include "magistral/base/digest.h"

static given_input one(const char *name, const char *const *value)
{
    return (given_input){.name = name, .values = value, .count = 1};
}

int main(int argc, char **argv)
{
    if (argc != 5 || !digest_start())
        return 64;
    ARENA_SCOPE arena *arena = arena_new();
    outcome outcome = outcome_new(arena);
    STORE_SCOPE store *store = NULL;
    RUNNER_SCOPE runner *runner = NULL;
    answer *answer = NULL;
    const char *const kind[] = {"certificate-of-analysis"}, *const batch[] = {argv[3]}, *const file[] = {argv[4]};
    const given_input inputs[] = {one("kind", kind), one("batch", batch), one("save", file)};
    const command command = {.act = "document preview", .inputs = inputs, .input_count = 3, .person = argv[2], .authenticated = true,
                             .at = "2026-02-05T08:00:00Z", .workstation = ""};
    ending result = store_open(argv[1], STORE_READS, &outcome, &store);
    if (result == DONE)
        result = runner_new(store, NULL, &outcome, &runner);
    if (result == DONE)
        result = runner_run(runner, &command, arena, &outcome, &answer);
    if (result != DONE)
        fprintf(stderr, "%s %s\n", outcome.failure ? outcome.failure : "", outcome.first ? outcome.first->rule : "");
    return result == DONE ? 0 : 1;
}
