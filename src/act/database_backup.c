/* A whole copy through SQLite's backup interface, made before the entry that records it. Rule: EU GMP Annex 11, 7.2. */
#include <inttypes.h>

#include "magistral/act/call.h"

static const input_definition inputs[] = {
    {"file", INPUT_PATH, 0, NULL, "copy.db"},
    {0},
};

typedef struct copied {
    int64_t sequence;
    const char *head;
} copied;

static ending prepare(call *call)
{
    copied *made = arena_alloc(call->arena, sizeof *made);
    TRY(journal_head(call->store, call->arena, &made->sequence, &made->head));
    call->prepared = made;
    return store_copy(call->store, call_text(call, "file"));
}

static ending run(call *call)
{
    const copied *made = call->prepared;
    call_concerns(call, "database", "1");
    put_text(call->done, "file", call_text(call, "file"));
    put_count(call->done, "sequence", made->sequence);
    put_text(call->done, "head", made->head);
    return DONE;
}

const act database_backup_act = {.name = "database backup", .right = RIGHT_MANAGE_DATABASE, .inputs = inputs, .run = run, .prepare = prepare};
