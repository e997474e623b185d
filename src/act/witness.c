#include "magistral/act/witness.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "magistral/base/digest.h"
#include "magistral/store/site.h"

ending file_read_text(arena *arena, outcome *outcome, const char *path, const char **ret_text)
{
    FILE *file = fopen(path, "re");
    if (!file)
        return fail_file(outcome, path, errno);
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    char piece[8192];
    size_t length;
    while ((length = fread(piece, 1, sizeof piece, file)) > 0 && text.length <= 1 << 20)
        buffer_add(&text, piece, length);
    bool broken = ferror(file) != 0 || text.length > 1 << 20;
    fclose(file);
    if (broken)
        return fail_file(outcome, path, text.length > 1 << 20 ? EFBIG : EIO);
    *ret_text = arena_copy(arena, buffer_text(&text), text.length);
    return DONE;
}

/* The second half of a private key is its public key; only the newest one signs: a former one may have been stolen. */
static ending is_ours(call *call, const char *text, unsigned char ret_secret[64], bool *ret_ours)
{
    signing_key *keys = NULL;
    size_t count = 0;
    bool read = hexadecimal_read(arena_copy(call->arena, text, strcspn(text, "\n")), ret_secret, 64);
    TRY(store_list(call->store, &SIGNING_KEY_LIST, NOTHING, call->arena, &keys, &count));
    *ret_ours = read && count > 0 && strcmp(hexadecimal(call->arena, ret_secret + 32, 32), keys[0].public_key) == 0;
    return DONE;
}

ending witness_key(call *call, unsigned char ret_secret[64])
{
    const char *text = NULL;
    bool ours = false;
    if (access(call->key_path, F_OK) != 0)
        return fail_input_output(call->outcome, "FILE-02", "path", call->key_path, NULL);
    TRY(file_read_text(call->arena, call->outcome, call->key_path, &text));
    TRY(is_ours(call, text, ret_secret, &ours));
    return ours ? DONE : fail_input_output(call->outcome, "FILE-03", "path", call->key_path, NULL);
}

ending witness_key_state(call *call, const char **ret_state)
{
    const char *text = NULL;
    unsigned char secret[64];
    bool ours = false;
    *ret_state = "missing";
    if (access(call->key_path, F_OK) != 0)
        return DONE;
    struct outcome reading = outcome_new(call->arena); /* a file that cannot be read is said, it fails nothing */
    if (file_read_text(call->arena, &reading, call->key_path, &text) == DONE)
        TRY(is_ours(call, text, secret, &ours));
    *ret_state = ours ? "present" : "foreign";
    return DONE;
}

/* Whole or not at all: written aside, then put in its place. */
static ending write_key(call *call, const unsigned char secret[64])
{
    const char *aside = arena_format(call->arena, "%s.new", call->key_path);
    const char *text = arena_format(call->arena, "%s\n", hexadecimal(call->arena, secret, 64));
    ssize_t length = (ssize_t)strlen(text);
    (void)unlink(aside);
    int file = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return fail_file(call->outcome, aside, errno);
    bool written = write(file, text, (size_t)length) == length && fsync(file) == 0;
    if (close(file) != 0 || !written || rename(aside, call->key_path) != 0)
        return fail_file(call->outcome, call->key_path, errno);
    return DONE;
}

ending witness_key_new(call *call, const char **ret_public)
{
    unsigned char public[32], secret[64];
    signature_key_new(public, secret);
    signing_key key = {.public_key = hexadecimal(call->arena, public, sizeof public), .since = call->now};
    TRY(store_insert(call->store, &SIGNING_KEY_INSERT, &key));
    *ret_public = key.public_key;
    return write_key(call, secret);
}

static const char *witness_path(const call *call)
{
    return arena_format(call->arena, "%s.witness", store_path(call->store));
}

ending witness_append(call *call, int64_t sequence, const char *head)
{
    unsigned char secret[64], signature[SIGNATURE_SIZE];
    TRY(witness_key(call, secret));
    const char *message = arena_format(call->arena, "magistral-witness-1 %" PRId64 " %s", sequence, head);
    signature_make(message, strlen(message), secret, signature);
    const char *line = arena_format(call->arena, "%" PRId64 ":%s %s\n", sequence, head, hexadecimal(call->arena, signature, sizeof signature));
    const char *path = witness_path(call);
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0)
        return fail_file(call->outcome, path, errno);
    off_t before = lseek(file, 0, SEEK_END);
    bool written = write(file, line, strlen(line)) == (ssize_t)strlen(line) && fdatasync(file) == 0;
    if (!written && before >= 0 && ftruncate(file, before) != 0)
        written = false; /* half a line stays; the next line makes it a wrong one, and verify names it */
    if (close(file) != 0 || !written)
        return fail_file(call->outcome, path, errno);
    return DONE;
}

static const char *last_line(arena *arena, FILE *file)
{
    char *line = NULL, *last = NULL;
    size_t room = 0;
    /* Only the end matters: a line has at most 220 characters. */
    if (fseek(file, -4096, SEEK_END) == 0) {
        ssize_t cut = getline(&line, &room, file);
        (void)cut;
    } else {
        rewind(file);
    }
    while (getline(&line, &room, file) > 0)
        if (strchr(line, '\n'))
            last = arena_copy(arena, line, strcspn(line, "\n"));
    free(line);
    return last;
}

static ending signed_by_us(call *call, const char *message, const char *hexadecimal_signature, bool *ret_holds)
{
    unsigned char signature[SIGNATURE_SIZE], public[32];
    signing_key *keys = NULL;
    size_t count = 0;
    *ret_holds = false;
    TRY(store_list(call->store, &SIGNING_KEY_LIST, NOTHING, call->arena, &keys, &count));
    for (size_t i = 0; i < count; i++)
        if (hexadecimal_read(hexadecimal_signature, signature, sizeof signature) && hexadecimal_read(keys[i].public_key, public, sizeof public) &&
            signature_holds(message, strlen(message), signature, public))
            *ret_holds = true;
    return DONE;
}

/* *ret_line is NULL when there is no file; "" when it holds no whole line. */
static ending read_last_line(call *call, const char **ret_line)
{
    const char *path = witness_path(call);
    FILE *file = fopen(path, "re");
    *ret_line = NULL;
    if (!file)
        return errno == ENOENT ? DONE : fail_file(call->outcome, path, errno);
    const char *line = last_line(call->arena, file);
    fclose(file);
    *ret_line = line ? line : "";
    return DONE;
}

ending witness_last(call *call, int64_t *ret_sequence, const char **ret_head, bool *ret_found)
{
    const char *path = witness_path(call), *line = NULL;
    TRY(read_last_line(call, &line));
    *ret_found = line != NULL;
    if (!line)
        return DONE;
    char head[65] = "", signature[129] = "";
    long long sequence = 0;
    if (sscanf(line, "%lld:%64[0-9a-f] %128[0-9a-f]", &sequence, head, signature) != 3)
        return call_refuse(call, "VERIFY-03", NULL, "path", path, NULL);
    bool holds = false;
    TRY(signed_by_us(call, arena_format(call->arena, "magistral-witness-1 %lld %s", sequence, head), signature, &holds));
    if (!holds)
        return call_refuse(call, "VERIFY-03", NULL, "path", path, NULL);
    *ret_sequence = sequence;
    *ret_head = arena_text(call->arena, head);
    return DONE;
}

/* One whole line of the witness against this journal. A line that contradicts it counts only when it is signed by us; a
 * restore that an administrator confirmed answers for that line and for all before it. */
static ending compare_line(call *call, const char *line, int64_t *ret_sequence, const char **ret_head, bool *ret_strange)
{
    char head[65] = "", signature[129] = "";
    const char *ours = NULL;
    long long sequence = 0;
    bool held = false, holds = false, confirmed = false;
    event restored = {0};
    if (sscanf(line, "%lld:%64[0-9a-f] %128[0-9a-f]", &sequence, head, signature) != 3)
        return call_refuse(call, "VERIFY-03", NULL, "path", witness_path(call), NULL);
    TRY(journal_head_at(call->store, sequence, call->arena, &ours, &held));
    if (held && strcmp(ours, head) == 0)
        return DONE;
    TRY(signed_by_us(call, arena_format(call->arena, "magistral-witness-1 %lld %s", sequence, head), signature, &holds));
    if (!holds)
        return call_refuse(call, "VERIFY-03", NULL, "path", witness_path(call), NULL);
    event wanted = {.subject = arena_format(call->arena, "%lld:%s", sequence, head)};
    TRY(store_find(call->store, &EVENT_RESTORE_CONFIRMED, &wanted, call->arena, &restored, &confirmed));
    *ret_strange = !confirmed;
    if (confirmed)
        return DONE;
    *ret_sequence = sequence;
    *ret_head = arena_text(call->arena, head);
    return DONE;
}

ending witness_strange(call *call, int64_t *ret_sequence, const char **ret_head, bool *ret_strange)
{
    FILE *file = fopen(witness_path(call), "re");
    char *line = NULL;
    size_t room = 0;
    ending result = DONE;
    *ret_strange = false;
    if (!file)
        return errno == ENOENT ? DONE : fail_file(call->outcome, witness_path(call), errno);
    while (result == DONE && getline(&line, &room, file) > 0)
        if (strchr(line, '\n')) /* the last line may be half written */
            result = compare_line(call, line, ret_sequence, ret_head, ret_strange);
    free(line);
    fclose(file);
    return result;
}

ending witness_allows_acts(call *call)
{
    int64_t sequence = 0;
    const char *head = NULL, *line = NULL;
    bool strange = false;
    TRY(read_last_line(call, &line));
    if (!line || !*line)
        return DONE;
    TRY(compare_line(call, line, &sequence, &head, &strange));
    if (!strange)
        return DONE;
    return call_refuse(call, "VERIFY-05", NULL, "witness", arena_format(call->arena, "%" PRId64 ":%.12s…", sequence, head), NULL);
}

ending witness_lacks(call *call, document *ret_last, bool *ret_lacks)
{
    const char *line = NULL;
    bool issued = false, confirmed = false;
    event event = {0};
    *ret_lacks = false;
    TRY(store_find(call->store, &DOCUMENT_LAST, NOTHING, call->arena, ret_last, &issued));
    if (!issued)
        return DONE;
    TRY(read_last_line(call, &line));
    if (line && strtoll(line, NULL, 10) >= ret_last->drawn_from)
        return DONE;
    event.subject = arena_format(call->arena, "%" PRId64 ":%s", ret_last->drawn_from, ret_last->head);
    TRY(store_find(call->store, &EVENT_RESTORE_CONFIRMED, &event, call->arena, &event, &confirmed));
    *ret_lacks = !confirmed;
    return DONE;
}

ending witness_allows_issue(call *call)
{
    document last = {0};
    bool lacks = false;
    TRY(witness_lacks(call, &last, &lacks));
    if (!lacks)
        return DONE;
    return call_refuse(call, "VERIFY-07", NULL, "path", witness_path(call), "document", last.number, NULL);
}
