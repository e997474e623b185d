/* Issues a paper about what is recorded: release certificate, batch record, cost sheet, register, head of the journal. */
#include <inttypes.h>
#include <string.h>

#include "magistral/act/papers.h"
#include "magistral/base/digest.h"
#include "magistral/store/site.h"

static const input_definition inputs[] = {
    {"kind", INPUT_CHOICE, 0, "release-certificate|batch-record|cost-sheet|register-page|audit-head", "batch-record"},
    {"batch", INPUT_NUMBER, INPUT_OPTIONAL, "batch", "B26-0001"},
    {"book", INPUT_CHOICE, INPUT_OPTIONAL, "preparation|dispensing", ""},
    {"from", INPUT_DAY, INPUT_OPTIONAL, NULL, ""},
    {"to", INPUT_DAY, INPUT_OPTIONAL, NULL, ""},
    {"reason", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

static ending audit_head_fill(call *call, drawing *drawing, answer *record)
{
    signing_key *keys = NULL;
    size_t count = 0;
    unsigned char public[32];
    TRY(store_list(call->store, &SIGNING_KEY_LIST, NOTHING, call->arena, &keys, &count));
    if (count == 0 || !hexadecimal_read(keys[0].public_key, public, sizeof public))
        return fail(call->outcome, "the installation has no key");
    answer *journal = NULL;
    for (answer *child = record->first; child; child = child->next)
        journal = strcmp(child->name, "journal") == 0 ? child : journal;
    put_instant(journal, "at", call->now);
    answer *key = put_object(record, "key");
    const char *print = base32(call->arena, public, sizeof public);
    put_text(key, "fingerprint", arena_format(call->arena, "%.4s-%.4s-%.4s-%.4s", print, print + 4, print + 8, print + 12));
    return papers_put_number(call, drawing, record, "record");
}

typedef struct about {
    const char *layout;
    const char *subject_kind;
    const char *subject;
} about;

static ending head_subject(call *call, about *ret_about)
{
    int64_t sequence = 0;
    const char *head = NULL;
    TRY(journal_head(call->store, call->arena, &sequence, &head));
    *ret_about = (about){"audit_head", "journal", arena_format(call->arena, "%" PRId64, sequence)};
    return DONE;
}

static ending subject_of(call *call, const char *kind, paper *paper, about *ret_about)
{
    if (strcmp(kind, "audit-head") == 0) /* a slip for each head: none takes the place of an earlier one */
        return head_subject(call, ret_about);
    if (strcmp(kind, "register-page") == 0) {
        *ret_about = (about){.layout = "register_page", .subject_kind = "register"};
        return register_page_subject(call, &ret_about->subject);
    }
    if (!call_has(call, "batch"))
        return call_refuse(call, "CALL-03", "batch", "example", "B26-0001", NULL);
    TRY(papers_load(call, "batch", call_text(call, "batch"), paper));
    const char *layout = strcmp(kind, "release-certificate") == 0 ? "release_certificate" : strcmp(kind, "cost-sheet") == 0 ? "cost_sheet" : "batch_record";
    *ret_about = (about){layout, "batch", paper->batch.number};
    return DONE;
}

ending papers_fill(call *call, const char *kind, const paper *paper, drawing *drawing, answer *record)
{
    if (strcmp(kind, "audit-head") == 0)
        return audit_head_fill(call, drawing, record);
    if (strcmp(kind, "register-page") == 0)
        return register_page_fill(call, drawing, record);
    if (strcmp(kind, "cost-sheet") == 0)
        return cost_sheet_fill(call, paper, drawing, record);
    if (strcmp(kind, "release-certificate") == 0)
        return release_certificate_fill(call, paper, drawing, record);
    return batch_record_fill(call, paper, drawing, record);
}

static ending prepare(call *call)
{
    const char *kind = call_text(call, "kind");
    paper paper = {0};
    about about = {0};
    drawing *drawing = NULL;
    TRY(subject_of(call, kind, &paper, &about));
    TRY(documents_begin(call, kind, about.layout, about.subject_kind, about.subject, call_text(call, "reason"), &drawing));
    answer *record = documents_record(call, drawing, NULL, NULL, NULL, ABSENT);
    if (!record)
        return call_ending(call);
    TRY(papers_fill(call, kind, &paper, drawing, record));
    return documents_draw(call, drawing);
}

/* The same paper to be looked at, before it is issued: no number is taken, nothing is stored, its code says nothing. */
static const input_definition preview_inputs[] = {
    {"kind", INPUT_CHOICE, 0, "certificate-of-analysis|release-certificate|batch-record|cost-sheet|register-page", "certificate-of-analysis"},
    {"batch", INPUT_NUMBER, INPUT_OPTIONAL, "batch", "B26-0001"},
    {"book", INPUT_CHOICE, INPUT_OPTIONAL, "preparation|dispensing", ""},
    {"from", INPUT_DAY, INPUT_OPTIONAL, NULL, ""},
    {"to", INPUT_DAY, INPUT_OPTIONAL, NULL, ""},
    {"page", INPUT_COUNT, INPUT_OPTIONAL, NULL, ""},
    {"save", INPUT_PATH, INPUT_OPTIONAL, NULL, "preview.pdf"},
    {0},
};

static ending preview(call *call)
{
    const char *kind = call_text(call, "kind");
    bool certificate = strcmp(kind, "certificate-of-analysis") == 0;
    paper paper = {0};
    about about = {0};
    drawing *drawing = NULL;
    TRY(subject_of(call, kind, &paper, &about));
    TRY(documents_begin(call, kind, certificate ? "certificate" : about.layout, about.subject_kind, about.subject, "preview", &drawing));
    answer *record = documents_record(call, drawing, NULL, NULL, NULL, ABSENT);
    if (!record)
        return call_ending(call);
    TRY(certificate ? certificate_fill(call, &paper, drawing, record, NULL) : papers_fill(call, kind, &paper, drawing, record));
    return documents_preview(call, drawing);
}

const act document_preview_act = {.name = "document preview", .view = true, .right = RIGHT_LOOK, .inputs = preview_inputs, .run = preview};

const act document_issue_act = {.name = "document issue", .right = RIGHT_ISSUE_DOCUMENTS, .inputs = inputs, .run = documents_store, .prepare = prepare};
