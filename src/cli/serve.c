/* serve: one process owns the database; the command line hands it its acts, QR codes lead to its pages. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "cli.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/day.h"
#include "magistral/base/typography.h"
#include "magistral/web/web.h"

enum { PORT = 8080 };

/* What is open while it serves; closed in the opposite order. */
typedef struct serving {
    writer writer;
    door *door;
    web *web;
    int signals;
} serving;

static bool read_port(const words *words, int *ret_port)
{
    *ret_port = PORT;
    if (words->count == 1)
        return true;
    if (words->count != 3 || strcmp(words->rest[1], "--port") != 0)
        return false;
    char *end = NULL;
    long port = strtol(words->rest[2], &end, 10);
    *ret_port = (int)port;
    return *words->rest[2] && !*end && port >= 0 && port <= 65535;
}

/* Taken by a descriptor, so that an act under way is never cut; before any thread is made, so that all of them wait. */
static int take_signals(void)
{
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGHUP);
    sigprocmask(SIG_BLOCK, &ending, NULL);
    return signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* A write failed on a thread of the pages: the one that waits for callers is told as by a person. */
static void end_serving(void *unused)
{
    (void)unused;
    kill(getpid(), SIGTERM);
}

static ending open_all(const words *words, int port, arena *arena, outcome *outcome, serving *serving)
{
    handover *other = NULL;
    TRY(handover_or_open(&words->options, OPEN_WRITES, false, arena, outcome, &serving->writer.store, &other));
    if (other) {
        handover_close(other);
        return refuse(outcome, "STORE-11", "database", "path", words->options.database, NULL);
    }
    RUNNER_SCOPE runner *runner = NULL;
    int64_t instant = 0;
    const char *clock = words->options.clock;
    TRY(runner_new(serving->writer.store, NULL, outcome, &runner));
    if (clock && !runner_is_rehearsal(runner))
        return refuse(outcome, "CALL-12", "clock", NULL);
    if (clock && !instant_parse(clock, &instant))
        return refuse(outcome, "CALL-23", "clock", "value", clock, NULL);
    TRY(store_prepare_all(serving->writer.store));
    TRY(passwords_open(words->options.database, outcome, &serving->writer.passwords));
    TRY(door_open(&serving->writer, outcome, &serving->door));
    web_setting setting = {.writer = &serving->writer, .port = port, .clock = clock, .broken = end_serving};
    return web_start(&setting, outcome, &serving->web);
}

static void print_address(const serving *serving, bool json, language language, arena *arena)
{
    const char *address = arena_format(arena, "http://127.0.0.1:%d/", web_port(serving->web));
    const char *socket = arena_format(arena, "%s.socket", store_path(serving->writer.store));
    if (json) {
        outcome outcome = outcome_new(arena);
        answer *done = answer_object(arena);
        put_text(done, "address", address);
        put_text(done, "socket", socket);
        show_ending(DONE, &outcome, done, true, language, "UTC", stdout);
        return;
    }
    refusal_value values[] = {{"address", address}, {"socket", socket}, {"database", store_path(serving->writer.store)}};
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    typography_add_sentence(&text, language, catalogue_fill(arena, language, "cli.serving", values, 3));
    printf("%s\n", text.bytes);
    fflush(stdout);
}

int serve_run(const words *words, arena *arena)
{
    outcome outcome = outcome_new(arena);
    language language = FRENCH;
    int port = PORT;
    if (words->options.language)
        language_parse(words->options.language, &language);
    serving serving = {.writer = {.turn = TURN_FREE}, .signals = take_signals()};
    ending result = DONE;
    if (!read_port(words, &port)) {
        outcome.usage = true;
        result = fail(&outcome, "%s", catalogue_text(language, "cli.serve-usage"));
    }
    if (result == DONE)
        result = open_all(words, port, arena, &outcome, &serving);
    int status = EXIT_DONE;
    if (result == DONE) {
        print_address(&serving, words->options.json, language, arena);
        status = door_run(serving.door, serving.signals);
    } else {
        status = show_ending(result, &outcome, NULL, words->options.json, language, "UTC", stdout);
    }
    web_stop(serving.web);
    door_close(serving.door);
    if (serving.writer.store && store_is_broken(serving.writer.store))
        fprintf(stderr, "magistral: %s: %s\n", store_path(serving.writer.store), catalogue_text(language, "cli.write-failed"));
    passwords_close(serving.writer.passwords);
    store_close(serving.writer.store);
    if (serving.signals >= 0)
        close(serving.signals);
    return status;
}
