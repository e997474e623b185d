/* The release certificate: what was reviewed and decided, by whom, at which head of the journal. Rule: BPP 6.69, 7.19. */
#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/act/papers.h"
#include "magistral/base/catalogue.h"

static void put_reviewed(call *call, const char *what, const char *finding, const char *person, answer *list)
{
    answer *line = add_object(list);
    put_text(line, "what", catalogue_word(call->site_language, "reviewed.", what));
    put_text(line, "finding", finding);
    put_text(line, "person", person);
}

static ending put_analysis(call *call, const paper *paper, answer *record)
{
    document certificate = {0};
    bool found = false, complies = true;
    record_result *rows = NULL;
    size_t count = 0;
    document wanted = {.kind = "certificate-of-analysis", .subject_kind = "batch", .subject = paper->batch.number};
    TRY(store_find(call->store, &DOCUMENT_LAST_ISSUE, &wanted, call->arena, &certificate, &found));
    TRY(store_list(call->store, &RECORD_RESULTS, &paper->key, call->arena, &rows, &count));
    for (size_t i = 0; i < count; i++)
        complies = complies && (text_equal(rows[i].state, "invalidated") || !rows[i].verdict || strcmp(rows[i].verdict, "complies") == 0);
    answer *analysis = put_object(record, "analysis");
    put_text(analysis, "number", found ? certificate.number : NULL);
    put_state(analysis, "verdict", complies ? "complies" : "does not comply");
    return DONE;
}

/* What became of the batch since: a paper printed after a recall is no leave to use it. Nothing while the decision still holds. */
static ending put_standing(call *call, const paper *paper, const char *decided, const record_decision *rows, size_t count, answer *record)
{
    const char *state = NULL;
    const record_decision *since = NULL;
    TRY(batches_state(call, paper->batch.id, &state));
    if (strcmp(state, decided) == 0)
        return DONE;
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].kind, "recall") == 0 || (text_starts(state, "held") && strcmp(rows[i].kind, "hold") == 0))
            since = &rows[i];
    bool told = strcmp(state, "expired") != 0 && strcmp(state, "destroyed") != 0 && since;
    answer *standing = put_object(record, "standing");
    put_state(standing, "state", state);
    put_day(standing, "day", told ? papers_day_of(call, since->at) : NULL);
    put_text(standing, "reason", since ? since->reason : NULL);
    return DONE;
}

/* Each reattribution is a release decision of its own: a certificate issued again tells those taken since. */
static void put_later_decisions(call *call, const record_decision *rows, size_t count, answer *record)
{
    bool any = false;
    answer *list = put_list(record, "reattributions");
    for (size_t i = 0; i < count; i++) {
        if (!text_equal(rows[i].kind, "reattribution"))
            continue;
        answer *line = add_object(list);
        put_text(line, "what", rows[i].meaning);
        put_text(line, "reason", rows[i].reason);
        put_text(line, "person", rows[i].person);
        put_instant(line, "at", rows[i].at);
        put_text(line, "head", arena_format(call->arena, "%lld:%s", (long long)rows[i].sequence, rows[i].head));
        any = true;
    }
    put_text(record, "reattributed", any ? "yes" : NULL);
}

ending release_certificate_fill(call *call, const paper *paper, drawing *drawing, answer *record)
{
    record_decision *rows = NULL, *decision = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_DECISIONS, &paper->key, call->arena, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].kind, "release") == 0 || strcmp(rows[i].kind, "refusal") == 0)
            decision = &rows[i];
    if (!decision)
        return call_refuse(call, "PAPER-02", "batch", "batch", paper->batch.number, NULL);
    TRY(papers_put_number(call, drawing, record, "certificate"));
    TRY(papers_put_product(call, paper, record));
    answer *decided = put_object(record, "decision");
    put_state(decided, "state", strcmp(decision->kind, "release") == 0 ? "released" : "refused");
    put_text(decided, "reason", decision->reason);
    put_instant(decided, "decided", decision->at);
    TRY(put_standing(call, paper, answer_find_text(decided, "state"), rows, count, record));
    answer *batch = put_object(record, "batch");
    put_text(batch, "number", paper->batch.number);
    put_count(batch, "units", paper->batch.filled != ABSENT ? paper->batch.filled : paper->batch.units);
    put_count(batch, "dispensable", paper->batch.conforming != ABSENT ? paper->batch.conforming : 0);
    put_day(batch, "made", paper->batch.made_on);
    put_day(batch, "expiry", paper->batch.expiry);
    put_text(batch, "storage", paper->version.storage);
    answer *reviewed = put_list(record, "reviewed");
    put_reviewed(call, "record", catalogue_word(call->site_language, "reviewed.", "record-finding"), decision->person, reviewed);
    const char *head = arena_format(call->arena, "%lld:%s", (long long)decision->sequence, decision->head);
    put_reviewed(call, "trail", head, decision->person, reviewed);
    TRY(papers_put_exceptions(call, decision, record));
    put_later_decisions(call, rows, count, record);
    TRY(put_analysis(call, paper, record));
    return papers_put_signature(call, record, decision->meaning, decision->identifier, decision->at, head);
}
