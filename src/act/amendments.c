#include "magistral/act/amendments.h"

#include <stdlib.h>
#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/act/deviations.h"
#include "magistral/act/emergencies.h"
#include "magistral/act/labels.h"
#include "magistral/act/weighings.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/typography.h"

ending amendments_check_open(call *call, const char *field, const batch *batch)
{
    if (text_is_among("in-preparation|quarantine", batch->state))
        return DONE;
    return call_refuse(call, "AMENDMENT-04", field, "batch", batch->number, "state", call_state(call, "batch", batch->state), NULL);
}

amended_entry amendments_number(call *call, const char *entry, int64_t former, int64_t value, const char *unit)
{
    return (amended_entry){entry, arena_format(call->arena, "%lld", (long long)former), arena_format(call->arena, "%lld", (long long)value), unit, NULL};
}

ending amendments_author(call *call, const char *kind, const char *number, const char *act, int64_t *ret_person, const char **ret_at)
{
    entry_author author = {0};
    bool found = false;
    TRY(store_find(call->store, &AUTHOR_OF, (&(entry_author){.kind = kind, .number = number, .act = act}), call->arena, &author, &found));
    *ret_person = found ? author.id : ABSENT;
    *ret_at = found ? author.at : NULL;
    return DONE;
}

ending amendments_check_verifier(call *call, const char *kind, const char *field, int64_t batch, const char *subject, const char *entry)
{
    amendment last = {0}, wanted = {.batch = batch, .kind = kind, .subject = subject, .entry = entry, .person = call->person.id};
    bool found = false;
    TRY(store_find(call->store, &AMENDMENT_BY, &wanted, call->arena, &last, &found));
    if (found)
        batches_check_second_person(call, field, call->person.id);
    return DONE;
}

/* "Filling"; "loss 2", "labour 1", "2026/0001, return 1"; else the number itself. */
static const char *subject_words(call *call, const amendment_line *line)
{
    const char *rank = strrchr(line->subject, ' '), *of = strchr(line->subject, ' ');
    if (text_equal(line->kind, "filling"))
        return call_word(call, "state.", "filling");
    if (text_equal(line->kind, "loss"))
        return arena_format(call->arena, "%s %s", call_word(call, "state.", "loss"), line->subject);
    if (text_equal(line->kind, "cost"))
        return arena_format(call->arena, "%s%s", call_word(call, "state.", arena_copy(call->arena, line->subject, (size_t)(rank - line->subject))), rank);
    if (text_equal(line->kind, "patient"))
        return arena_format(call->arena, "%.*s, %s%s", (int)(of - line->subject), line->subject,
                            call_word(call, "state.", arena_copy(call->arena, of + 1, (size_t)(rank - of - 1))), rank);
    return line->subject;
}

ending amendments_check(call *call, const amending *a)
{
    bool pharmacist = false;
    person author = {0};
    bool found = false;
    const char *words = text_is_among("loss|cost|patient", a->kind) ? subject_words(call, &(amendment_line){.kind = a->kind, .subject = a->subject}) : a->subject;
    if (a->count == 0)
        call_refuse(call, "AMENDMENT-01", NULL, "subject", words, NULL);
    if (a->batch && text_is_among("weighing|step|issue|filling|bottle|loss|sample", a->kind)) /* an operation of the making */
        TRY(emergencies_check_operator(call, a->batch));
    TRY(call_is_pharmacist(call, &pharmacist));
    TRY(store_find(call->store, &PERSON_BY_ID, (&(person){.id = a->author}), call->arena, &author, &found));
    bool decides = a->used || (!a->good_before && (a->good_after || a->verdict_changes));
    if (pharmacist && decides && call->by_badge)
        call_refuse(call, "BADGE-05", "as", "act", call->act->name, NULL);
    if (pharmacist)
        return call_ending(call);
    if (decides)
        call_refuse(call, "AMENDMENT-03", "as", "subject", words, "why",
                    catalogue_text(call->language, a->used ? "amendment.used" : "amendment.turns"), NULL);
    else if (call->person.id != a->author)
        call_refuse(call, "AMENDMENT-02", "as", "subject", words, "person", author.name, "identifier", author.identifier, NULL);
    return call_ending(call);
}

/* Of a weighing the places of its balance; powder lost or received shows what it has, four at least. */
static int places_of(const amendment_line *line)
{
    return text_equal(line->kind, "weighing") ? weighings_places(line->readability) : 4;
}

/* "retest 2026-09-30" */
static const char *limit_words(call *call, const char *value)
{
    BUFFER_SCOPE buffer shown = BUFFER_EMPTY;
    const char *space = strchr(value, ' ');
    if (!space)
        return value;
    buffer_add_format(&shown, "%s ", call_word(call, "state.", arena_copy(call->arena, value, (size_t)(space - value))));
    typography_add_day(&shown, call->language, space + 1);
    return arena_text(call->arena, buffer_text(&shown));
}

/* A value as its row held it, in words. */
static const char *words_of(call *call, const amendment_line *line, const char *value)
{
    BUFFER_SCOPE buffer shown = BUFFER_EMPTY;
    if (!value)
        return "—";
    if (text_equal(line->kind, "step") && text_is_among("yes|no", value))
        return call_word(call, "state.", strcmp(value, "yes") == 0 ? "true" : "false");
    if (text_equal(line->unit, "ng"))
        typography_add_number(&shown, call->language, mass_text(call->arena, (mass){strtoll(value, NULL, 10)}, "g", places_of(line)), "g");
    else if (text_equal(line->unit, "micro-euro"))
        typography_add_number(&shown, call->language, money_text(call->arena, (money){strtoll(value, NULL, 10)}), "EUR");
    else if (text_equal(line->entry, "limit-day"))
        return limit_words(call, value);
    else if (text_equal(line->kind, "label"))
        return call_state(call, "label", value);
    else if (text_equal(line->entry, "done-at"))
        typography_add_instant(&shown, call->language, value, call->zone);
    else if (text_is_among("ticket|supplier-lot|manufacturer|certificate-reference|paper-form", line->entry))
        return value;
    else
        typography_add_number(&shown, call->language, value, line->unit);
    return arena_text(call->arena, buffer_text(&shown));
}

/* "tare", or the name that the formula gave to a value of a step, or "value 3". */
static const char *entry_words(call *call, const amendment_line *line)
{
    if (text_equal(line->kind, "step"))
        return line->entry;
    if (!text_equal(line->kind, "result"))
        return call_word(call, "field.", line->entry);
    const char *space = strchr(line->entry, ' ');
    return arena_format(call->arena, "%s%s", call_word(call, "state.", arena_copy(call->arena, line->entry, (size_t)(space - line->entry))), space);
}

/* What the subject is: of a lot, its container too. */
static const char *link_of(const amendment_line *line)
{
    if (text_equal(line->kind, "opening"))
        return "bottle";
    return text_equal(line->kind, "lot") && strchr(line->subject, '/') ? "container" : line->kind;
}

/* "net: 6.5608 g, then 6.5068 g" */
static const char *change_words(call *call, const amendment_line *line)
{
    refusal_value values[] = {{"entry", entry_words(call, line)}, {"former", words_of(call, line, line->former)}, {"value", words_of(call, line, line->value)}};
    BUFFER_SCOPE buffer shown = BUFFER_EMPTY;
    typography_add_sentence(&shown, call->language, catalogue_fill(call->arena, call->language, "amendment.change", values, 3));
    return arena_text(call->arena, buffer_text(&shown));
}

/* Every change of an act, in the site's words. */
static const char *changes_words(call *call, const amending *a)
{
    language own = call->language;
    BUFFER_SCOPE buffer changes = BUFFER_EMPTY;
    call->language = call->site_language;
    for (size_t i = 0; i < a->count; i++) {
        amendment_line line = {.kind = a->kind, .entry = a->entries[i].entry, .former = a->entries[i].former, .value = a->entries[i].value,
                               .unit = a->entries[i].unit, .readability = a->readability};
        buffer_add_format(&changes, "%s%s", i > 0 ? typography_semicolon(call->language) : "", change_words(call, &line));
    }
    call->language = own;
    return arena_text(call->arena, buffer_text(&changes));
}

static const char *site_subject(call *call, const amending *a)
{
    language own = call->language;
    call->language = call->site_language;
    const char *words = subject_words(call, &(amendment_line){.kind = a->kind, .subject = a->subject});
    call->language = own;
    return text_equal(a->kind, "filling") ? a->subject : words;
}

static ending open_deviation(call *call, const amending *a, int64_t *ret_deviation)
{
    const char *number = NULL;
    bool turns = a->good_before != a->good_after || a->verdict_changes || !a->good_after, found = false;
    deviation made = {0};
    bool after = false;
    *ret_deviation = ABSENT;
    if (a->batch)
        TRY(deviations_after_release(call, a->batch, a->subject, &after));
    if (!a->batch || (!turns && !a->used) || !(after || text_is_among("in-preparation|quarantine", a->batch->state)))
        return DONE;
    refusal_value values[] = {{"subject", site_subject(call, a)}, {"changes", changes_words(call, a)}, {"reason", call_text(call, "reason")},
                              {"why", catalogue_text(call->site_language, turns ? a->good_after ? "amendment.turns" : "amendment.fails" : "amendment.used")}};
    BUFFER_SCOPE buffer shown = BUFFER_EMPTY;
    const char *told = catalogue_fill(call->arena, call->site_language, "deviation.amended", values, 4);
    typography_add_sentence(&shown, call->site_language, a->consequence ? arena_format(call->arena, "%s.%s", told, a->consequence) : told);
    TRY(deviations_open(call, a->batch, a->subject, turns ? "major" : "minor", arena_text(call->arena, buffer_text(&shown)), &number));
    TRY(store_find(call->store, &DEVIATION_BY_NUMBER, (&(deviation){.number = number}), call->arena, &made, &found));
    *ret_deviation = made.id;
    put_link(call->done, "deviation", "deviation", number);
    return DONE;
}

ending amendments_write(call *call, const amending *a)
{
    int64_t deviation = ABSENT;
    TRY(open_deviation(call, a, &deviation));
    for (size_t i = 0; i < a->count; i++) {
        const amended_entry *entry = &a->entries[i];
        const char *subject = entry->subject ? entry->subject : a->subject;
        int64_t batch = a->batch ? a->batch->id : ABSENT, lot = a->lot ? a->lot->id : ABSENT;
        amendment last = {0}, wanted = {.batch = batch, .lot = lot, .kind = a->kind, .subject = subject, .entry = entry->entry};
        bool again = false;
        TRY(store_find(call->store, &AMENDMENT_LAST, &wanted, call->arena, &last, &again));
        amendment made = {.batch = batch, .lot = lot, .kind = a->kind, .subject = subject, .entry = entry->entry, .former = entry->former,
                          .value = entry->value, .unit = entry->unit, .entered_by = again ? last.person : a->author,
                          .entered_at = again ? last.at : a->entered_at, .reason = call_text(call, "reason"), .raw_document = a->raw_document,
                          .person = call->person.id, .at = call->now, .deviation = deviation};
        TRY(store_insert(call->store, &AMENDMENT_INSERT, &made));
    }
    return a->lot ? amendments_put_lot(call, call->done, a->lot) : amendments_put(call, call->done, a->batch->id, a->subject);
}

/* A batch that is filled expires by the dates of its lots: another date, another expiry, and labels that say so. Rule: BPP 6.79 to 6.82. */
static ending expire_anew(call *call, const amending *a, batch *batch, answer *row)
{
    formula_content formula = {0};
    batch_making making = {0};
    const char *former = batch->expiry, *words = NULL;
    bool dated = false;
    for (size_t i = 0; i < a->count; i++)
        dated = dated || text_equal(a->entries[i].entry, "limit-day");
    if (!dated || batch->filled == ABSENT)
        return DONE;
    TRY(batches_formula(call, batch, &formula));
    TRY(batches_making(call, batch, &making));
    TRY(batches_find_expiry(call, &formula, &making, batch, &words));
    if (text_equal(former, batch->expiry))
        return DONE;
    put_day(row, "expiry", batch->expiry);
    put_text(row, "expiry-formula", words);
    for (size_t i = 0; i < making.bottle_count; i++)
        TRY(labels_void(call, "bottle", making.bottles[i].number, call_text(call, "reason"), false));
    return store_update(call->store, &BATCH_MADE_ON, batch);
}

ending amendments_tell_batches(call *call, const amending *a)
{
    batch *batches = NULL;
    size_t count = 0;
    refusal_value values[] = {{"subject", a->subject}, {"changes", changes_words(call, a)}, {"reason", call_text(call, "reason")}};
    BUFFER_SCOPE buffer shown = BUFFER_EMPTY;
    typography_add_sentence(&shown, call->site_language, catalogue_fill(call->arena, call->site_language, "deviation.lot-amended", values, 3));
    const char *text = arena_text(call->arena, buffer_text(&shown)), *number = NULL;
    TRY(store_list(call->store, &BATCHES_TOLD_OF_LOT, a->lot, call->arena, &batches, &count));
    answer *list = count > 0 ? put_list(call->done, "batches") : NULL;
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        call_concerns(call, "batch", batches[i].number);
        put_link(row, "batch", "batch", batches[i].number);
        put_state_of(row, "state", "batch", batches[i].state);
        if (text_is_among("released|recalled", batches[i].state)) {
            TRY(store_insert(call->store, &ADDENDUM_INSERT, (&(addendum){.batch = batches[i].id, .text = text, .person = call->person.id, .at = call->now})));
            continue;
        }
        TRY(deviations_open(call, &batches[i], a->subject, "major", text, &number));
        TRY(expire_anew(call, a, &batches[i], row));
        put_link(row, "deviation", "deviation", number);
    }
    return DONE;
}

ending amendments_of(call *call, int64_t batch, amendment_line **ret_lines, size_t *ret_count)
{
    return store_list(call->store, &AMENDMENTS_OF, (&(amendment){.batch = batch}), call->arena, ret_lines, ret_count);
}

const char *amendments_first(call *call, const amendment_line *lines, size_t count, const char *subject, const char *entry)
{
    language own = call->language;
    const char *first = NULL;
    call->language = call->site_language;
    for (size_t i = 0; i < count && !first; i++)
        if (text_equal(lines[i].subject, subject) && text_equal(lines[i].entry, entry))
            first = words_of(call, &lines[i], lines[i].former);
    call->language = own;
    return first;
}

const char *amendments_firsts(call *call, const amendment_line *lines, size_t count, const char *kind, const char *thing)
{
    language own = call->language;
    BUFFER_SCOPE buffer firsts = BUFFER_EMPTY;
    call->language = call->site_language;
    for (size_t i = 0; i < count; i++) {
        bool again = false, meant = text_equal(lines[i].kind, kind) && (text_equal(lines[i].subject, thing) || text_equal(lines[i].step_title, thing));
        for (size_t k = 0; k < i; k++)
            again = again || (text_equal(lines[k].subject, lines[i].subject) && text_equal(lines[k].entry, lines[i].entry));
        if (meant && !again)
            buffer_add_format(&firsts, "%s%s%s%s", firsts.length ? typography_semicolon(call->language) : "", entry_words(call, &lines[i]),
                              typography_colon(call->language), words_of(call, &lines[i], lines[i].former));
    }
    call->language = own;
    return firsts.length ? arena_text(call->arena, buffer_text(&firsts)) : NULL;
}

const char *amendments_words(call *call, const amendment_line *line)
{
    const char *what = line->step_title ? line->step_title : line->control_name ? line->control_name : subject_words(call, line);
    refusal_value values[] = {{"what", what},
                              {"change", change_words(call, line)},
                              {"reason", line->reason},
                              {"person", line->name}};
    BUFFER_SCOPE buffer shown = BUFFER_EMPTY;
    typography_add_sentence(&shown, call->language, catalogue_fill(call->arena, call->language, "exception.amended", values, 4));
    return arena_text(call->arena, buffer_text(&shown));
}

static void put_value(call *call, answer *row, const char *name, const amendment_line *line, const char *value)
{
    decimal number;
    if (value && text_equal(line->unit, "ng"))
        put_decimal(row, name, mass_text(call->arena, (mass){strtoll(value, NULL, 10)}, "g", places_of(line)), "g");
    else if (value && !text_equal(line->unit, "micro-euro") && !text_is_among("ticket|supplier-lot", line->entry) && decimal_parse(value, &number) == DECIMAL_GOOD)
        put_decimal(row, name, value, line->unit);
    else
        put_text(row, name, value ? words_of(call, line, value) : NULL);
}

static void put_row(call *call, answer *list, const amendment_line *line, bool of_one)
{
    answer *row = add_object(list);
    if (!of_one && text_equal(line->kind, "step"))
        put_text(row, "subject", line->step_title);
    else if (!of_one && text_is_among("filling|loss|late-entry|cost|patient", line->kind))
        put_text(row, "subject", subject_words(call, line));
    else if (!of_one)
        put_link(row, "subject", link_of(line), line->subject);
    put_text(row, "entry", entry_words(call, line));
    put_value(call, row, "former", line, line->former);
    put_link(row, "entered-by", "person", line->entered_identifier);
    put_value(call, row, "value", line, line->value);
    put_text(row, "reason", line->reason);
    put_link(row, "amended-by", "person", line->identifier);
    put_instant(row, "amended-at", line->at);
    put_link(row, "deviation", "deviation", line->deviation_number);
}

static ending put_lines(call *call, answer *to, const amendment *wanted, bool of_one)
{
    amendment_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, wanted->lot == ABSENT ? &AMENDMENTS_OF : &AMENDMENTS_OF_LOT, wanted, call->arena, &lines, &count));
    answer *list = count > 0 ? put_list(to, "amendments") : NULL;
    for (size_t i = 0; i < count; i++)
        put_row(call, list, &lines[i], of_one);
    return DONE;
}

ending amendments_put(call *call, answer *to, int64_t batch, const char *subject)
{
    return put_lines(call, to, &(amendment){.batch = batch, .lot = ABSENT, .subject = subject}, subject != NULL);
}

ending amendments_put_lot(call *call, answer *to, const lot *lot)
{
    return put_lines(call, to, &(amendment){.batch = ABSENT, .lot = lot->id}, false);
}

ending addenda_put(call *call, answer *to, int64_t batch)
{
    addendum_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &ADDENDA_OF, (&(addendum){.batch = batch}), call->arena, &lines, &count));
    answer *list = count > 0 ? put_list(to, "addenda") : NULL;
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_text(row, "text", lines[i].text);
        put_link(row, "added-by", "person", lines[i].identifier);
        put_instant(row, "added-at", lines[i].at);
    }
    return DONE;
}

static void put_record_line(call *call, answer *list, const amendment_line *line)
{
    answer *row = add_object(list);
    put_text(row, "subject", line->step_title ? line->step_title : subject_words(call, line));
    put_text(row, "entry", entry_words(call, line));
    put_text(row, "former", words_of(call, line, line->former));
    put_text(row, "amended", words_of(call, line, line->value));
    put_text(row, "reason", line->reason);
    put_text(row, "entered_by", line->entered_name);
    put_instant(row, "entered_at", line->entered_at);
    put_text(row, "by", line->name);
    put_instant(row, "at", line->at);
    put_text(row, "deviation", line->deviation_number);
}

ending amendments_put_record(call *call, answer *record, int64_t batch)
{
    amendment_line *lines = NULL;
    addendum_line *added = NULL;
    size_t count = 0, addenda = 0;
    language own = call->language;
    TRY(amendments_of(call, batch, &lines, &count));
    TRY(store_list(call->store, &ADDENDA_OF, (&(addendum){.batch = batch}), call->arena, &added, &addenda));
    call->language = call->site_language;
    answer *list = put_list(record, "amendments");
    for (size_t i = 0; i < count; i++)
        put_record_line(call, list, &lines[i]);
    call->language = own;
    list = put_list(record, "addenda");
    for (size_t i = 0; i < addenda; i++) {
        answer *row = add_object(list);
        put_text(row, "what", added[i].text);
        put_text(row, "by", added[i].name);
        put_instant(row, "at", added[i].at);
    }
    return DONE;
}
