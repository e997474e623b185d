#ifndef MAGISTRAL_CLI_CLI_H
#define MAGISTRAL_CLI_CLI_H

/* Inside the command line only. */
#include <stdio.h>
#include <sys/un.h>

#include "magistral/act/writer.h"

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

/* password.c: the password of a person from a file with one person and password a line, or the only line of a file that
 * holds just a password: one without blanks or, where the file was named for that one password (`alone`), the whole line. */
ending password_read(const char *path, const char *person, bool alone, arena *arena, outcome *outcome, const char **ret_password) MUST_CHECK;

/* secret.c: fills the secret inputs of an act from a file: the one that the input names (when `from_inputs`: on the command
 * line), else `path`; `inputs` becomes an array of its own. Refuses CALL-22 when a secret stands in an apply line. */
ending secrets_read(const act *act, const char *person, const char *path, bool from_inputs, arena *arena, outcome *outcome,
                    const given_input **inputs, size_t *count) MUST_CHECK;

/* show.c: prints what a command came to, as text or as one JSON object, refusals as text to the standard error; returns the
 * exit status. */
int show_ending(ending ending, const outcome *outcome, const answer *answer, bool json, language language, const char *zone, FILE *to);
/* The same without what goes to the standard error. */
int show_output(ending ending, const outcome *outcome, const answer *answer, bool json, language language, const char *zone, FILE *to);
/* The sentences of an outcome that is not done. */
size_t show_sentences(const outcome *outcome, language language, const char *zone, const char ***ret_sentences);

/* line.c: one command as one line of JSON. `folder`: files that it names without a leading / lie there. A line of `apply`
 * holds one act or view; a line handed over (`whole`) also carries password and secrets. */
ending line_read(const char *text, size_t length, const char *folder, bool whole, arena *arena, outcome *outcome, const act **ret_act,
                 command *ret_command) MUST_CHECK;
void line_write(const command *command, buffer *to);
/* True when the input names a file, to be read or to be written. */
bool line_names_file(const act *act, const char *name);
/* The text of a member of an object, or NULL. */
const char *line_member(const answer *object, const char *name);

/* session.c: a caller whose commands run on a store that this process owns. */
typedef struct session session;
/* `once`: each person's password is checked once a session. */
ending session_new(store *store, const char *templates, bool once, outcome *outcome, session **ret_session) MUST_CHECK;
void session_free(session *session);
/* True when the command's password is to be checked: not again in a session that checks once. */
bool session_asks_password(const session *session, const command *command);
ending session_run(session *session, const command *command, arena *arena, outcome *outcome, answer **ret_answer) MUST_CHECK;
/* The language of what is shown: the asked one, else the person's. */
language session_language(session *session, const char *asked, const char *person);
bool session_is_rehearsal(const session *session);

/* reply.c: what a command came to, as it is shown: by this process, or by the one that handed it over. */
typedef struct reply {
    int status;          /* the exit status */
    const char *output;  /* for the standard output */
    const char **errors; /* sentences for the standard error */
    size_t error_count;
    bool rehearsal;      /* the text is for people and the database a rehearsal: said before it */
} reply;
reply reply_make(ending ending, const outcome *outcome, const answer *answer, bool json, language language, const char *zone);
/* Prints it, each sentence behind `before`; returns the exit status. */
int reply_show(const reply *reply, const char *before);
void reply_write(const reply *reply, buffer *to);
ending reply_read(const char *text, size_t length, arena *arena, outcome *outcome, reply *ret_reply) MUST_CHECK;

/* handover.c: the other end of the socket beside a database that another process owns. */
typedef struct handover handover;
/* Opens the database for writing or, when a server owns it, connects to that server: exactly one of the two is returned.
 * Waits a second for another process to let go; then refused (STORE-02). `once` as in session_new. */
typedef enum open_use { OPEN_WRITES, OPEN_OLDER /* also an older schema */ } open_use;
ending handover_or_open(const options *options, open_use use, bool once, arena *arena, outcome *outcome, store **ret_store,
                        handover **ret_handover) MUST_CHECK;
/* Connects to the server that owns the database; *ret_handover is NULL when nobody answers. */
ending handover_open(const options *options, bool once, arena *arena, outcome *outcome, handover **ret_handover) MUST_CHECK;
void handover_close(handover *handover);
/* What the server said at the beginning, when it refuses this caller; or NULL. */
const reply *handover_refusal(const handover *handover);
/* Hands a command over and waits for what it came to. A server that ends before it answers gives a reply that failed. */
reply handover_run(handover *handover, const command *command, arena *arena, language language);
/* The socket's address for a database, however long its path; *ret_folder is a descriptor to close afterwards, or -1. */
ending socket_address(const char *database, outcome *outcome, struct sockaddr_un *ret_address, int *ret_folder) MUST_CHECK;

/* door.c: the server's end of that socket. */
typedef struct door door;
ending door_open(writer *writer, outcome *outcome, door **ret_door) MUST_CHECK;
/* Answers until `signals` (a signalfd) is readable, or a write failed; what was accepted is answered. Returns the exit status. */
int door_run(door *door, int signals);
void door_close(door *door);

/* supervisor.c: systemd, or whoever speaks its protocol. */
/* Tells it a line ("READY=1"); does nothing when nobody asked to be told. */
void supervisor_say(const char *state);
/* How many sockets it hands over, from *ret_first on; asked once. */
int supervisor_sockets(int *ret_first);
/* Says "WATCHDOG=1" twice in the time that it allows, for as long as the writer's turn comes. *ret_watchdog is NULL when nobody
 * asked for it. */
typedef struct watchdog watchdog;
ending watchdog_start(writer *writer, outcome *outcome, watchdog **ret_watchdog) MUST_CHECK;
void watchdog_stop(watchdog *watchdog);

/* apply.c */
int apply_run(const words *words, arena *arena);
/* serve.c */
int serve_run(const words *words, arena *arena);
/* help.c */
int help_run(const words *words);
/* command.c: opens the database and runs one command. */
int command_run(const words *words, arena *arena);
/* The zone of the site for what is printed; "UTC" when not known. */
const char *command_zone(store *store, arena *arena);

#endif
