/* The server's end of the socket, DATABASE.socket (0600). Lines of JSON, each answered by one:
 *
 *     {"magistral": VERSION, "once": BOOL, "json": BOOL, "language": TEXT|null, "templates": FOLDER|null}   first
 *     {"act": TEXT, "as", "password", "key", "at", "signature", "digest": TEXT, "inputs": {NAME: [TEXT...]}}  then, any number
 *     {"status": EXIT, "output": TEXT, "errors": [TEXT...]}   the answer: exit status, standard output, lines of standard error
 *
 * "once": each person's password is checked once a connection (apply). Secrets stand among the inputs, files by whole paths.
 *
 * One thread listens to many callers and runs one line of each, first come first served, so that nobody starves; it shares
 * the connection that writes with the pages (act/writer.h). A caller that reads or writes slowly stops nobody: lines are
 * gathered, and answers sent, as far as its socket takes them. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "cli.h"
#include "magistral/base/json.h"

enum { MOST_CALLERS = 128, LONGEST_LINE = 1 << 20, PIECE = 1 << 16, SECONDS_TO_LEAVE = 5 };

typedef struct caller {
    int file;
    bool gone;          /* sends nothing more */
    buffer in, out;
    size_t sent;        /* of `out` */
    session *session;   /* from the greeting on */
    bool json, once;
    const char *asked;  /* language, or NULL */
    arena *arena;
} caller;

struct door {
    writer *writer;
    int listening;
    int folder;
    struct sockaddr_un address;
    caller *callers[MOST_CALLERS];
    size_t count;
};

ending door_open(writer *writer, outcome *outcome, door **ret_door)
{
    door *made = calloc(1, sizeof *made);
    if (!made)
        return fail(outcome, "no memory left");
    made->writer = writer;
    made->listening = made->folder = -1;
    ending result = socket_address(store_path(writer->store), outcome, &made->address, &made->folder);
    if (result == DONE) {
        /* The lock is ours: whoever left a socket there is gone. */
        unlink(made->address.sun_path);
        made->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        mode_t before = umask(0177);
        bool bound = made->listening >= 0 && bind(made->listening, (const struct sockaddr *)&made->address, sizeof made->address) == 0;
        umask(before);
        if (!bound || listen(made->listening, MOST_CALLERS) != 0)
            result = fail_file(outcome, arena_format(outcome->arena, "%s.socket", store_path(writer->store)), errno);
    }
    if (result != DONE) {
        door_close(made);
        return result;
    }
    *ret_door = made;
    return DONE;
}

static void forget(caller *caller)
{
    session_free(caller->session);
    if (caller->in.bytes)
        explicit_bzero(caller->in.bytes, caller->in.room);
    buffer_clear(&caller->in);
    buffer_clear(&caller->out);
    arena_free(caller->arena);
    close(caller->file);
    free(caller);
}

static void stop_listening(door *door)
{
    if (door->listening < 0)
        return;
    unlink(door->address.sun_path);
    close(door->listening);
    door->listening = -1;
}

void door_close(door *door)
{
    if (!door)
        return;
    stop_listening(door);
    for (size_t i = 0; i < door->count; i++)
        forget(door->callers[i]);
    if (door->folder >= 0)
        close(door->folder);
    free(door);
}

static void accept_callers(door *door)
{
    while (door->count < MOST_CALLERS) {
        int file = accept4(door->listening, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
        caller *made = file >= 0 ? calloc(1, sizeof *made) : NULL;
        if (!made) {
            if (file >= 0)
                close(file);
            return;
        }
        *made = (caller){.file = file, .arena = arena_new()};
        door->callers[door->count++] = made;
    }
}

static void receive(caller *caller)
{
    char piece[PIECE];
    ssize_t length = recv(caller->file, piece, sizeof piece, 0);
    if (length > 0)
        buffer_add(&caller->in, piece, (size_t)length);
    else if (length == 0 || (errno != EAGAIN && errno != EINTR))
        caller->gone = true;
    explicit_bzero(piece, length > 0 ? (size_t)length : 0);
    if (caller->in.length > LONGEST_LINE && !memchr(caller->in.bytes, '\n', caller->in.length))
        caller->gone = true;
}

static void send_answers(caller *caller)
{
    while (caller->sent < caller->out.length) {
        ssize_t sent = send(caller->file, caller->out.bytes + caller->sent, caller->out.length - caller->sent, MSG_NOSIGNAL);
        if (sent > 0)
            caller->sent += (size_t)sent;
        else if (errno == EAGAIN)
            return;
        else if (errno != EINTR)
            break;
    }
    caller->gone = caller->gone || caller->sent < caller->out.length;
    caller->sent = 0;
    buffer_empty(&caller->out);
}

/* The first line: who calls, and how the answers are to look. */
static ending greet(door *door, caller *caller, const char *line, size_t length, outcome *outcome)
{
    answer *greeting = NULL;
    TRY(json_read(line, length, caller->arena, outcome, &greeting));
    const char *version = greeting->kind == ANSWER_OBJECT ? line_member(greeting, "magistral") : NULL;
    if (!version)
        return refuse(outcome, "APPLY-01", NULL, NULL);
    caller->once = text_equal(line_member(greeting, "once"), "true");
    caller->json = text_equal(line_member(greeting, "json"), "true");
    caller->asked = line_member(greeting, "language");
    if (strcmp(version, MAGISTRAL_VERSION) != 0)
        return refuse(outcome, "STORE-10", "database", "path", store_path(door->writer->store), "theirs", MAGISTRAL_VERSION, "ours", version, NULL);
    return session_new(door->writer->store, line_member(greeting, "templates"), caller->once, outcome, &caller->session);
}

static reply run_greeting(door *door, caller *caller, const char *line, size_t length, arena *arena)
{
    outcome outcome = outcome_new(arena);
    language language = FRENCH;
    turn_take(&door->writer->turn);
    ending greeted = greet(door, caller, line, length, &outcome);
    turn_give(&door->writer->turn);
    if (caller->asked)
        language_parse(caller->asked, &language);
    caller->gone = caller->gone || greeted != DONE;
    return greeted == DONE ? (reply){.output = ""} : reply_make(greeted, &outcome, NULL, caller->json, language, "UTC");
}

/* In the writer's turn: rows of an answer are read while it is shown. */
static reply run_command(door *door, caller *caller, command *command, ending ready, arena *arena, outcome *outcome)
{
    answer *answer = NULL;
    language language = FRENCH;
    ending result = ready;
    if (result == DONE)
        result = session_run(caller->session, command, arena, outcome, &answer);
    if (result != DONE || !caller->json)
        language = session_language(caller->session, caller->asked, command->person);
    if (result == FAILED)
        fprintf(stderr, "magistral: %s: %s\n", command->act ? command->act : "?", outcome->failure);
    const char *zone = command_zone(door->writer->store, arena);
    store_report_to(door->writer->store, outcome);
    reply reply = reply_make(result, outcome, answer, caller->json, language, zone);
    reply.rehearsal = result == DONE && !caller->once && !caller->json && session_is_rehearsal(caller->session);
    store_rollback(door->writer->store);
    return reply;
}

static reply run_line(door *door, caller *caller, const char *line, size_t length, arena *arena)
{
    outcome outcome = outcome_new(arena);
    const act *act = NULL;
    command command = {0};
    ending ready = line_read(line, length, "", true, arena, &outcome, &act, &command);
    command.language = caller->asked;
    if (ready == DONE && session_asks_password(caller->session, &command))
        ready = passwords_check(door->writer->passwords, &command, arena, &outcome);
    turn_take(&door->writer->turn);
    reply reply = run_command(door, caller, &command, ready, arena, &outcome);
    turn_give(&door->writer->turn);
    return reply;
}

/* Runs the first line that is there, and takes it away; false when there is none. */
static bool take_turn(door *door, caller *caller)
{
    char *end = caller->in.length > 0 ? memchr(caller->in.bytes, '\n', caller->in.length) : NULL;
    if (!end || caller->out.length > 0)
        return false;
    ARENA_SCOPE arena *arena = arena_new();
    size_t length = (size_t)(end - caller->in.bytes);
    reply reply = caller->session ? run_line(door, caller, caller->in.bytes, length, arena)
                                  : run_greeting(door, caller, caller->in.bytes, length, arena);
    reply_write(&reply, &caller->out);
    size_t left = caller->session ? caller->in.length - length - 1 : 0;
    memmove(caller->in.bytes, end + 1, left);
    explicit_bzero(caller->in.bytes + left, caller->in.length - left);
    caller->in.length = left;
    send_answers(caller);
    return true;
}

static bool has_line(const caller *caller)
{
    return caller->out.length == 0 && caller->in.length > 0 && memchr(caller->in.bytes, '\n', caller->in.length);
}

static void remove_gone(door *door)
{
    size_t kept = 0;
    for (size_t i = 0; i < door->count; i++) {
        caller *caller = door->callers[i];
        if (caller->gone && !has_line(caller) && caller->out.length == 0)
            forget(caller);
        else
            door->callers[kept++] = caller;
    }
    door->count = kept;
}

/* Waits until something can be done; false when it is time to stop. */
static bool wait_for_work(door *door, int signals)
{
    struct pollfd waiting[MOST_CALLERS + 2] = {{.fd = signals, .events = POLLIN},
                                               {.fd = door->count < MOST_CALLERS ? door->listening : -1, .events = POLLIN}};
    bool work = false;
    for (size_t i = 0; i < door->count; i++) {
        const caller *caller = door->callers[i];
        bool full = caller->in.length > LONGEST_LINE || caller->gone;
        waiting[i + 2] = (struct pollfd){.fd = caller->file, .events = (short)((full ? 0 : POLLIN) | (caller->out.length > 0 ? POLLOUT : 0))};
        work = work || has_line(caller);
    }
    if (poll(waiting, door->count + 2, work ? 0 : -1) < 0)
        return errno == EINTR;
    for (size_t i = 0; i < door->count; i++) {
        if (waiting[i + 2].revents & POLLIN)
            receive(door->callers[i]);
        else if (waiting[i + 2].revents & (POLLERR | POLLHUP))
            door->callers[i]->gone = true;
        if (waiting[i + 2].revents & POLLOUT)
            send_answers(door->callers[i]);
    }
    if (waiting[1].revents)
        accept_callers(door);
    return waiting[0].revents == 0;
}

/* What has arrived is accepted, and answered; then everybody is let go. */
static void leave(door *door)
{
    const struct timeval patience = {.tv_sec = SECONDS_TO_LEAVE};
    supervisor_say("STOPPING=1");
    stop_listening(door);
    for (size_t i = 0; i < door->count && !store_is_broken(door->writer->store); i++)
        if (!door->callers[i]->gone)
            receive(door->callers[i]);
    for (bool any = true; any && !store_is_broken(door->writer->store);) {
        any = false;
        for (size_t i = 0; i < door->count && !store_is_broken(door->writer->store); i++)
            any = take_turn(door, door->callers[i]) || any;
    }
    for (size_t i = 0; i < door->count; i++) {
        caller *caller = door->callers[i];
        setsockopt(caller->file, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        for (size_t sent = caller->sent; sent < caller->out.length;) {
            ssize_t more = send(caller->file, caller->out.bytes + sent, caller->out.length - sent, MSG_NOSIGNAL);
            if (more <= 0)
                break;
            sent += (size_t)more;
        }
    }
}

int door_run(door *door, int signals)
{
    while (wait_for_work(door, signals)) {
        for (size_t i = 0; i < door->count && !store_is_broken(door->writer->store); i++)
            take_turn(door, door->callers[i]);
        if (store_is_broken(door->writer->store))
            break;
        remove_gone(door);
    }
    leave(door);
    return store_is_broken(door->writer->store) ? EXIT_FAILED : EXIT_DONE;
}
