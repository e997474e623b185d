/* The parts of the batch record on control, release and anomalies. Rule: BPP 4.38. */
#include <string.h>

#include "magistral/act/amendments.h"
#include "magistral/act/bottles.h"
#include "magistral/act/investigations.h"
#include "magistral/act/orders.h"
#include "magistral/act/papers.h"
#include "magistral/act/releases.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/typography.h"
#include "magistral/store/dispensing.h"
#include "magistral/store/request.h"

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

/* What left the retained sample, mostly after the decision: further rows, which change none that stands. Rule: BPP 6.67. */
static ending put_exits(call *call, const paper *paper, answer *record)
{
    sample_exit_line *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &SAMPLE_EXITS_OF, (&(sample_exit_line){.batch = paper->batch.id, .sample = ABSENT}), call->arena, &rows, &count));
    answer *list = put_list(record, "exits");
    for (size_t i = 0; i < count; i++) {
        answer *line = add_object(list);
        put_text(line, "sample", rows[i].number);
        put_count(line, "units", rows[i].units);
        put_text(line, "what", arena_format(call->arena, "%s%s%s", catalogue_word(call->site_language, "state.", rows[i].destination),
                                            typography_colon(call->site_language), rows[i].reason));
        put_text(line, "by", rows[i].name);
        put_instant(line, "at", rows[i].at);
    }
    return DONE;
}

static ending put_samples(call *call, const paper *paper, answer *record)
{
    sample_line *rows = NULL;
    record_result *controls = NULL;
    size_t count = 0, control_count = 0;
    TRY(store_list(call->store, &SAMPLES_OF, (&(sample_line){.batch = paper->batch.id}), call->arena, &rows, &count));
    TRY(store_list(call->store, &RECORD_RESULTS, &paper->key, call->arena, &controls, &control_count));
    answer *list = put_list(record, "samples");
    for (size_t i = 0; i < count; i++) {
        bool reserve = strcmp(rows[i].purpose, "reserve") == 0;
        answer *line = add_object(list);
        put_text(line, "number", rows[i].number);
        put_count(line, "units", rows[i].units);
        put_text(line, "former", amendments_first(call, paper->amendments, paper->amendment_count, rows[i].number, "units"));
        if (reserve) { /* its units go to a second stage, the others are what the laboratory analyses */
            put_count(line, "used", rows[i].used);
            put_count(line, "left", sample_left(&rows[i]));
        } else {
            put_text(line, "used", NULL);
            put_text(line, "left", NULL);
        }
        put_text(line, "destination", reserve ? catalogue_word(call->site_language, "record.", "reserve")
                                              : destination_words(call, rows[i].destinations, controls, control_count));
        put_text(line, "by", rows[i].drawer_name);
        put_instant(line, "at", rows[i].at);
        papers_put_late(call, paper, rows[i].at, rows[i].received_at, line);
        put_text(line, "received", rows[i].received == ABSENT ? NULL : arena_format(call->arena, "%lld", (long long)rows[i].received));
        put_text(line, "received_by", rows[i].receiver_name);
        put_instant(line, "received_at", rows[i].received_at);
        put_text(line, "difference", rows[i].difference);
    }
    return put_exits(call, paper, record);
}

static ending put_control(call *call, const paper *paper, const record_result *row, const char *former, answer *list)
{
    bool judged = row->result != ABSENT && row->verdict;
    control_judged first = {0};
    const char *stated = NULL;
    const char *pending = NULL;
    TRY(papers_pending(call, paper, row, &pending));
    TRY(papers_first_stage(call, paper, row, &first, &stated));
    answer *line = add_object(list);
    put_text(line, "name", row->name);
    put_text(line, "specification", papers_specification(call, row));
    if (former)
        put_text(line, "former", former);
    put_text(line, "result", judged ? row->stated : pending);
    put_state(line, "verdict", judged ? row->verdict : "pending");
    if (row->reason)
        put_text(line, "reason", row->reason);
    put_text(line, "first_stage", stated);
    put_day(line, "analysed", row->analysed_on);
    put_text(line, "analyst", row->analyst);
    put_text(line, "laboratory", row->laboratory);
    put_text(line, "order", row->laboratory_order);
    put_text(line, "equipment", row->equipment);
    put_text(line, "column", row->chromatographic_column);
    put_text(line, "suitability", row->suitability);
    put_text(line, "standard", row->reference_standard);
    put_day(line, "standard_expiry", row->standard_expiry);
    put_text(line, "by", row->entered_by);
    put_instant(line, "at", row->closed_at);
    put_text(line, "verified_by", row->verified_by);
    put_instant(line, "verified_at", row->verified_at);
    return DONE;
}

static ending put_controls(call *call, const paper *paper, answer *record)
{
    record_result *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_RESULTS, &paper->key, call->arena, &rows, &count));
    answer *list = put_list(record, "controls");
    for (size_t i = 0; i < count; i++)
        TRY(put_control(call, paper, &rows[i], rows[i].number ? amendments_firsts(call, paper->amendments, paper->amendment_count, "result", rows[i].number) : NULL, list));
    return DONE;
}

/* The certificates of analysis with what was signed: the decision rests on them. */
static ending put_certificates(call *call, const paper *paper, answer *record)
{
    record_certificate *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_CERTIFICATES, &paper->key, call->arena, &rows, &count));
    answer *list = put_list(record, "certificates");
    for (size_t i = 0; i < count; i++) {
        const char *role = NULL;
        TRY(papers_role(call, rows[i].identifier, rows[i].at, &role));
        answer *line = add_object(list);
        put_text(line, "number", rows[i].number);
        put_count(line, "issue", rows[i].issue);
        put_text(line, "meaning", rows[i].meaning);
        put_text(line, "person", rows[i].person);
        put_text(line, "role", catalogue_word(call->site_language, "role.", role));
        put_instant(line, "at", rows[i].at);
        put_text(line, "head", arena_format(call->arena, "%lld:%s", (long long)rows[i].drawn_from, rows[i].head));
    }
    return DONE;
}

/* From the batch to whom it reached: BPP 4.39. No patient's identity, their pseudonym. */
static ending put_dispensings(call *call, const paper *paper, answer *record)
{
    record_dispensing *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_DISPENSINGS, &paper->key, call->arena, &rows, &count));
    answer *list = put_list(record, "dispensings");
    for (size_t i = 0; i < count; i++) {
        answer *line = add_object(list);
        put_text(line, "number", rows[i].number);
        put_text(line, "pseudonym", rows[i].pseudonym);
        put_count(line, "units", rows[i].units);
        put_text(line, "bottles", rows[i].bottles);
        put_state_of(line, "state", "dispensing", rows[i].state);
        put_text(line, "by", rows[i].confirmed_by);
        put_instant(line, "at", rows[i].confirmed_at);
        put_text(line, "handed_over_by", rows[i].handed_over_by);
        put_instant(line, "handed_over_at", rows[i].handed_over_at);
    }
    return DONE;
}

/* Those of the decision, as they were signed; before it, those that are to be reviewed now. */
static ending put_exceptions(call *call, const paper *paper, const record_decision *decided, answer *record)
{
    review review = {0};
    record_decision now = {0};
    BUFFER_SCOPE buffer json = BUFFER_EMPTY;
    put_truth(record, "reviewed", decided != NULL);
    if (decided)
        return papers_put_exceptions(call, decided, record);
    answer *found = answer_object(call->arena);
    TRY(releases_review(call, &paper->batch, &review));
    TRY(releases_put_exceptions_of_site(call, found, &review));
    TRY(answer_write_json(found->first, &json));
    now.exceptions = arena_text(call->arena, buffer_text(&json));
    return papers_put_exceptions(call, &now, record);
}

static ending put_decisions(call *call, const paper *paper, answer *record)
{
    record_decision *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_DECISIONS, &paper->key, call->arena, &rows, &count));
    const record_decision *decided = NULL;
    answer *list = put_list(record, "decisions");
    for (size_t i = 0; i < count; i++) {
        const char *role = NULL;
        bool ends = strcmp(rows[i].kind, "release") == 0 || strcmp(rows[i].kind, "refusal") == 0;
        decided = ends ? &rows[i] : decided;
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
    return put_exceptions(call, paper, decided, record);
}

static ending put_deviations(call *call, const paper *paper, answer *record)
{
    record_deviation *rows = NULL;
    size_t count = 0;
    const char *colon = typography_colon(call->site_language);
    TRY(store_list(call->store, &RECORD_DEVIATIONS, &paper->key, call->arena, &rows, &count));
    answer *list = put_list(record, "deviations");
    for (size_t i = 0; i < count; i++) {
        answer *line = add_object(list);
        put_text(line, "number", rows[i].number);
        put_text(line, "what", rows[i].subject && !text_starts(rows[i].subject, "reconciliation/") ? arena_format(call->arena, "%s%s%s", rows[i].subject, colon, rows[i].description) : rows[i].description);
        put_text(line, "by", rows[i].opened_by);
        put_instant(line, "opened", rows[i].opened_at);
        put_state_of(line, "state", "deviation", rows[i].state);
        put_state_of(line, "outcome", "deviation", rows[i].decision);
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

/* What came back of the batch, was lost or had to be replaced: in part 5, beside the complaints. */
static void add_complaint(const call *call, answer *list, const char *number, const char *word, const refusal_value *values, size_t count, const char *by, const char *at)
{
    answer *line = add_object(list);
    put_text(line, "number", number);
    put_text(line, "what", catalogue_fill(call->arena, call->site_language, word, values, count));
    put_text(line, "by", by);
    put_instant(line, "at", at);
}

static const char *units_text(const call *call, int64_t units)
{
    return arena_format(call->arena, "%lld", (long long)units);
}

static ending put_lost_bottles(call *call, const paper *paper, answer *list)
{
    lost_bottle *lost = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &LOST_BOTTLES_OF_BATCH, (&(bottle_loss){.batch = paper->batch.id}), call->arena, &lost, &count));
    for (size_t i = 0; i < count; i++) {
        const refusal_value values[] = {{"state", catalogue_word(call->site_language, "state.bottle.", lost[i].kind)},
                                        {"units", units_text(call, lost[i].units)}, {"reason", lost[i].reason}};
        add_complaint(call, list, lost[i].number, "record.bottle-lost", values, 3, lost[i].name, lost[i].at);
        if (lost[i].found_at)
            add_complaint(call, list, lost[i].number, "record.bottle-found", (refusal_value[]){{"how", lost[i].found_how}}, 1, lost[i].finder_name, lost[i].found_at);
    }
    return DONE;
}

static ending put_lost_by_patients(call *call, const paper *paper, answer *list)
{
    patient_loss_line *lost = NULL;
    replacement_line *replaced = NULL;
    size_t count = 0, replacements = 0;
    TRY(store_list(call->store, &PATIENT_LOSSES_OF_BATCH, (&(patient_loss_line){.batch = paper->batch.id}), call->arena, &lost, &count));
    TRY(store_list(call->store, &REPLACEMENTS_OF_BATCH, (&(replacement_line){.batch = paper->batch.id}), call->arena, &replaced, &replacements));
    for (size_t i = 0; i < count; i++) {
        const refusal_value values[] = {{"units", units_text(call, lost[i].units)}, {"reported-by", lost[i].reported_by}, {"reason", lost[i].reason}};
        add_complaint(call, list, lost[i].number, "record.lost-by-patient", values, 3, lost[i].name, lost[i].at);
    }
    for (size_t i = 0; i < replacements; i++) {
        const refusal_value values[] = {{"request", replaced[i].number}, {"reason", replaced[i].reason}};
        add_complaint(call, list, replaced[i].dispensing_number, "record.replaced", values, 2, replaced[i].name, replaced[i].at);
    }
    return DONE;
}

static ending put_complaints(call *call, const paper *paper, answer *record)
{
    return_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &PATIENT_RETURNS_OF_BATCH, (&(return_line){.batch = paper->batch.id}), call->arena, &lines, &count));
    answer *list = put_list(record, "complaints");
    for (size_t i = 0; i < count; i++) {
        const refusal_value values[] = {{"units", units_text(call, lines[i].units)}, {"reason", lines[i].reason}};
        add_complaint(call, list, lines[i].number, "record.returned", values, 2, lines[i].name, lines[i].at);
    }
    TRY(put_lost_by_patients(call, paper, list));
    return put_lost_bottles(call, paper, list);
}

/* Shells destroyed are a loss of their kind; capsules are destroyed by an act; complaints come with later rows. */
static ending put_destructions(call *call, const paper *paper, answer *record)
{
    record_line *losses = NULL, *capsules = NULL;
    size_t count = 0, destroyed = 0;
    const char *colon = typography_colon(call->site_language);
    TRY(store_list(call->store, &RECORD_LOSSES, &paper->key, call->arena, &losses, &count));
    TRY(store_list(call->store, &RECORD_DESTRUCTIONS, &paper->key, call->arena, &capsules, &destroyed));
    answer *list = put_list(record, "destructions");
    for (size_t i = 0; i < count; i++)
        if (strcmp(losses[i].number, "shells-destroyed") == 0)
            put_destruction(&losses[i], arena_format(call->arena, "%s%s%s", catalogue_word(call->site_language, "state.", losses[i].number), colon, losses[i].what), list);
    for (size_t i = 0; i < destroyed; i++)
        put_destruction(&capsules[i], arena_format(call->arena, "%s%s%s", catalogue_word(call->site_language, "record.", "capsules"), colon, capsules[i].what), list);
    return put_complaints(call, paper, record);
}

ending batch_record_fill_control(call *call, const paper *paper, answer *record)
{
    TRY(put_samples(call, paper, record));
    TRY(put_controls(call, paper, record));
    TRY(orders_put_record(call, record, paper->batch.id));
    TRY(put_certificates(call, paper, record));
    TRY(put_decisions(call, paper, record));
    TRY(put_dispensings(call, paper, record));
    TRY(put_deviations(call, paper, record));
    TRY(investigations_put_record(call, record, paper->batch.id));
    return put_destructions(call, paper, record);
}
