/* A backup is one only when it was opened, replayed and found to hold this database's past. Rule: EU GMP Annex 11, 7.2. */
#include <inttypes.h>
#include <string.h>

#include "magistral/act/journals.h"

static const input_definition inputs[] = {
    {"file", INPUT_PATH, 0, NULL, "copy.db"},
    {0},
};

static ending compare_heads(call *call, const verification *copy)
{
    const char *ours = NULL;
    bool held = false;
    int64_t sequence = 0;
    const char *head = NULL;
    TRY(journal_head(call->store, call->arena, &sequence, &head));
    TRY(journal_head_at(call->store, copy->entries, call->arena, &ours, &held));
    if (!held || strcmp(ours, copy->head) != 0)
        return call_refuse(call, "DATABASE-01", "file", "sequence", arena_format(call->arena, "%" PRId64, copy->entries), "head", copy->head, NULL);
    put_text(call->done, "file", call_text(call, "file"));
    put_count(call->done, "sequence", copy->entries);
    put_text(call->done, "head", copy->head);
    put_count(call->done, "behind", sequence - copy->entries);
    return DONE;
}

static ending run(call *call)
{
    STORE_SCOPE store *copy = NULL;
    verification found;
    TRY(store_open(call_text(call, "file"), STORE_READS, call->outcome, &copy));
    TRY(store_verify(copy, 0, NULL, call->arena, &found));
    journals_refuse_findings(call, "file", &found);
    if (found.findings)
        return call_refuse(call, "DATABASE-04", "file", NULL);
    return compare_heads(call, &found);
}

const act database_check_backup_act = {.name = "database check-backup", .view = true, .right = RIGHT_MANAGE_DATABASE, .inputs = inputs, .run = run};
