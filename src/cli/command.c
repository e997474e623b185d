/* One command: open the database, run it, print the answer. */
#include <stdlib.h>
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
    outcome->usage = true;
    return fail(outcome, "%s", act_unknown(arena, asked_language(&words->options), name));
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

/* What stays open until the answer is printed: rows are read while they are shown. */
typedef struct doing {
    store *store;
    runner *runner;
    handover *handover;
    language language;
    const char *zone;
    bool created;
    bool answered; /* by the process that owns the database */
    reply reply;
} doing;

/* "database create" makes the file before the act runs in it, and takes it away again when the act is refused. */
static ending create(const words *words, const given_input *inputs, size_t count, arena *arena, outcome *outcome, store **ret_store)
{
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

static ending open_for(const words *words, const act *act, const given_input *inputs, size_t count, arena *arena,
                       outcome *outcome, doing *doing)
{
    doing->created = strcmp(act->name, "database create") == 0;
    if (doing->created)
        return create(words, inputs, count, arena, outcome, &doing->store);
    if (act->view)
        return store_open(words->options.database, STORE_READS, outcome, &doing->store);
    return handover_or_open(&words->options, strcmp(act->name, "database upgrade") == 0 ? OPEN_OLDER : OPEN_WRITES, false, arena,
                            outcome, &doing->store, &doing->handover);
}

static void remove_made(const char *database, arena *arena)
{
    static const char *const endings[] = {"", "-wal", "-shm", ".owner", ".key"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        unlink(arena_format(arena, "%s%s", database, endings[i]));
}

/* Whichever process opens them, the files of an act are those that were meant here. */
static void name_files_whole(const act *act, given_input *inputs, size_t count, arena *arena)
{
    char *here = getcwd(NULL, 0);
    for (size_t i = 0; here && i < count; i++) {
        const char **values = arena_array(arena, inputs[i].count, sizeof *values);
        for (size_t k = 0; k < inputs[i].count; k++) {
            const char *value = inputs[i].values[k];
            bool whole = !line_names_file(act, inputs[i].name) || !*value || *value == '/';
            values[k] = whole ? value : arena_format(arena, "%s/%s", here, value);
        }
        inputs[i].values = values;
    }
    free(here);
}

static ending fill_inputs(const words *words, const act *act, int used, arena *arena, outcome *outcome,
                          const given_input **ret_inputs, size_t *ret_count)
{
    given_input *given = NULL;
    size_t count = 0;
    TRY(args_inputs(act, words->rest + used, words->count - used, arena, outcome, asked_language(&words->options), &given, &count));
    TRY(standard_input_read(act, given, count, arena, outcome));
    given_input *inputs = arena_array(arena, count + 1, sizeof *inputs);
    if (count > 0)
        memcpy(inputs, given, count * sizeof *inputs);
    if (!act->view)
        name_files_whole(act, inputs, count, arena);
    if (strcmp(act->name, "database create") == 0 && words->options.person) {
        const char **value = arena_array(arena, 1, sizeof *value);
        value[0] = words->options.person;
        inputs[count++] = (given_input){.name = "identifier", .values = value, .count = 1};
    }
    *ret_inputs = inputs;
    *ret_count = count;
    return secrets_read(act, words->options.person, words->options.password_file, true, arena, outcome, ret_inputs, ret_count);
}

/* The owner of the database runs it, and says what is to be shown. */
static void hand_over(const command *command, arena *arena, doing *doing)
{
    const reply *refused = handover_refusal(doing->handover);
    doing->reply = refused ? *refused : handover_run(doing->handover, command, arena, doing->language);
    doing->answered = true;
}

/* A sign-in that failed beside a connection that only reads leaves its event all the same. */
static ending leave_event(const words *words, const command *command, arena *arena, outcome *outcome, doing *doing)
{
    store *writer = NULL;
    struct outcome opening = outcome_new(arena);
    ending opened = handover_or_open(&words->options, OPEN_WRITES, false, arena, &opening, &writer, &doing->handover);
    store_close(writer);
    if (doing->handover)
        hand_over(command, arena, doing);
    else if (opened != DONE)
        *outcome = opening;
    return opened == DONE ? REFUSED : opened;
}

static bool is_alone(const act *act, const given_input *inputs, size_t count)
{
    for (size_t i = 0; act->alone_with && i < count; i++)
        if (strcmp(inputs[i].name, act->alone_with) == 0)
            return inputs[i].count == 0 || strcmp(inputs[i].values[0], "yes") == 0;
    return act->alone;
}

static ending run(const words *words, const act *act, int used, arena *arena, outcome *outcome, doing *doing, answer **ret_answer)
{
    const options *o = &words->options;
    const given_input *inputs = NULL;
    size_t count = 0;
    TRY(fill_inputs(words, act, used, arena, outcome, &inputs, &count));
    command command = {.act = act->name, .inputs = inputs, .input_count = count, .person = o->person, .key = o->key, .at = o->clock,
                       .signature = o->signature, .signed_digest = o->digest, .workstation = "", .language = o->language};
    if (is_alone(act, inputs, count))
        return runner_run_alone(&command, doing->language, arena, outcome, ret_answer);
    if (o->person && o->password_file)
        TRY(password_read(o->password_file, o->person, false, arena, outcome, &command.password));
    TRY(open_for(words, act, inputs, count, arena, outcome, doing));
    if (doing->handover) {
        hand_over(&command, arena, doing);
        return DONE;
    }
    if (doing->created)
        command.person = NULL;
    TRY(runner_new(doing->store, o->templates, outcome, &doing->runner));
    ending result = runner_run(doing->runner, &command, arena, outcome, ret_answer);
    if (!o->language)
        doing->language = runner_language(doing->runner, o->person);
    doing->zone = command_zone(doing->store, arena);
    store_report_to(doing->store, outcome);
    return runner_lost_event(doing->runner) ? leave_event(words, &command, arena, outcome, doing) : result;
}

int command_run(const words *words, arena *arena)
{
    outcome outcome = outcome_new(arena);
    answer *answer = NULL;
    doing doing = {.language = asked_language(&words->options), .zone = "UTC"};
    int used = 0;
    const act *act = act_of(words, arena, &used);
    ending result = act ? run(words, act, used, arena, &outcome, &doing, &answer) : unknown_act(words, arena, &outcome);
    if (result == DONE && doing.runner && runner_is_rehearsal(doing.runner) && !words->options.json)
        fprintf(stderr, "%s\n", catalogue_word(FRENCH, "cli.", "rehearsal"));
    int status = doing.answered ? reply_show(&doing.reply, "magistral: ")
                                : show_ending(result, &outcome, answer, words->options.json, doing.language, doing.zone, stdout);
    handover_close(doing.handover);
    runner_free(doing.runner);
    store_close(doing.store);
    if (doing.created && result != DONE && doing.store)
        remove_made(words->options.database, arena);
    return status;
}
