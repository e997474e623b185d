/* While a server owns the database, commands are handed to it: one line each over the socket beside the file. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"
#include "magistral/base/catalogue.h"

enum { TRIES = 20, PAUSE = 50 * 1000 * 1000, SECONDS_TO_GREET = 30 };

struct handover {
    int file;
    FILE *from;
    bool json;
    reply greeting;
};

/* A path may be longer than an address holds: its folder is then named through a descriptor. Rule: unix(7). */
ending socket_address(const char *database, outcome *outcome, struct sockaddr_un *ret_address, int *ret_folder)
{
    *ret_folder = -1;
    *ret_address = (struct sockaddr_un){.sun_family = AF_UNIX};
    int whole = snprintf(ret_address->sun_path, sizeof ret_address->sun_path, "%s.socket", database);
    if (whole > 0 && (size_t)whole < sizeof ret_address->sun_path)
        return DONE;
    const char *folder = dirname(arena_text(outcome->arena, database)), *name = basename(arena_text(outcome->arena, database));
    int file = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (file < 0)
        return fail_file(outcome, folder, errno);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int length = snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/%s.socket", file, name);
    if (length < 0 || (size_t)length >= sizeof address.sun_path) {
        close(file);
        return fail_file(outcome, arena_format(outcome->arena, "%s.socket", name), ENAMETOOLONG);
    }
    *ret_address = address;
    *ret_folder = file;
    return DONE;
}

static ending connect_to(const char *database, outcome *outcome, int *ret_file)
{
    struct sockaddr_un address;
    int folder = -1;
    *ret_file = -1;
    TRY(socket_address(database, outcome, &address, &folder));
    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool connected = file >= 0 && connect(file, (const struct sockaddr *)&address, sizeof address) == 0;
    if (folder >= 0)
        close(folder);
    if (!connected && file >= 0)
        close(file);
    *ret_file = connected ? file : -1;
    return DONE;
}

static bool send_all(int file, const buffer *text)
{
    for (size_t at = 0; at < text->length;) {
        ssize_t sent = send(file, text->bytes + at, text->length - at, MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR)
            return false;
        at += sent > 0 ? (size_t)sent : 0;
    }
    return true;
}

/* Sends one line and reads the one that answers it; false when the other end is gone. */
static bool ask(handover *handover, buffer *line, arena *arena, outcome *outcome, reply *ret_reply)
{
    char *text = NULL;
    size_t room = 0;
    bool sent = send_all(handover->file, line);
    explicit_bzero(line->bytes, line->length);
    ssize_t length = sent ? getline(&text, &room, handover->from) : -1;
    bool whole = length > 0 && text[length - 1] == '\n';
    bool good = whole && reply_read(text, (size_t)length, arena, outcome, ret_reply) == DONE;
    free(text);
    return good;
}

static void add_greeting(const options *options, bool once, arena *arena, buffer *to)
{
    char *templates = options->templates ? realpath(options->templates, NULL) : NULL;
    answer *greeting = answer_object(arena);
    put_text(greeting, "magistral", MAGISTRAL_VERSION);
    put_truth(greeting, "once", once);
    put_truth(greeting, "json", options->json);
    put_text(greeting, "language", options->language);
    put_text(greeting, "templates", templates ? templates : options->templates);
    free(templates);
    if (answer_write_json(greeting, to) == DONE)
        buffer_add_byte(to, '\n');
}

ending handover_open(const options *options, bool once, arena *arena, outcome *outcome, handover **ret_handover)
{
    int file = -1;
    *ret_handover = NULL;
    TRY(connect_to(options->database, outcome, &file));
    if (file < 0)
        return DONE;
    struct timeval patience = {.tv_sec = SECONDS_TO_GREET}, forever = {0};
    handover *made = arena_alloc(arena, sizeof *made);
    *made = (handover){.file = file, .from = fdopen(file, "r"), .json = options->json};
    if (!made->from) {
        close(file);
        return fail(outcome, "no memory left");
    }
    BUFFER_SCOPE buffer greeting = BUFFER_EMPTY;
    add_greeting(options, once, arena, &greeting);
    struct outcome ignored = outcome_new(arena);
    setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (!ask(made, &greeting, arena, &ignored, &made->greeting)) {
        handover_close(made);
        return DONE;
    }
    setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &forever, sizeof forever);
    *ret_handover = made;
    return DONE;
}

static bool is_held(const outcome *outcome)
{
    return outcome->first && !outcome->failure && strcmp(outcome->first->rule, "STORE-02") == 0;
}

ending handover_or_open(const options *options, open_use use, bool once, arena *arena, outcome *outcome, store **ret_store,
                        handover **ret_handover)
{
    const struct timespec pause = {.tv_nsec = PAUSE};
    *ret_store = NULL;
    *ret_handover = NULL;
    for (int tries = 1;; tries++) {
        ending opened = use == OPEN_OLDER ? store_open_older(options->database, outcome, ret_store)
                                          : store_open(options->database, STORE_WRITES, outcome, ret_store);
        if (opened != REFUSED || !is_held(outcome))
            return opened;
        struct outcome connecting = outcome_new(arena);
        if (handover_open(options, once, arena, &connecting, ret_handover) == DONE && *ret_handover) {
            *outcome = outcome_new(arena);
            return DONE;
        }
        if (tries == TRIES)
            return opened;
        *outcome = outcome_new(arena);
        nanosleep(&pause, NULL);
    }
}

void handover_close(handover *handover)
{
    if (handover)
        fclose(handover->from);
}

const reply *handover_refusal(const handover *handover)
{
    return handover->greeting.status == EXIT_DONE ? NULL : &handover->greeting;
}

reply handover_run(handover *handover, const command *command, arena *arena, language language)
{
    outcome outcome = outcome_new(arena);
    reply reply = {0};
    BUFFER_SCOPE buffer line = BUFFER_EMPTY;
    line_write(command, &line);
    if (ask(handover, &line, arena, &outcome, &reply))
        return reply;
    outcome = outcome_new(arena);
    ending lost = fail_input_output(&outcome, "cli.no-answer", NULL);
    return reply_make(lost, &outcome, NULL, handover->json, language, "UTC");
}
