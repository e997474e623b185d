#include "magistral/act/documents.h"

static const input_definition inputs[] = {
    {"subject", INPUT_TEXT, INPUT_OPTIONAL, NULL, "B26-0001"},
    {"kind", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

static ending run(call *call)
{
    document *rows = NULL;
    size_t count = 0;
    document wanted = {.subject = call_text(call, "subject"), .kind = call_text(call, "kind")};
    TRY(store_list(call->store, &DOCUMENT_LIST, &wanted, call->arena, &rows, &count));
    answer *list = put_list(call->done, "documents");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "document", "document", rows[i].number);
        put_state(row, "kind", rows[i].kind);
        put_link(row, "subject", rows[i].subject_kind, rows[i].subject);
        put_count(row, "issue", rows[i].issue);
        put_count(row, "pages", rows[i].pages);
        put_instant(row, "issued", rows[i].issued_at);
        put_text(row, "reason", rows[i].issue > 1 ? rows[i].reason : NULL);
    }
    return DONE;
}

const act document_list_act = {.name = "document list", .view = true, .right = RIGHT_SIGNED_IN, .inputs = inputs, .run = run};
