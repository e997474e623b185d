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

/* What is open while it serves; closed in the opposite order. */
typedef struct serving {
    writer writer;
    door *door;
    web *web;
    watchdog *watchdog;
    int signals;
} serving;

/* Where the value of a word of `serve` goes, or NULL when it has none of that name. */
static const char **place_of(web_setting *setting, const char **port, const char *word)
{
    const struct {
        const char *word;
        const char **value;
    } known[] = {{"--listen", &setting->listen}, {"--port", port}, {"--certificate", &setting->certificate}, {"--key", &setting->key}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(word, known[i].word) == 0)
            return known[i].value;
    return NULL;
}

static bool read_words(const words *words, web_setting *setting)
{
    const char *port = NULL;
    char *end = NULL;
    for (int i = 1; i < words->count; i++) {
        const char **value = place_of(setting, &port, words->rest[i]);
        if (strcmp(words->rest[i], "--behind-proxy") == 0)
            setting->behind_proxy = true;
        else if (value && !*value && i + 1 < words->count)
            *value = words->rest[++i];
        else
            return false;
    }
    setting->port = port ? (int)strtol(port, &end, 10) : -1;
    bool good = !port || (*port && !*end && strlen(port) <= 5 && setting->port >= 0 && setting->port <= 65535);
    return good && !setting->certificate == !setting->key;
}

/* A socket that was handed over stands for --listen and --port. */
static ending take_socket(web_setting *setting, outcome *outcome)
{
    int first = -1, count = supervisor_sockets(&first);
    setting->socket = count > 0 ? first : -1;
    outcome->usage = count > 1 || (count > 0 && (setting->listen || setting->port >= 0));
    if (count > 1)
        return fail_input_output(outcome, "SERVE-04", NULL);
    return outcome->usage ? fail_input_output(outcome, "SERVE-03", NULL) : DONE;
}

static ending read_setting(const words *words, language language, outcome *outcome, web_setting *setting)
{
    if (read_words(words, setting))
        return take_socket(setting, outcome);
    outcome->usage = true;
    return fail(outcome, "%s", catalogue_text(language, "cli.serve-usage"));
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

static ending open_all(const words *words, web_setting *setting, arena *arena, outcome *outcome, serving *serving)
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
    TRY(passwords_open(words->options.database, outcome, &serving->writer.passwords));
    TRY(door_open(&serving->writer, outcome, &serving->door));
    setting->writer = &serving->writer;
    setting->clock = clock;
    setting->broken = end_serving;
    TRY(web_start(setting, outcome, &serving->web));
    return watchdog_start(&serving->writer, outcome, &serving->watchdog);
}

static void print_address(const serving *serving, bool json, language language, arena *arena)
{
    const char *address = web_address(serving->web);
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
    web_setting setting = {.socket = -1};
    if (words->options.language)
        language_parse(words->options.language, &language);
    serving serving = {.writer = {.turn = TURN_FREE}, .signals = take_signals()};
    ending result = read_setting(words, language, &outcome, &setting);
    if (result == DONE)
        result = open_all(words, &setting, arena, &outcome, &serving);
    int status = EXIT_DONE;
    if (result == DONE) {
        print_address(&serving, words->options.json, language, arena);
        supervisor_say("READY=1");
        status = door_run(serving.door, serving.signals);
    } else {
        status = show_ending(result, &outcome, NULL, words->options.json, language, "UTC", stdout);
    }
    watchdog_stop(serving.watchdog);
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
