/* The certificate of analysis, signed by the person responsible for control before the decision, for batches that will be
 * refused too; and again with a result that was due after the release. Rule: BPP 6.69, 7.32. */
#include <string.h>

#include "magistral/act/papers.h"
#include "magistral/act/releases.h"
#include "magistral/base/catalogue.h"
#include "magistral/store/result.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, 0, "batch", "B26-0001"},
    {"reason", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

/* Every control that is due before release has a verdict that stands on a verified result. */
static ending check_results(call *call, const paper *paper)
{
    record_result *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_RESULTS, &paper->key, call->arena, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        bool due = strcmp(rows[i].due, "in-process") == 0 || strcmp(rows[i].due, "before-release") == 0;
        bool stands = text_equal(rows[i].state, "verified") && rows[i].verdict;
        bool replaced = text_equal(rows[i].state, "invalidated");
        if (due && !stands && !replaced)
            call_refuse(call, "PAPER-03", "batch", "control", rows[i].name, NULL);
    }
    return call_ending(call);
}

/* After the release a further issue holds the result of a control that was due after it, once one was verified since. */
static ending check_state(call *call, const paper *paper)
{
    record_result *rows = NULL;
    size_t count = 0;
    document last = {0}, wanted = {.kind = "certificate-of-analysis", .subject_kind = "batch", .subject = paper->batch.number};
    bool found = false, later = false;
    if (text_equal(paper->batch.state, "quarantine"))
        return DONE;
    TRY(store_find(call->store, &DOCUMENT_LAST_ISSUE, &wanted, call->arena, &last, &found));
    TRY(store_list(call->store, &RECORD_RESULTS, &paper->key, call->arena, &rows, &count));
    for (size_t i = 0; i < count && found; i++)
        later = later || (text_equal(rows[i].due, "after-release") && text_equal(rows[i].state, "verified") &&
                          strcmp(rows[i].verified_at, last.issued_at) > 0);
    if (!text_equal(paper->batch.state, "released") || !later)
        call_refuse(call, "PAPER-04", "batch", "state", call_word(call, "state.", paper->batch.state), NULL);
    return call_ending(call);
}

/* Who made the batch answers for none of its control. Rule: BPP 6.18. */
static ending check_person(call *call, const paper *paper)
{
    int64_t operated = 0;
    TRY(releases_parts(call, &PART_OPERATED, &paper->batch, &operated));
    return operated > 0 ? call_refuse(call, "PAPER-05", "as", "person", call->person.identifier, "batch", paper->batch.number, NULL) : DONE;
}

static ending prepare(call *call)
{
    paper paper = {0};
    drawing *drawing = NULL;
    TRY(papers_load(call, "batch", call_text(call, "batch"), &paper));
    TRY(check_state(call, &paper));
    TRY(check_person(call, &paper));
    TRY(check_results(call, &paper));
    TRY(documents_begin(call, "certificate-of-analysis", "certificate", "batch", paper.batch.number, call_text(call, "reason"), &drawing));
    answer *record = documents_record(call, drawing, NULL, NULL, NULL, ABSENT);
    if (!record)
        return call_ending(call);
    refusal_value values[] = {{"batch", paper.batch.number}};
    const char *meaning = catalogue_fill(call->arena, call->site_language, "meaning.certificate sign", values, 1);
    TRY(certificate_fill(call, &paper, drawing, record, meaning));
    return documents_draw(call, drawing);
}

const act certificate_sign_act = {.name = "certificate sign", .right = RIGHT_SIGN_CERTIFICATES, .signed_act = true, .inputs = inputs,
                                  .run = documents_store, .prepare = prepare};
