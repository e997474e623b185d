/* The part of the batch record on what was weighed and counted, and on the balances. Rule: BPP 4.38, 5.39, 5.44. */
#include "magistral/act/papers.h"

#include <string.h>

#include "magistral/act/amendments.h"
#include "magistral/act/weighings.h"
#include "magistral/domain/quantity.h"

static const char *grams(call *call, int64_t nanograms, int places)
{
    return nanograms == ABSENT ? NULL : mass_text(call->arena, (mass){nanograms}, "g", places);
}

/* Each person beside their hour: who opened, weighed, verified, discarded. */
static void put_persons(const record_weighing *row, answer *line)
{
    put_text(line, "opened_by", row->opened_by);
    put_instant(line, "opened_at", row->opened_at);
    put_text(line, "by", row->recorded_by);
    put_instant(line, "at", row->recorded_at);
    put_text(line, "verified_by", row->verified_by);
    put_instant(line, "verified_at", row->verified_at);
    put_text(line, "discarded_by", row->discarded_by);
    put_instant(line, "discarded_at", row->discarded_at);
    put_text(line, "discard_reason", row->discard_reason);
    put_text(line, "ticket", row->ticket);
    put_text(line, "other_lot_reason", row->other_lot_reason);
}

static void put_weighing(call *call, const paper *paper, const record_weighing *row, const char *former, answer *list)
{
    int places = weighings_places(row->readability);
    answer *line = add_object(list);
    put_count(line, "number", row->rank);
    put_text(line, "material", row->material);
    put_text(line, "lot", row->lot);
    put_text(line, "container", row->container);
    put_text(line, "balance", row->balance);
    put_figure(line, "target", grams(call, row->target, places), "g", row->formula);
    put_decimal(line, "low", grams(call, row->low, places), "g");
    put_decimal(line, "high", grams(call, row->high, places), "g");
    put_decimal(line, "tare", grams(call, row->tare, places), "g");
    put_decimal(line, "net", grams(call, row->net, places), "g");
    if (former)
        put_text(line, "former", former);
    papers_put_late(call, paper, row->recorded_at, row->verified_at, line);
    put_state(line, "state", row->state);
    put_persons(row, line);
}

static void put_issue(call *call, const paper *paper, const record_line *row, const char *former, answer *list)
{
    answer *line = add_object(list);
    put_text(line, "number", row->number);
    put_text(line, "material", row->what);
    put_text(line, "lot", row->detail);
    put_count(line, "units", row->quantity);
    put_text(line, "former", former);
    papers_put_late(call, paper, row->at, row->verified_at, line);
    put_text(line, "by", row->person);
    put_instant(line, "at", row->at);
    put_text(line, "verified_by", row->verified_by);
    put_instant(line, "verified_at", row->verified_at);
}

/* The check of the day on which each weighing relied. */
static ending put_checks(call *call, const paper *paper, answer *record)
{
    record_check *rows = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &RECORD_CHECKS, &paper->key, call->arena, &rows, &count));
    answer *list = put_list(record, "checks");
    for (size_t i = 0; i < count; i++) {
        int places = weighings_places(rows[i].readability);
        answer *line = add_object(list);
        put_text(line, "balance", rows[i].balance);
        put_decimal(line, "weight", grams(call, rows[i].weight, places), "g");
        put_decimal(line, "reading", grams(call, rows[i].reading, places), "g");
        put_decimal(line, "tolerance", grams(call, rows[i].tolerance, places), "g");
        put_state(line, "verdict", rows[i].conforms ? "complies" : "does not comply");
        put_text(line, "by", rows[i].person);
        put_instant(line, "at", rows[i].at);
        put_text(line, "late", rows[i].form);
        put_day(line, "day", rows[i].day);
    }
    return DONE;
}

ending batch_record_fill_weighings(call *call, const paper *paper, answer *record)
{
    record_weighing *rows = NULL;
    record_line *issues = NULL;
    size_t count = 0, issued = 0;
    TRY(store_list(call->store, &RECORD_WEIGHINGS, &paper->key, call->arena, &rows, &count));
    TRY(store_list(call->store, &RECORD_ISSUES, &paper->key, call->arena, &issues, &issued));
    answer *list = put_list(record, "weighings");
    for (size_t i = 0; i < count; i++) {
        const char *number = arena_format(call->arena, "%s/W%lld", paper->batch.number, (long long)rows[i].rank);
        put_weighing(call, paper, &rows[i], amendments_first(call, paper->amendments, paper->amendment_count, number, "net"), list);
        put_text(list->last, "former_tare", amendments_first(call, paper->amendments, paper->amendment_count, number, "tare"));
        put_text(list->last, "former_ticket", amendments_first(call, paper->amendments, paper->amendment_count, number, "ticket"));
    }
    list = put_list(record, "issues");
    for (size_t i = 0; i < issued; i++)
        put_issue(call, paper, &issues[i], amendments_first(call, paper->amendments, paper->amendment_count, issues[i].number, "units"), list);
    return put_checks(call, paper, record);
}
