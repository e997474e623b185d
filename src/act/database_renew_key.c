/* The private key of the installation is lost, or may be in other hands: a new pair takes its place. The former public keys stay known,
 * so that every code printed before is still verified. Rule: EU GMP Annex 11, 12; 21 CFR 11.300. */
#include "magistral/act/call.h"
#include "magistral/act/witness.h"

static const input_definition inputs[] = {
    {"reason", INPUT_TEXT, 0, NULL, "Fichier de clé effacé le 12/02, aucune copie"},
    {0},
};

static ending run(call *call)
{
    const char *before = NULL, *public_key = NULL;
    TRY(witness_key_state(call, &before));
    TRY(witness_key_new(call, &public_key));
    call_concerns(call, "database", "1");
    put_state_of(call->done, "before", "key", before);
    put_text(call->done, "public-key", public_key);
    put_text(call->done, "key-file", call->key_path);
    return DONE;
}

const act database_renew_key_act = {.name = "database renew-key", .right = RIGHT_MANAGE_DATABASE, .inputs = inputs, .run = run};
