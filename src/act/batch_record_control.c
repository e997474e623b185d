/* The parts of the batch record on control, release and anomalies. Rule: BPP 4.38. */
#include <string.h>

#include "magistral/act/papers.h"
#include "magistral/base/catalogue.h"

static ending put_samples(call *call, const paper *paper, answer *record)
{
    record_line *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_SAMPLES, &paper->key, call->arena, &rows, &count));
    answer *list = put_list(record, "samples");
    for (size_t i = 0; i < count; i++) {
        bool reserve = strcmp(rows[i].detail, "reserve") == 0;
        answer *line = add_object(list);
        put_text(line, "number", rows[i].number);
        put_count(line, "units", rows[i].quantity);
        put_text(line, "destination", reserve ? catalogue_word(call->site_language, "record.", "reserve") : rows[i].what);
        put_text(line, "by", rows[i].person);
        put_instant(line, "at", rows[i].at);
    }
    return DONE;
}

static ending put_controls(call *call, const paper *paper, answer *record)
{
    record_result *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_RESULTS, &paper->key, call->arena, &rows, &count));
    answer *list = put_list(record, "controls");
    for (size_t i = 0; i < count; i++) {
        bool judged = rows[i].result != ABSENT && rows[i].verdict;
        answer *line = add_object(list);
        put_text(line, "name", rows[i].name);
        put_text(line, "specification", rows[i].specification);
        put_text(line, "result", judged ? rows[i].stated : catalogue_word(call->site_language, "control.", "under-way"));
        put_state(line, "verdict", judged ? rows[i].verdict : "pending");
        if (rows[i].reason)
            put_text(line, "reason", rows[i].reason);
        put_text(line, "by", rows[i].entered_by);
        put_instant(line, "at", rows[i].closed_at);
        put_text(line, "verified_by", rows[i].verified_by);
    }
    return DONE;
}

static ending put_decisions(call *call, const paper *paper, answer *record)
{
    record_decision *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_DECISIONS, &paper->key, call->arena, &rows, &count));
    answer *list = put_list(record, "decisions");
    for (size_t i = 0; i < count; i++) {
        const char *role = NULL;
        TRY(papers_role(call, rows[i].identifier, rows[i].at, &role));
        answer *line = add_object(list);
        put_text(line, "what", catalogue_word(call->site_language, "decided.", rows[i].kind));
        put_text(line, "meaning", rows[i].meaning);
        if (rows[i].reason)
            put_text(line, "reason", rows[i].reason);
        put_text(line, "person", rows[i].person);
        put_text(line, "role", catalogue_word(call->site_language, "role.", role));
        put_instant(line, "at", rows[i].at);
        put_text(line, "digest", arena_format(call->arena, "%lld:%s", (long long)rows[i].sequence, rows[i].head));
    }
    return DONE;
}

static ending put_deviations(call *call, const paper *paper, answer *record)
{
    record_deviation *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_DEVIATIONS, &paper->key, call->arena, &rows, &count));
    answer *list = put_list(record, "deviations");
    for (size_t i = 0; i < count; i++) {
        answer *line = add_object(list);
        put_text(line, "number", rows[i].number);
        put_text(line, "what", rows[i].subject ? arena_format(call->arena, "%s : %s", rows[i].subject, rows[i].description) : rows[i].description);
        put_text(line, "by", rows[i].opened_by);
        put_instant(line, "opened", rows[i].opened_at);
        put_state(line, "state", rows[i].state);
        put_text(line, "decision", rows[i].impact);
        put_text(line, "person", rows[i].decided_by);
        put_instant(line, "at", rows[i].decided_at);
    }
    return DONE;
}

/* What is destroyed is a loss of its kind; complaints and addenda come with later rows. */
static ending put_destructions(call *call, const paper *paper, answer *record)
{
    record_line *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_LOSSES, &paper->key, call->arena, &rows, &count));
    answer *list = put_list(record, "destructions");
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].number, "shells-destroyed") != 0)
            continue;
        answer *line = add_object(list);
        put_text(line, "what", rows[i].what);
        put_count(line, "quantity", rows[i].quantity);
        put_text(line, "by", rows[i].person);
        put_instant(line, "at", rows[i].at);
    }
    put_list(record, "addenda");
    put_list(record, "complaints");
    return DONE;
}

ending batch_record_fill_control(call *call, const paper *paper, answer *record)
{
    TRY(put_samples(call, paper, record));
    TRY(put_controls(call, paper, record));
    TRY(put_decisions(call, paper, record));
    TRY(put_deviations(call, paper, record));
    return put_destructions(call, paper, record);
}
