/* Makes the first person, its password and its habilitation, the installation and its signing key. The database file
 * itself was made, and its schema put in, by the caller (cli). */
#include <errno.h>
#include <unistd.h>

#include "magistral/act/people.h"
#include "magistral/act/witness.h"
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

static ending add_installation(call *call)
{
    unsigned char identifier[16];
    const char *public_key = NULL;
    random_bytes(identifier, sizeof identifier);
    installation installation = {.id = 1, .identifier = hexadecimal(call->arena, identifier, sizeof identifier),
                                 .rehearsal = call_truth(call, "rehearsal"), .created = call->now};
    TRY(store_insert(call->store, &INSTALLATION_INSERT, &installation));
    if (access(call->key_path, F_OK) == 0) /* of another database that was here: never lost by making a new one */
        return fail_file(call->outcome, call->key_path, EEXIST);
    TRY(witness_key_new(call, &public_key));
    put_text(call->done, "installation", installation.identifier);
    put_truth(call->done, "rehearsal", installation.rehearsal);
    put_text(call->done, "public-key", public_key);
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
    TRY(people_check_identifier(call, "identifier"));
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
