#ifndef MAGISTRAL_CLI_CLI_H
#define MAGISTRAL_CLI_CLI_H

/* Inside the command line only. */
#include <stdio.h>

#include "magistral/act/runner.h"

/* Exit statuses. Rule: 64, 70 and 74 as sysexits.h has them. */
enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 64, EXIT_FAILED = 70, EXIT_INPUT_OUTPUT = 74 };

/* What stands before noun and verb. */
typedef struct options {
    const char *database;      /* ./magistral.db */
    const char *person;
    const char *password_file;
    bool json;
    const char *clock;         /* set clock, rehearsal only */
    const char *language;      /* of what is printed; else the person's */
    const char *templates;     /* folder of layouts, rehearsal only */
    const char *signature;
    const char *digest;
    const char *key;
    bool keep_going;
} options;

/* The command line as words: options, then noun, verb and inputs. */
typedef struct words {
    options options;
    char **rest; /* what stands behind the options */
    int count;
} words;

/* args.c: splits the command line; returns false after printing what is wrong. */
bool args_read(int argc, char **argv, arena *arena, words *ret_words);
/* Reads --NAME VALUE... and positional words into inputs of an act; a usage failure for an unknown name. */
ending args_inputs(const act *act, char **rest, int count, arena *arena, outcome *outcome, language language,
                   given_input **ret_inputs, size_t *ret_count) MUST_CHECK;

/* standard_input.c: where the value of a list is "-", puts the words of the standard input in its place. */
ending standard_input_read(const act *act, given_input *inputs, size_t count, arena *arena, outcome *outcome) MUST_CHECK;

/* password.c: the password of a person from a file with one person and password a line (or the only line of a file that
 * holds just a password). */
ending password_read(const char *path, const char *person, arena *arena, outcome *outcome, const char **ret_password) MUST_CHECK;

/* secret.c: fills the secret inputs of an act from a file: the one that the input names (when `from_inputs`: on the command
 * line), else `path`. `inputs` has room for one more. Refuses CALL-22 when a secret stands in an apply line. */
ending secrets_read(const act *act, const char *person, const char *path, bool from_inputs, arena *arena, outcome *outcome,
                    given_input *inputs, size_t *count) MUST_CHECK;

/* show.c: prints what a command came to, as text or as one JSON object; returns the exit status. */
int show_ending(ending ending, const outcome *outcome, const answer *answer, bool json, language language, const char *zone, FILE *to);
/* The message of an outcome that is not done, in one line each. */
void show_refusals(const outcome *outcome, language language, FILE *to, const char *before);

/* apply.c */
int apply_run(const words *words, arena *arena);
/* help.c */
int help_run(const words *words);
/* command.c: opens the database and runs one command. */
int command_run(const words *words, arena *arena);
/* The zone of the site for what is printed; "UTC" when not known. */
const char *command_zone(store *store, arena *arena);

#endif
