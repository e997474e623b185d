/* The parts of the batch record on control, release and anomalies. Rule: BPP 4.38. */
#include <string.h>

#include "magistral/act/papers.h"
#include "magistral/base/catalogue.h"

/* "MASS,ASPECT" by the controls' names. */
static const char *destination_words(call *call, const char *codes, const record_result *controls, size_t count)
{
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    while (*codes) {
        size_t length = strcspn(codes, ","), i = 0;
        const char *code = arena_copy(call->arena, codes, length);
        while (i < count && strcmp(controls[i].code, code) != 0)
            i++;
        buffer_add_format(&text, "%s%s", text.length ? ", " : "", i < count ? controls[i].name : code);
        codes += length + (codes[length] == ',');
    }
    return arena_text(call->arena, buffer_text(&text));
}

static ending put_samples(call *call, const paper *paper, answer *record)
{
    record_line *rows = NULL;
    record_result *controls = NULL;
    size_t count = 0, control_count = 0;
    TRY(store_list(call->store, &RECORD_SAMPLES, &paper->key, call->arena, &rows, &count));
    TRY(store_list(call->store, &RECORD_RESULTS, &paper->key, call->arena, &controls, &control_count));
    answer *list = put_list(record, "samples");
    for (size_t i = 0; i < count; i++) {
        bool reserve = strcmp(rows[i].detail, "reserve") == 0;
        answer *line = add_object(list);
        put_text(line, "number", rows[i].number);
        put_count(line, "units", rows[i].quantity);
        put_text(line, "destination", reserve ? catalogue_word(call->site_language, "record.", "reserve")
                                              : destination_words(call, rows[i].what, controls, control_count));
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
        const char *pending = NULL;
        TRY(papers_pending(call, paper, &rows[i], &pending));
        answer *line = add_object(list);
        put_text(line, "name", rows[i].name);
        put_text(line, "specification", rows[i].specification);
        put_text(line, "result", judged ? rows[i].stated : pending);
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
        put_text(line, "head", arena_format(call->arena, "%lld:%s", (long long)rows[i].sequence, rows[i].head));
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
        put_state_of(line, "state", "deviation", rows[i].state);
        put_text(line, "decision", rows[i].impact);
        put_text(line, "person", rows[i].decided_by);
        put_instant(line, "at", rows[i].decided_at);
    }
    return DONE;
}

static void put_destruction(const record_line *row, const char *what, answer *list)
{
    answer *line = add_object(list);
    put_text(line, "what", what);
    put_count(line, "quantity", row->quantity);
    put_text(line, "by", row->person);
    put_instant(line, "at", row->at);
}

/* Shells destroyed are a loss of their kind; capsules are destroyed by an act; complaints and addenda come with later rows. */
static ending put_destructions(call *call, const paper *paper, answer *record)
{
    record_line *losses = NULL, *capsules = NULL;
    size_t count = 0, destroyed = 0;
    TRY(store_list(call->store, &RECORD_LOSSES, &paper->key, call->arena, &losses, &count));
    TRY(store_list(call->store, &RECORD_DESTRUCTIONS, &paper->key, call->arena, &capsules, &destroyed));
    answer *list = put_list(record, "destructions");
    for (size_t i = 0; i < count; i++)
        if (strcmp(losses[i].number, "shells-destroyed") == 0)
            put_destruction(&losses[i], arena_format(call->arena, "%s : %s", catalogue_word(call->site_language, "state.", losses[i].number), losses[i].what), list);
    for (size_t i = 0; i < destroyed; i++)
        put_destruction(&capsules[i], arena_format(call->arena, "%s : %s", catalogue_word(call->site_language, "record.", "capsules"), capsules[i].what), list);
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
