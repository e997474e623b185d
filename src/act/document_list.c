/* Documents issued, newest first. */
#include "magistral/act/documents.h"
#include "magistral/act/lists.h"

static const input_definition inputs[] = {
    {"subject", INPUT_TEXT, INPUT_OPTIONAL, NULL, "B26-0001"},
    {"kind", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    LIST_INPUTS("document"),
    {0},
};

static void put(answer *row, const void *listed, const char *context)
{
    (void)context;
    const listed_document *line = listed;
    put_link(row, "document", "document", line->number);
    put_state(row, "kind", line->kind);
    put_link(row, "subject", line->subject_kind, line->subject);
    put_count(row, "issue", line->issue);
    put_count(row, "pages", line->pages);
    put_instant(row, "issued", line->issued_at);
    put_text(row, "reason", line->issue > 1 ? line->reason : NULL);
}

static const list_way ways[] = {
    {"document", LIST_WITH(subject), &LIST_DOCUMENTS_OF_SUBJECT},
    {"document", LIST_WITH(find), &LIST_DOCUMENTS_FOUND},
    {"document", LIST_WITH(kind), &LIST_DOCUMENTS_OF_KIND},
    {"document", 0, &LIST_DOCUMENTS},
    {0},
};
static const list documents = {.name = "documents", .ways = ways, .line = sizeof(listed_document), .put = put, .newest_first = true};

static ending run(call *call)
{
    list_wanted wanted = {.subject = call_text(call, "subject"), .kind = call_text(call, "kind")};
    lists_find_number(call, &wanted);
    return lists_answer(call, &documents, wanted, "document", NULL);
}

const act document_list_act = {.name = "document list", .view = true, .right = RIGHT_SIGNED_IN, .inputs = inputs, .run = run};
