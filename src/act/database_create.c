/* Makes the first person, its password and its habilitation, the installation and its signing key. The database file
 * itself was made, and its schema put in, by the caller (cli). */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "magistral/act/people.h"
#include "magistral/base/day.h"
#include "magistral/base/digest.h"
#include "magistral/store/site.h"

static const input_definition inputs[] = {
    {"identifier", INPUT_NUMBER, 0, NULL, "admin"},
    {"name", INPUT_TEXT, INPUT_OPTIONAL, NULL, "Administration des comptes"},
    {"password", INPUT_SECRET, 0, NULL, NULL},
    {"rehearsal", INPUT_TRUTH, INPUT_OPTIONAL, NULL, "yes"},
    {0},
};

static ending write_key(call *call, const unsigned char secret[64])
{
    int file = open(call->key_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return fail_file(call->outcome, call->key_path, errno);
    const char *text = arena_format(call->arena, "%s\n", hexadecimal(call->arena, secret, 64));
    ssize_t length = (ssize_t)strlen(text);
    bool written = write(file, text, (size_t)length) == length && fsync(file) == 0;
    if (close(file) != 0 || !written)
        return fail_file(call->outcome, call->key_path, errno);
    return DONE;
}

static ending add_installation(call *call)
{
    unsigned char identifier[16], public[32], secret[64];
    random_bytes(identifier, sizeof identifier);
    installation installation = {.id = 1, .identifier = hexadecimal(call->arena, identifier, sizeof identifier),
                                 .rehearsal = call_truth(call, "rehearsal"), .created = call->now};
    TRY(store_insert(call->store, &INSTALLATION_INSERT, &installation));
    signature_key_new(public, secret);
    signing_key key = {.public_key = hexadecimal(call->arena, public, sizeof public), .since = call->now};
    TRY(store_insert(call->store, &SIGNING_KEY_INSERT, &key));
    TRY(write_key(call, secret));
    put_text(call->done, "installation", installation.identifier);
    put_truth(call->done, "rehearsal", installation.rehearsal);
    put_text(call->done, "public-key", key.public_key);
    return DONE;
}

static ending run(call *call)
{
    installation before = {0};
    bool found = false;
    TRY(store_find(call->store, &INSTALLATION, NOTHING, call->arena, &before, &found));
    if (found)
        return call_refuse(call, "STORE-06", "database", "path", store_path(call->store), NULL);
    const char *identifier = call_text(call, "identifier");
    const char *name = call_has(call, "name") ? call_text(call, "name") : identifier;
    person person = {.identifier = identifier, .name = name, .language = "fr"};
    TRY(store_insert(call->store, &PERSON_INSERT, &person));
    TRY(people_set_password(call, &person, call_text(call, "password"), true, false));
    habilitation first = {.person = person.id, .role = role_word(ROLE_ADMINISTRATOR), .starts = call->today,
                          .ends = day_after(call->arena, call->today, 3650), .granted_by = person.id, .granted_at = call->now};
    TRY(store_insert(call->store, &HABILITATION_INSERT, &first));
    call_concerns(call, "person", identifier);
    put_link(call->done, "person", "person", identifier);
    return add_installation(call);
}

const act database_create_act = {.name = "database create", .right = RIGHT_OPEN, .inputs = inputs, .run = run,
                                 .prepare = people_prepare_password};
