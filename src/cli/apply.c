/* apply FILE: JSON Lines, one act and one transaction a line. */
#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/json.h"

typedef struct applying {
    const words *words;
    const char *folder;  /* of the file: paths inside are relative to it */
    runner *runner;
    arena *arena;        /* of the whole run */
    const char *checked[256];
    size_t checked_count;
    long line;
    long done, refused;
    language language;
} applying;

static const char *member_text(const answer *object, const char *name)
{
    for (const answer *child = object->first; child; child = child->next)
        if (strcmp(child->name, name) == 0)
            return child->text;
    return NULL;
}

static bool is_file_input(const act *act, const char *name)
{
    for (const input_definition *d = act->inputs; d && d->name; d++)
        if (strcmp(d->name, name) == 0)
            return d->type == INPUT_FILE;
    return false;
}

static const char *value_text(const applying *applying, const act *act, const char *name, const answer *value, arena *arena)
{
    if (value->kind == ANSWER_TRUTH)
        return strcmp(value->text, "true") == 0 ? "yes" : "no";
    if (act && is_file_input(act, name) && value->text && value->text[0] != '/')
        return arena_format(arena, "%s/%s", applying->folder, value->text);
    return value->text ? value->text : "";
}

static ending read_inputs(const applying *applying, const act *act, const answer *inputs, arena *arena, outcome *outcome,
                          given_input **ret_inputs, size_t *ret_count)
{
    size_t count = 0;
    given_input *given = arena_array(arena, (inputs ? answer_children(inputs) : 0) + 2, sizeof *given);
    for (const answer *child = inputs ? inputs->first : NULL; child; child = child->next) {
        if (child->kind == ANSWER_OBJECT)
            return refuse(outcome, "APPLY-02", child->name, NULL);
        size_t values = child->kind == ANSWER_LIST ? answer_children(child) : child->kind == ANSWER_NOTHING ? 0 : 1, at = 0;
        const char **texts = arena_array(arena, values, sizeof *texts);
        if (child->kind == ANSWER_LIST)
            for (const answer *value = child->first; value; value = value->next)
                texts[at++] = value_text(applying, act, child->name, value, arena);
        else if (values)
            texts[0] = value_text(applying, act, child->name, child, arena);
        given[count++] = (given_input){.name = child->name, .values = texts, .count = values};
    }
    *ret_inputs = given;
    *ret_count = count;
    return DONE;
}

/* Each person is checked once a run. */
static ending check_person(applying *applying, const char *person, const char *at, arena *arena, outcome *outcome)
{
    for (size_t i = 0; i < applying->checked_count; i++)
        if (strcmp(applying->checked[i], person) == 0)
            return DONE;
    const char *password = NULL, *path = applying->words->options.password_file;
    if (!path)
        return refuse(outcome, "CALL-06", "as", "act", "apply", NULL);
    TRY(password_read(path, person, arena, outcome, &password));
    TRY(runner_sign_in(applying->runner, person, password, at, "", arena, outcome));
    if (applying->checked_count < sizeof applying->checked / sizeof *applying->checked)
        applying->checked[applying->checked_count++] = arena_text(applying->arena, person);
    return DONE;
}

static ending check_members(const answer *line, outcome *outcome)
{
    static const char *const known[] = {"key", "at", "as", "act", "inputs", "signature", "digest"};
    for (const answer *child = line->first; child; child = child->next) {
        bool found = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            found = found || strcmp(known[i], child->name) == 0;
        if (!found)
            refuse(outcome, "APPLY-03", child->name, NULL);
    }
    return outcome_ending(outcome);
}

static ending apply_line(applying *applying, const char *text, size_t length, arena *arena, outcome *outcome, answer **ret_answer)
{
    answer *line = NULL;
    TRY(json_read(text, length, arena, outcome, &line));
    if (line->kind != ANSWER_OBJECT)
        return refuse(outcome, "APPLY-01", NULL, NULL);
    TRY(check_members(line, outcome));
    const char *name = member_text(line, "act"), *person = member_text(line, "as"), *at = member_text(line, "at");
    const act *act = name ? act_find(name) : NULL;
    if (!act || act->view)
        return refuse(outcome, "CALL-01", "act", "act", name, "nearest", name && act_nearest(name) ? act_nearest(name) : "help", NULL);
    const answer *given = NULL;
    for (const answer *child = line->first; child; child = child->next)
        if (strcmp(child->name, "inputs") == 0)
            given = child;
    if (given && given->kind != ANSWER_OBJECT)
        return refuse(outcome, "APPLY-02", "inputs", NULL);
    command command = {.act = act->name, .person = person, .authenticated = true, .key = member_text(line, "key"),
                       .at = at ? at : applying->words->options.clock, .signature = member_text(line, "signature"),
                       .signed_digest = member_text(line, "digest"), .workstation = ""};
    given_input *inputs = NULL;
    TRY(read_inputs(applying, act, given, arena, outcome, &inputs, &command.input_count));
    if (person && act->right != RIGHT_OPEN)
        TRY(check_person(applying, person, command.at, arena, outcome));
    TRY(secrets_read(act, person, applying->words->options.password_file, false, arena, outcome, inputs, &command.input_count));
    command.inputs = inputs;
    return runner_run(applying->runner, &command, arena, outcome, ret_answer);
}

static void report(const applying *applying, ending ending, const outcome *outcome, const answer *answer)
{
    if (applying->words->options.json) {
        printf("{\"line\":%ld,\"answer\":", applying->line);
        BUFFER_SCOPE buffer text = BUFFER_EMPTY;
        FILE *memory = open_memstream(&text.bytes, &text.length);
        if (memory) {
            show_ending(ending, outcome, answer, true, applying->language, "UTC", memory);
            fclose(memory);
            printf("%.*s}\n", (int)(text.length ? text.length - 1 : 0), text.bytes);
        }
    } else if (ending != DONE) {
        ARENA_SCOPE arena *arena = arena_new();
        refusal_value values[] = {{"line", arena_format(arena, "%ld", applying->line)}};
        fprintf(stderr, "%s\n", catalogue_fill(arena, applying->language, "cli.apply-line", values, 1));
        show_refusals(outcome, applying->language, stderr, "  ");
    }
    fflush(stdout);
}

/* Returns the exit status so far; *ret_stop is set when the run ends here. */
static int one_line(applying *applying, const char *text, size_t length, bool *ret_stop)
{
    ARENA_SCOPE arena *arena = arena_new();
    outcome outcome = outcome_new(arena);
    answer *answer = NULL;
    ending ending = apply_line(applying, text, length, arena, &outcome, &answer);
    report(applying, ending, &outcome, answer);
    applying->done += ending == DONE;
    applying->refused += ending == REFUSED;
    *ret_stop = ending == FAILED || (ending == REFUSED && !applying->words->options.keep_going);
    if (ending == FAILED)
        return outcome.input_output ? EXIT_INPUT_OUTPUT : EXIT_FAILED;
    return ending == REFUSED ? EXIT_REFUSED : EXIT_DONE;
}

static int apply_lines(applying *applying, FILE *file)
{
    char *text = NULL;
    size_t room = 0;
    ssize_t length;
    int status = EXIT_DONE;
    bool stop = false;
    while (!stop && (length = getline(&text, &room, file)) >= 0) {
        applying->line++;
        if (strspn(text, " \t\r\n") == (size_t)length)
            continue;
        int this_status = one_line(applying, text, (size_t)length, &stop);
        status = this_status ? this_status : status;
    }
    free(text);
    if (ferror(file))
        status = EXIT_INPUT_OUTPUT;
    if (!applying->words->options.json) {
        ARENA_SCOPE arena *arena = arena_new();
        refusal_value values[] = {{"done", arena_format(arena, "%ld", applying->done)}, {"refused", arena_format(arena, "%ld", applying->refused)}};
        printf("%s\n", catalogue_fill(arena, applying->language, "cli.apply-end", values, 2));
    }
    return status;
}

int apply_run(const words *words, arena *arena)
{
    outcome outcome = outcome_new(arena);
    language language = FRENCH;
    if (words->options.language)
        language_parse(words->options.language, &language);
    if (words->count != 2) {
        outcome.usage = true;
        ending usage = fail(&outcome, "%s", catalogue_word(language, "cli.", "apply-usage"));
        return show_ending(usage, &outcome, NULL, words->options.json, language, "UTC", stdout);
    }
    const char *path = words->rest[1];
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "re");
    ending result = file ? DONE : fail_input_output(&outcome, "%s: %s", path, strerror(errno));
    STORE_SCOPE store *store = NULL;
    applying applying = {.words = words, .arena = arena, .language = language,
                         .folder = standard ? "." : dirname(arena_text(arena, path))};
    if (result == DONE)
        result = store_open(words->options.database, STORE_WRITES, &outcome, &store);
    if (result == DONE)
        result = runner_new(store, words->options.templates, &outcome, &applying.runner);
    int status = result == DONE ? apply_lines(&applying, file)
                                : show_ending(result, &outcome, NULL, words->options.json, language, "UTC", stdout);
    runner_free(applying.runner);
    if (file && !standard)
        fclose(file);
    return status;
}
