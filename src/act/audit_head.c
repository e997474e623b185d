/* The head of the journal, to copy on paper and to check with verify --witness; as a slip: document issue --kind audit-head. */
#include <inttypes.h>

#include "magistral/act/call.h"

static ending run(call *call)
{
    int64_t sequence = 0;
    const char *head = NULL;
    TRY(journal_head(call->store, call->arena, &sequence, &head));
    put_count(call->done, "sequence", sequence);
    put_text(call->done, "head", head);
    put_text(call->done, "witness", arena_format(call->arena, "%" PRId64 ":%s", sequence, head));
    put_instant(call->done, "time", call->now);
    return DONE;
}

const act audit_head_act = {.name = "audit head", .view = true, .right = RIGHT_SIGNED_IN, .run = run};
