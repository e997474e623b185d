/* One command: open the database, run it, print the answer. */
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/day.h"
#include "magistral/store/site.h"

static const act *act_of(const words *words, arena *arena, int *ret_used)
{
    *ret_used = 2;
    if (words->count >= 2) {
        const act *act = act_find(arena_format(arena, "%s %s", words->rest[0], words->rest[1]));
        if (act)
            return act;
    }
    *ret_used = 1;
    return words->count >= 1 ? act_find(words->rest[0]) : NULL;
}

static language asked_language(const options *options)
{
    language language = FRENCH;
    if (options->language)
        language_parse(options->language, &language);
    return language;
}

static ending unknown_act(const words *words, arena *arena, outcome *outcome)
{
    const char *name = words->count > 1 ? arena_format(arena, "%s %s", words->rest[0], words->rest[1]) : words->rest[0];
    const char *nearest = act_nearest(name);
    refusal_value values[] = {{"act", name}, {"nearest", nearest ? nearest : "help"}};
    outcome->usage = true;
    return fail(outcome, "%s", catalogue_fill(arena, asked_language(&words->options), "cli.unknown-act", values, 2));
}

const char *command_zone(store *store, arena *arena)
{
    site site = {0};
    bool found = false;
    outcome ignored = outcome_new(arena);
    store_report_to(store, &ignored);
    if (store_find(store, &SITE, NOTHING, arena, &site, &found) != DONE || !found)
        return "UTC";
    return site.zone;
}

static const char *machine_now(arena *arena)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return instant_text(arena, (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

/* "database create" makes the file before the act runs in it, and takes it away again when the act is refused. */
static ending open_for(const words *words, const act *act, const given_input *inputs, size_t count, arena *arena,
                       outcome *outcome, store **ret_store, bool *ret_created)
{
    *ret_created = strcmp(act->name, "database create") == 0;
    if (!*ret_created)
        return store_open(words->options.database, act->view ? STORE_READS : STORE_WRITES, outcome, ret_store);
    bool rehearsal = false;
    for (size_t i = 0; i < count; i++)
        rehearsal = rehearsal || strcmp(inputs[i].name, "rehearsal") == 0;
    if (words->options.clock && !rehearsal)
        return refuse(outcome, "CALL-12", "clock", NULL);
    int64_t instant = 0;
    if (words->options.clock && !instant_parse(words->options.clock, &instant))
        return refuse(outcome, "CALL-23", "clock", "value", words->options.clock, NULL);
    TRY(store_create(words->options.database, outcome, ret_store));
    return store_migrate(*ret_store, words->options.clock ? instant_text(arena, instant) : machine_now(arena), "UTC");
}

static void remove_made(const char *database, arena *arena)
{
    static const char *const endings[] = {"", "-wal", "-shm", ".owner", ".key"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        unlink(arena_format(arena, "%s%s", database, endings[i]));
}

static ending fill_inputs(const words *words, const act *act, int used, arena *arena, outcome *outcome, given_input **ret_inputs,
                          size_t *ret_count)
{
    given_input *given = NULL;
    size_t count = 0;
    TRY(args_inputs(act, words->rest + used, words->count - used, arena, outcome, asked_language(&words->options), &given, &count));
    TRY(standard_input_read(act, given, count, arena, outcome));
    given_input *inputs = arena_array(arena, count + 4, sizeof *inputs);
    if (count > 0)
        memcpy(inputs, given, count * sizeof *inputs);
    if (strcmp(act->name, "database create") == 0 && words->options.person) {
        const char **value = arena_array(arena, 1, sizeof *value);
        value[0] = words->options.person;
        inputs[count++] = (given_input){.name = "identifier", .values = value, .count = 1};
    }
    *ret_inputs = inputs;
    *ret_count = count;
    return secrets_read(act, words->options.person, words->options.password_file, true, arena, outcome, inputs, ret_count);
}

/* What stays open until the answer is printed: rows are read while they are shown. */
typedef struct session {
    store *store;
    runner *runner;
    language language;
    const char *zone;
    bool created;
} session;

static ending run(const words *words, const act *act, int used, arena *arena, outcome *outcome, session *session, answer **ret_answer)
{
    const options *o = &words->options;
    given_input *inputs = NULL;
    size_t count = 0;
    TRY(fill_inputs(words, act, used, arena, outcome, &inputs, &count));
    command command = {.act = act->name, .inputs = inputs, .input_count = count, .person = o->person, .key = o->key, .at = o->clock,
                       .signature = o->signature, .signed_digest = o->digest, .workstation = "", .language = o->language};
    if (act->alone)
        return runner_run_alone(&command, session->language, arena, outcome, ret_answer);
    if (o->person && o->password_file && act->right != RIGHT_OPEN)
        TRY(password_read(o->password_file, o->person, arena, outcome, &command.password));
    TRY(open_for(words, act, inputs, count, arena, outcome, &session->store, &session->created));
    if (session->created)
        command.person = NULL;
    TRY(runner_new(session->store, o->templates, outcome, &session->runner));
    ending result = runner_run(session->runner, &command, arena, outcome, ret_answer);
    if (!o->language)
        session->language = runner_language(session->runner, o->person);
    session->zone = command_zone(session->store, arena);
    store_report_to(session->store, outcome);
    return result;
}

int command_run(const words *words, arena *arena)
{
    outcome outcome = outcome_new(arena);
    answer *answer = NULL;
    session session = {.language = asked_language(&words->options), .zone = "UTC"};
    int used = 0;
    const act *act = act_of(words, arena, &used);
    ending result = act ? run(words, act, used, arena, &outcome, &session, &answer) : unknown_act(words, arena, &outcome);
    int status = show_ending(result, &outcome, answer, words->options.json, session.language, session.zone, stdout);
    runner_free(session.runner);
    store_close(session.store);
    if (session.created && result != DONE && session.store)
        remove_made(words->options.database, arena);
    return status;
}
