/* What deviated, gathered from the whole record: what a pharmacist reviews before deciding. Rule: BPP 6.68. */
#include <string.h>

#include "magistral/act/amendments.h"
#include "magistral/act/emergencies.h"
#include "magistral/act/equipments.h"
#include "magistral/act/interruptions.h"
#include "magistral/act/investigations.h"
#include "magistral/act/late_entries.h"
#include "magistral/act/papers.h"
#include "magistral/act/releases.h"
#include "magistral/act/rooms.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/typography.h"

void releases_put_exception(call *call, answer *list, const char *kind, const char *link_kind, const char *number, const char *text)
{
    answer *row = add_object(list);
    (void)call;
    put_state(row, "kind", kind);
    put_link(row, "link", link_kind, number);
    put_text(row, "description", text);
}

static const char *filled(call *call, const char *key, const refusal_value *values, size_t count)
{
    BUFFER_SCOPE buffer shown = BUFFER_EMPTY;
    typography_add_sentence(&shown, call->language, catalogue_fill(call->arena, call->language, key, values, count));
    return arena_text(call->arena, buffer_text(&shown));
}

/* "Assay: 99.1 %" */
static const char *named(call *call, const char *name, const char *text)
{
    refusal_value values[] = {{"name", name}, {"text", text}};
    return filled(call, "exception.named", values, 2);
}

static void put_weighings(call *call, answer *list, const review *r)
{
    for (size_t i = 0; i < r->making.weighing_count; i++) {
        const weighing_line *w = &r->making.weighings[i];
        if (text_equal(w->state, "discarded"))
            releases_put_exception(call, list, "weighing-discarded", "weighing", w->number, w->discard_reason);
        else if (w->within == 0)
            releases_put_exception(call, list, "weighing-outside", "weighing", w->number, w->material_name);
        if (w->other_lot_reason)
            releases_put_exception(call, list, "other-lot", "weighing", w->number, w->other_lot_reason);
    }
    for (size_t i = 0; i < r->making.issue_count; i++)
        if (r->making.issues[i].other_lot_reason)
            releases_put_exception(call, list, "other-lot", "issue", r->making.issues[i].number, r->making.issues[i].other_lot_reason);
}

/* One balance on one day. */
typedef struct balance_day {
    int64_t equipment;
    const char *code, *day;
} balance_day;

static void add_day(balance_day *used, size_t *count, int64_t equipment, const char *code, const char *day)
{
    for (size_t i = 0; i < *count; i++)
        if (used[i].equipment == equipment && text_equal(used[i].day, day))
            return;
    used[(*count)++] = (balance_day){equipment, code, day};
}

/* A balance that failed its check and passed a later one of the same day was used all the same: the reviewer sees what it showed. */
static ending put_failed_checks(call *call, answer *list, const balance_day *used)
{
    equipment_check_line *failed = NULL, wanted = {.equipment = used->equipment, .day = used->day};
    size_t count = 0;
    TRY(store_list(call->store, &EQUIPMENT_CHECKS_FAILED, &wanted, call->arena, &failed, &count));
    for (size_t i = 0; i < count; i++) {
        refusal_value values[] = {{"equipment", used->code},
                                  {"day", used->day},
                                  {"reading", mass_words(call->arena, (mass){failed[i].reading})},
                                  {"weight", mass_words(call->arena, (mass){failed[i].weight})},
                                  {"tolerance", mass_words(call->arena, (mass){failed[i].tolerance})},
                                  {"person", failed[i].person}};
        releases_put_exception(call, list, "balance-check-failed", "equipment", used->code,
                               filled(call, "exception.balance-check", values, sizeof values / sizeof *values));
    }
    return DONE;
}

/* What a check was that was entered afterwards, from the paper on which the batch was made. */
static ending put_late_checks(call *call, answer *list, const review *r)
{
    equipment_check_line *late = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &EQUIPMENT_CHECKS_LATE, (&(equipment_check_line){.batch = r->batch.id}), call->arena, &late, &count));
    for (size_t i = 0; i < count; i++) {
        refusal_value values[] = {{"equipment", late[i].code}, {"day", late[i].day}, {"reading", mass_words(call->arena, (mass){late[i].reading})},
                                  {"weight", mass_words(call->arena, (mass){late[i].weight})}, {"tolerance", mass_words(call->arena, (mass){late[i].tolerance})},
                                  {"person", late[i].person}, {"form", late[i].form}};
        releases_put_exception(call, list, late[i].conforms == 1 ? "balance-check-late" : "balance-check-failed", "equipment", late[i].code,
                               filled(call, "exception.balance-check-late", values, sizeof values / sizeof *values));
    }
    return DONE;
}

/* Of every balance, on every day that the batch was weighed or measured on it. */
static ending put_balances(call *call, answer *list, const review *r)
{
    balance_day *used = arena_array(call->arena, 2 * r->making.weighing_count + r->result_count, sizeof *used);
    size_t count = 0;
    for (size_t i = 0; i < r->making.weighing_count; i++) {
        const weighing_line *w = &r->making.weighings[i];
        add_day(used, &count, w->equipment, w->balance, papers_day_of(call, w->opened_at));
        if (w->recorded_at)
            add_day(used, &count, w->equipment, w->balance, papers_day_of(call, w->recorded_at));
    }
    for (size_t i = 0; i < r->result_count; i++)
        if (r->results[i].equipment != ABSENT)
            add_day(used, &count, r->results[i].equipment, r->results[i].equipment_code, r->results[i].analysed_on);
    for (size_t i = 0; i < count; i++)
        TRY(put_failed_checks(call, list, &used[i]));
    return DONE;
}

static const char *deviation_words(call *call, const deviation *d)
{
    if (!d->decision)
        return d->description;
    return arena_format(call->arena, "%s (%s)", d->description, named(call, call_state(call, "deviation", d->decision), d->impact));
}

/* A mean hides what it is made of: each replicate outside the limit by itself is shown. */
static ending put_replicates(call *call, answer *list, const review *r, const result_line *line)
{
    control_specification specification = {0};
    const formula_control *control = formulas_control(&r->formula, line->code);
    result_value *values = NULL;
    size_t count = 0;
    if (!control || !line->verdict || text_equal(line->state, "invalidated"))
        return DONE;
    TRY(results_specification(call, &r->formula, control, &specification));
    TRY(store_list(call->store, &RESULT_VALUES_OF, (&(result_value){.result = line->id}), call->arena, &values, &count));
    for (size_t i = 0; i < count; i++) {
        if (!control_is_outside(&specification, values[i].value))
            continue;
        refusal_value shown[] = {{"name", line->name},
                                 {"rank", arena_format(call->arena, "%lld", (long long)values[i].rank)},
                                 {"value", arena_format(call->arena, values[i].unit ? "%s %s" : "%s", values[i].value, values[i].unit)},
                                 {"specification", line->specification}};
        releases_put_exception(call, list, "replicate-outside", "result", line->number,
                               filled(call, "exception.replicate", shown, sizeof shown / sizeof *shown));
    }
    return DONE;
}

/* What was found on the first ten, on which the test went on: the result in force says only what was found on thirty. */
static ending put_second_stage(call *call, answer *list, const review *r, const result_line *line)
{
    control_specification specification = {0};
    control_judged first = {0};
    result_value *values = NULL;
    size_t count = 0, series = 0;
    const formula_control *control = formulas_control(&r->formula, line->code);
    const char *stated = "";
    if (line->stage != 2 || !control)
        return DONE;
    TRY(results_specification(call, &r->formula, control, &specification));
    TRY(store_list(call->store, &RESULT_VALUES_OF, (&(result_value){.result = line->id}), call->arena, &values, &count));
    const char **texts = arena_array(call->arena, count + 1, sizeof *texts);
    for (size_t i = 0; i < count; i++)
        if (values[i].stage == 1 && text_equal(values[i].series, "value"))
            texts[series++] = values[i].value;
    TRY(results_first_stage(call, &specification, (control_series){texts, series}, &first, &stated));
    refusal_value shown[] = {{"name", line->name}, {"stated", stated}};
    releases_put_exception(call, list, "second-stage", "result", line->number, filled(call, "exception.first-stage", shown, 2));
    return DONE;
}

/* What had been entered before a result was set aside: who decides sees it. */
static ending put_invalidated(call *call, answer *list, const result_line *line)
{
    const char *values = NULL;
    size_t count = 0;
    TRY(results_values_in_words(call, line->id, call->language, &values, &count));
    refusal_value shown[] = {{"name", line->name}, {"reason", line->reason}, {"values", values ? values : "—"}};
    releases_put_exception(call, list, "result-invalidated", "result", line->number, filled(call, "exception.invalidated", shown, 3));
    return DONE;
}

static ending put_results(call *call, answer *list, const review *r)
{
    for (size_t i = 0; i < r->result_count; i++) {
        const result_line *line = &r->results[i];
        const char *stated = named(call, line->name, line->stated ? line->stated : "");
        if (text_equal(line->state, "invalidated"))
            TRY(put_invalidated(call, list, line));
        else if (text_equal(line->verdict, "does not comply"))
            releases_put_exception(call, list, "result-outside", "result", line->number, stated);
        else if (line->verdict && !text_equal(line->verdict, "complies"))
            releases_put_exception(call, list, "result-not-concluded", "result", line->number, stated);
        TRY(put_second_stage(call, list, r, line));
        TRY(put_replicates(call, list, r, line));
    }
    return DONE;
}

/* A periodic control that is not done this time: why, and at which batch it last was. */
static ending put_periodic(call *call, answer *list, const review *r)
{
    for (size_t i = 0; i < r->formula.control_count; i++) {
        const formula_control *control = &r->formula.controls[i];
        periodic since = {0}, wanted = {.batch = r->batch.id, .code = control->code};
        bool found = false;
        if (!text_equal(control->due, "periodic") || r->record.controls[i].result)
            continue;
        TRY(store_find(call->store, &PERIODIC_SINCE, &wanted, call->arena, &since, &found));
        refusal_value values[] = {{"name", control->name},
                                  {"every", arena_format(call->arena, "%lld", (long long)control->every_batches)},
                                  {"justification", control->justification},
                                  {"last", since.last}};
        releases_put_exception(call, list, "periodic-not-done", "batch", since.last ? since.last : r->batch.number,
                               filled(call, since.last ? "exception.periodic" : "exception.periodic-never", values, since.last ? 4 : 3));
    }
    return DONE;
}

/* "powder, loss: 5.48 % (limit <= 3.0 %), computed 100 x ..." */
static void put_reconciliation(call *call, answer *list, const review *r, const reconciliation *row)
{
    BUFFER_SCOPE buffer value = BUFFER_EMPTY;
    BUFFER_SCOPE buffer limit = BUFFER_EMPTY;
    BUFFER_SCOPE buffer formula = BUFFER_EMPTY;
    if (row->within != 0)
        return;
    typography_add_number(&value, call->language, row->value, row->unit);
    typography_add_number(&limit, call->language, row->limit_text ? row->limit_text : "", NULL);
    typography_add_formula(&formula, call->language, row->formula ? row->formula : "");
    refusal_value values[] = {{"kind", call_word(call, "state.", row->kind)},
                              {"name", call_word(call, "field.", row->name)},
                              {"value", buffer_text(&value)},
                              {"limit", buffer_text(&limit)},
                              {"formula", buffer_text(&formula)}};
    releases_put_exception(call, list, "reconciliation-outside", "batch", r->batch.number,
                           filled(call, "exception.reconciliation", values, sizeof values / sizeof *values));
}

/* On a paper, and in what a decision signs, the words are the site's, whoever reads the screen. */
ending releases_put_exceptions_of_site(call *call, answer *to, const review *review)
{
    language own = call->language;
    call->language = call->site_language;
    ending result = releases_put_exceptions(call, to, review);
    call->language = own;
    return result;
}

/* What was changed since it was first entered. */
static void put_amendments(call *call, answer *list, const review *r)
{
    const amendment_line *lines = r->amendments;
    for (size_t i = 0; i < r->amendment_count; i++) {
        bool step = text_is_among("step|filling|loss", lines[i].kind); /* they stand in the batch */
        releases_put_exception(call, list, "amended", step ? "batch" : lines[i].kind, step ? r->batch.number : lines[i].subject, amendments_words(call, &lines[i]));
    }
}

static ending put_interruptions(call *call, answer *list, const review *r)
{
    interruption_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &INTERRUPTIONS_OF, (&(interruption){.batch = r->batch.id}), call->arena, &lines, &count));
    for (size_t i = 0; i < count; i++) {
        refusal_value values[] = {{"reason", lines[i].reason}, {"lasted", interruptions_lasted(call, &lines[i])}, {"left", lines[i].left_as}};
        releases_put_exception(call, list, "interruption", "batch", r->batch.number, filled(call, "exception.interruption", values, 3));
    }
    return DONE;
}

/* Made from a formula that one pharmacist alone had approved. Rule: BPP 1.22. */
static ending put_emergency(call *call, answer *list, const review *r)
{
    emergency_line emergency = {0};
    TRY(emergencies_of_batch(call, r->batch.id, &emergency));
    if (emergency.id)
        releases_put_exception(call, list, "emergency-formula", "formula", emergency.number, emergencies_words(call, call->language, &emergency));
    return DONE;
}

/* Outside what the formula asks of the room, put right again or not: the reviewer sees it. */
static ending put_rooms(call *call, answer *list, const review *r)
{
    room_reading_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &ROOM_READINGS_OF_BATCH, (&(room_reading_line){.batch = r->batch.id}), call->arena, &lines, &count));
    for (size_t i = 0; i < count; i++) {
        if (lines[i].asked != 1 || room_within(lines[i].value, lines[i].low, lines[i].high))
            continue;
        BUFFER_SCOPE buffer at = BUFFER_EMPTY;
        typography_add_answer(&at, call->language, call->zone, answer_make(call->arena, ANSWER_INSTANT, lines[i].at, NULL, NULL));
        refusal_value values[] = {{"kind", call_word(call, "state.", lines[i].kind)},
                                  {"value", rooms_value(call, lines[i].value, lines[i].unit)},
                                  {"limits", rooms_value(call, room_limits(call->arena, lines[i].low, lines[i].high), lines[i].unit)},
                                  {"person", lines[i].name},
                                  {"read", buffer_text(&at)}};
        releases_put_exception(call, list, "room-outside", "batch", r->batch.number, filled(call, "exception.room", values, sizeof values / sizeof *values));
    }
    return DONE;
}

static ending put_late_entries(call *call, answer *list, const review *r)
{
    late_entry_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &LATE_ENTRIES_OF, (&(late_entry){.batch = r->batch.id}), call->arena, &lines, &count));
    for (size_t i = 0; i < count; i++) {
        const char *act = catalogue_word(call->language, "do.", lines[i].act);
        BUFFER_SCOPE buffer done = BUFFER_EMPTY;
        typography_add_answer(&done, call->language, call->zone, answer_make(call->arena, ANSWER_INSTANT, lines[i].done_at, NULL, NULL));
        refusal_value values[] = {{"what", lines[i].things ? arena_format(call->arena, "%s, %s", act, lines[i].things) : act}, {"done", buffer_text(&done)},
                                  {"form", lines[i].form}, {"reason", lines[i].reason}, {"person", lines[i].name},
                                  {"verified", lines[i].verified_name ? lines[i].verified_name : "—"}};
        releases_put_exception(call, list, "late-entry", "batch", r->batch.number, filled(call, "exception.late-entry", values, 6));
    }
    return DONE;
}

/* What was out of specification and why: whether the laboratory erred or the result stands. */
static ending put_investigations(call *call, answer *list, const review *r)
{
    investigation_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &INVESTIGATIONS_OF, (&(investigation_line){.batch = r->batch.id, .result = ABSENT}), call->arena, &lines, &count));
    for (size_t i = 0; i < count; i++) {
        refusal_value values[] = {{"result", lines[i].result_number}, {"hypothesis", lines[i].hypothesis},
                                  {"conclusion", lines[i].conclusion ? call_state(call, "investigation", lines[i].conclusion) : "—"},
                                  {"evidence", lines[i].evidence ? lines[i].evidence : "—"}};
        releases_put_exception(call, list, "investigation", "investigation", lines[i].number, filled(call, "exception.investigation", values, 4));
    }
    return DONE;
}

ending releases_put_exceptions(call *call, answer *to, const review *review)
{
    answer *list = put_list(to, "exceptions");
    decision_line *decisions = NULL;
    size_t count = 0;
    TRY(put_emergency(call, list, review));
    put_weighings(call, list, review);
    put_amendments(call, list, review);
    TRY(put_interruptions(call, list, review));
    TRY(put_late_entries(call, list, review));
    TRY(put_investigations(call, list, review));
    TRY(put_rooms(call, list, review));
    TRY(put_balances(call, list, review));
    TRY(put_late_checks(call, list, review));
    for (size_t i = 0; i < review->record.step_count; i++)
        if (review->record.steps[i].outside)
            releases_put_exception(call, list, "step-outside", "batch", review->batch.number, review->record.steps[i].code);
    for (size_t i = 0; i < review->reconciliation_count; i++)
        put_reconciliation(call, list, review, &review->reconciliations[i]);
    for (size_t i = 0; i < review->deviation_count; i++)
        releases_put_exception(call, list, "deviation", "deviation", review->deviations[i].number,
                               deviation_words(call, &review->deviations[i]));
    TRY(put_results(call, list, review));
    TRY(put_periodic(call, list, review));
    TRY(store_list(call->store, &DECISIONS_OF, (&(decision){.batch = review->batch.id}), call->arena, &decisions, &count));
    for (size_t i = 0; i < count; i++)
        if (text_equal(decisions[i].kind, "hold") || text_equal(decisions[i].kind, "lift"))
            releases_put_exception(call, list, decisions[i].kind, "batch", review->batch.number, decisions[i].reason);
    return DONE;
}
