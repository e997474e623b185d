/* Documents, newest first, as many as there are. */
#include "magistral/act/documents.h"

static const input_definition inputs[] = {
    {"subject", INPUT_TEXT, INPUT_OPTIONAL, NULL, "B26-0001"},
    {"kind", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

static ending next(void *cursor, arena *arena, answer **ret_row)
{
    document line = {0};
    bool found = false;
    TRY(store_next((store_cursor *)cursor, arena, &line, &found));
    *ret_row = NULL;
    if (!found)
        return DONE;
    answer *row = *ret_row = answer_object(arena);
    put_link(row, "document", "document", line.number);
    put_state(row, "kind", line.kind);
    put_link(row, "subject", line.subject_kind, line.subject);
    put_count(row, "issue", line.issue);
    put_count(row, "pages", line.pages);
    put_instant(row, "issued", line.issued_at);
    put_text(row, "reason", line.issue > 1 ? line.reason : NULL);
    return DONE;
}

static ending run(call *call)
{
    store_cursor *cursor = NULL;
    document wanted = {.subject = call_text(call, "subject"), .kind = call_text(call, "kind")};
    TRY(store_rows(call->store, &DOCUMENT_LIST, &wanted, call->arena, &cursor));
    answer_put(call->done, "documents", answer_rows(call->arena, next, cursor));
    return DONE;
}

const act document_list_act = {.name = "document list", .view = true, .right = RIGHT_SIGNED_IN, .inputs = inputs, .run = run};
