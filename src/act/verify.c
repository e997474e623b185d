/* Replays the journal and compares; checks heads from paper and the witness beside the database. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "magistral/act/journals.h"
#include "magistral/act/witness.h"
#include "magistral/base/catalogue.h"

static const input_definition inputs[] = {
    {"witness", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

/* SEQUENCE:HEAD, as a certificate prints it. */
static ending read_witness(call *call, int64_t *ret_sequence, const char **ret_head)
{
    const char *text = call_text(call, "witness");
    char *end = NULL;
    long long sequence = text ? strtoll(text, &end, 10) : 0;
    if (!text)
        return DONE;
    if (sequence < 1 || *end != ':' || strlen(end + 1) != 64 || strspn(end + 1, "0123456789abcdef") != 64)
        return call_refuse(call, "VERIFY-02", "witness", "value", text, NULL);
    *ret_sequence = sequence;
    *ret_head = end + 1;
    return DONE;
}

/* Not a finding of this database, which may be whole; but what would show an older one is gone. */
static ending warn_of_witness(call *call)
{
    document last = {0};
    bool lacks = false;
    TRY(witness_lacks(call, &last, &lacks));
    refusal_value values[] = {{"document", last.number}};
    if (lacks)
        put_text(call->done, "warning", catalogue_fill(call->arena, call->language, "warning.witness", values, 1));
    return DONE;
}

static ending check_witness_file(call *call)
{
    int64_t sequence = 0;
    const char *head = NULL;
    bool found = false, strange = false;
    TRY(witness_last(call, &sequence, &head, &found));
    if (!found) { /* a copy has none; beside the database in use, someone took it away */
        put_text(call->done, "witness-file", catalogue_word(call->language, "verify.", "no-witness-file"));
        return warn_of_witness(call);
    }
    put_text(call->done, "witness-file", arena_format(call->arena, "%" PRId64 ":%s", sequence, head));
    TRY(witness_strange(call, &sequence, &head, &strange));
    if (strange)
        return call_refuse(call, "VERIFY-04", NULL, "sequence", arena_format(call->arena, "%" PRId64, sequence), "head", head, NULL);
    return warn_of_witness(call);
}

static ending run(call *call)
{
    int64_t sequence = 0;
    const char *head = NULL, *key = NULL;
    verification found;
    TRY(read_witness(call, &sequence, &head));
    TRY(store_verify(call->store, sequence, head, call->arena, &found));
    journals_refuse_findings(call, NULL, &found);
    if (found.findings)
        return call_refuse(call, "VERIFY-06", NULL, NULL);
    put_count(call->done, "sequence", found.entries);
    put_text(call->done, "head", found.head);
    if (head)
        put_text(call->done, "witness", call_text(call, "witness"));
    TRY(witness_key_state(call, &key)); /* a copy has none; the database in use signs nothing without it */
    put_state_of(call->done, "private-key", "key", key);
    return check_witness_file(call);
}

const act verify_act = {.name = "verify", .view = true, .right = RIGHT_OPEN, .inputs = inputs, .run = run};
