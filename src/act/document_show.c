/* A document issued; with --save its bytes are written to a file, whole or not at all. */
#include <inttypes.h>

#include "magistral/act/documents.h"

static const input_definition inputs[] = {
    {"document", INPUT_NUMBER, INPUT_POSITIONAL, "document", "C26-0001"},
    {"save", INPUT_PATH, INPUT_OPTIONAL, NULL, "certificate.pdf"},
    {0},
};

static ending run(call *call)
{
    document row = {0}, other = {0};
    bool found = false;
    const char *number = call_text(call, "document"), *type = NULL, *bytes = NULL;
    size_t length = 0;
    TRY(store_find(call->store, &DOCUMENT_BY_NUMBER, (&(document){.number = number}), call->arena, &row, &found));
    if (!found)
        return call_refuse(call, "DOCUMENT-03", "document", "document", number, NULL);
    TRY(store_content(call->store, row.bytes, call->arena, &type, &bytes, &length, &found));
    if (!found)
        return fail(call->outcome, "the bytes of %s are not there", number);
    put_link(call->done, "document", "document", row.number);
    put_state(call->done, "kind", row.kind);
    put_link(call->done, "subject", row.subject_kind, row.subject);
    put_count(call->done, "issue", row.issue);
    put_count(call->done, "pages", row.pages);
    put_instant(call->done, "issued", row.issued_at);
    put_text(call->done, "template", row.template);
    put_text(call->done, "witness", arena_format(call->arena, "%" PRId64 ":%s", row.drawn_from, row.head));
    put_bytes(call->done, "bytes", row.bytes, type, (int64_t)length);
    put_text(call->done, "code", row.code);
    TRY(store_find(call->store, &DOCUMENT_REPLACING, (&(document){.id = row.id}), call->arena, &other, &found));
    if (found)
        put_link(call->done, "replaced-by", "document", other.number);
    return call_has(call, "save") ? documents_save(call, call_text(call, "save"), bytes, length) : DONE;
}

const act document_show_act = {.name = "document show", .view = true, .right = RIGHT_SIGNED_IN, .inputs = inputs, .run = run};
