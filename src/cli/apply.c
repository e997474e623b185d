/* apply FILE: JSON Lines, one act and one transaction a line, or one view; by this process or, while a server owns the database, by that one. */
#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "magistral/base/catalogue.h"

enum { MOST_KEPT = 256 };

typedef struct applying {
    const words *words;
    const char *folder;  /* of the file: paths inside are relative to it */
    arena *arena;        /* of the whole run */
    store *store;
    session *session;    /* one of the two */
    handover *handover;
    struct {
        const char *person, *password;
    } kept[MOST_KEPT];   /* the file of passwords is read once for each person */
    size_t kept_count;
    long line, done, refused;
    language language;
} applying;

static ending find_password(applying *applying, const char *person, arena *arena, outcome *outcome, const char **ret_password)
{
    for (size_t i = 0; i < applying->kept_count; i++)
        if (strcmp(applying->kept[i].person, person) == 0) {
            *ret_password = applying->kept[i].password;
            return DONE;
        }
    const char *path = applying->words->options.password_file;
    if (!path)
        return refuse(outcome, "CALL-06", "as", "act", "apply", NULL);
    TRY(password_read(path, person, false, arena, outcome, ret_password));
    if (applying->kept_count < MOST_KEPT) {
        applying->kept[applying->kept_count].person = arena_text(applying->arena, person);
        applying->kept[applying->kept_count++].password = arena_text(applying->arena, *ret_password);
    }
    return DONE;
}

/* Reads the line and adds what does not stand in it: the password, secrets, the set clock of the whole run. */
static ending read_line(applying *applying, const char *text, size_t length, arena *arena, outcome *outcome, command *ret_command)
{
    const options *o = &applying->words->options;
    const act *act = NULL;
    TRY(line_read(text, length, applying->folder, false, arena, outcome, &act, ret_command));
    if (act->view && !o->json)
        return refuse(outcome, "APPLY-04", "act", "act", act->name, NULL);
    if (!ret_command->at)
        ret_command->at = o->clock;
    ret_command->language = o->language;
    if (ret_command->person && act->right != RIGHT_OPEN)
        TRY(find_password(applying, ret_command->person, arena, outcome, &ret_command->password));
    return secrets_read(act, ret_command->person, o->password_file, false, arena, outcome, &ret_command->inputs, &ret_command->input_count);
}

static reply run_line(applying *applying, const char *text, size_t length, arena *arena)
{
    outcome outcome = outcome_new(arena);
    answer *answer = NULL;
    command command = {0};
    ending result = read_line(applying, text, length, arena, &outcome, &command);
    if (result == DONE && applying->handover)
        return handover_run(applying->handover, &command, arena, applying->language);
    language language = applying->language;
    const char *zone = "UTC";
    bool ran = result == DONE;
    if (ran)
        result = session_run(applying->session, &command, arena, &outcome, &answer);
    if (ran && result != DONE) { /* a refusal speaks its person's language, at the site's time */
        language = session_language(applying->session, applying->words->options.language, command.person);
        zone = command_zone(applying->store, arena);
    }
    return reply_make(result, &outcome, answer, applying->words->options.json, language, zone);
}

static void report(const applying *applying, const reply *reply, arena *arena)
{
    if (applying->words->options.json) {
        printf("{\"line\":%ld,\"answer\":%.*s}\n", applying->line, (int)strcspn(reply->output, "\n"), reply->output);
    } else if (reply->status != EXIT_DONE) {
        refusal_value values[] = {{"line", arena_format(arena, "%ld", applying->line)}};
        fprintf(stderr, "%s\n", catalogue_fill(arena, applying->language, "cli.apply-line", values, 1));
        for (size_t i = 0; i < reply->error_count; i++)
            fprintf(stderr, "  %s\n", reply->errors[i]);
    }
    fflush(stdout);
}

/* Returns the exit status so far; *ret_stop is set when the run ends here. */
static int one_line(applying *applying, const char *text, size_t length, bool *ret_stop)
{
    ARENA_SCOPE arena *arena = arena_new();
    reply reply = run_line(applying, text, length, arena);
    report(applying, &reply, arena);
    applying->done += reply.status == EXIT_DONE;
    applying->refused += reply.status == EXIT_REFUSED;
    *ret_stop = reply.status != EXIT_DONE && (reply.status != EXIT_REFUSED || !applying->words->options.keep_going);
    return reply.status;
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
    if (ferror(file)) {
        ARENA_SCOPE arena *arena = arena_new();
        outcome broken = outcome_new(arena);
        status = show_ending(fail_file(&broken, applying->words->rest[1], errno), &broken, NULL, applying->words->options.json, applying->language, "UTC", stdout);
    }
    if (!applying->words->options.json) {
        ARENA_SCOPE arena *arena = arena_new();
        refusal_value values[] = {{"done", arena_format(arena, "%ld", applying->done)}, {"refused", arena_format(arena, "%ld", applying->refused)}};
        printf("%s\n", catalogue_fill(arena, applying->language, "cli.apply-end", values, 2));
    }
    return status;
}

static const char *whole_path(arena *arena, const char *folder)
{
    char *path = realpath(folder, NULL);
    const char *whole = arena_text(arena, path ? path : folder);
    free(path);
    return whole;
}

static ending prepare(applying *applying, arena *arena, outcome *outcome, FILE **ret_file, store **ret_store)
{
    const words *words = applying->words;
    if (words->count != 2) {
        outcome->usage = true;
        return fail(outcome, "%s", catalogue_word(applying->language, "cli.", "apply-usage"));
    }
    const char *path = words->rest[1];
    bool standard = strcmp(path, "-") == 0;
    *ret_file = standard ? stdin : fopen(path, "re");
    if (!*ret_file)
        return fail_file(outcome, path, errno);
    applying->folder = whole_path(arena, standard ? "." : dirname(arena_text(arena, path)));
    TRY(handover_or_open(&words->options, OPEN_WRITES, true, arena, outcome, ret_store, &applying->handover));
    return applying->handover ? DONE : session_new(*ret_store, words->options.templates, true, outcome, &applying->session);
}

int apply_run(const words *words, arena *arena)
{
    outcome outcome = outcome_new(arena);
    applying applying = {.words = words, .arena = arena, .language = FRENCH};
    if (words->options.language)
        language_parse(words->options.language, &applying.language);
    FILE *file = NULL;
    STORE_SCOPE store *store = NULL;
    ending result = prepare(&applying, arena, &outcome, &file, &store);
    applying.store = store;
    const reply *refused = applying.handover ? handover_refusal(applying.handover) : NULL;
    int status = result != DONE ? show_ending(result, &outcome, NULL, words->options.json, applying.language, "UTC", stdout)
                 : refused      ? reply_show(refused, "magistral: ")
                                : apply_lines(&applying, file);
    session_free(applying.session);
    handover_close(applying.handover);
    if (file && file != stdin)
        fclose(file);
    return status;
}
