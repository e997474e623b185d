/* What was done on paper, while the program was down or out of reach, is entered by the same acts as ever; here whoever entered it says when
 * it was done, on which form, and why it came late. It is marked late wherever it is shown, and another person compares it with the form.
 * Rule: BPP 4.39, 4.40. */
#include "magistral/act/late_entries.h"
#include "magistral/act/numbers.h"
#include "magistral/store/series.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, 0, "batch", "B26-0001"},
    {"entry", INPUT_COUNT, INPUT_OPTIONAL, NULL, "142"},
    {"done-at", INPUT_INSTANT, 0, NULL, "2026-01-12T09:40:00+01:00"},
    {"paper-form", INPUT_TEXT, 0, NULL, "P26-0001"},
    {"reason", INPUT_TEXT, 0, NULL, "Coupure de courant de 9 h 30 à 11 h"},
    {0},
};

/* The entry meant: the one named, else the person's last of this batch. */
static ending find_entry(call *call, const batch *batch, journal_entry *ret_entry)
{
    bool found = false, concerns = false;
    journal_subject *subjects = NULL;
    size_t count = 0;
    int64_t sequence = call_integer(call, "entry");
    if (sequence == ABSENT)
        TRY(late_entries_last(call, batch, &sequence));
    TRY(store_find(call->store, &JOURNAL_BY_SEQUENCE, (&(journal_entry){.sequence = sequence}), call->arena, ret_entry, &found));
    if (!found)
        return call_refuse(call, "LATE-01", "entry", "batch", batch->number, NULL);
    TRY(store_list(call->store, &JOURNAL_SUBJECTS, (&(journal_subject){.sequence = sequence}), call->arena, &subjects, &count));
    for (size_t i = 0; i < count; i++)
        concerns = concerns || (text_equal(subjects[i].kind, "batch") && text_equal(subjects[i].number, batch->number));
    if (!concerns || !text_equal(ret_entry->person, call->person.identifier) || !late_entries_may_be(ret_entry->act))
        return call_refuse(call, "LATE-02", "entry", "entry", arena_format(call->arena, "%lld", (long long)sequence), "batch", batch->number, NULL);
    return DONE;
}

static ending check_once(call *call, const journal_entry *entry)
{
    late_entry former = {0};
    bool found = false;
    TRY(store_find(call->store, &LATE_ENTRY_OF_SEQUENCE, (&(late_entry){.sequence = entry->sequence}), call->arena, &former, &found));
    return found ? call_refuse(call, "LATE-03", "entry", "late", former.number, NULL) : DONE;
}

static ending run(call *call)
{
    batch batch = {0};
    journal_entry entry = {0};
    const char *number = NULL, *done_at = call_text(call, "done-at");
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    TRY(find_entry(call, &batch, &entry));
    TRY(check_once(call, &entry));
    TRY(late_entries_check(call, &batch, entry.act, entry.at, done_at, call_text(call, "paper-form"), false));
    TRY(number_next(call, &LATE_ENTRY_SERIES, "T", &number));
    late_entry made = {.number = number, .batch = batch.id, .sequence = entry.sequence, .act = entry.act, .done_at = done_at, .form = call_text(call, "paper-form"),
                       .reason = call_text(call, "reason"), .person = call->person.id, .at = call->now, .verified_by = ABSENT};
    TRY(store_insert(call->store, &LATE_ENTRY_INSERT, &made));
    put_text(call->done, "late-entry", number);
    put_link(call->done, "batch", "batch", batch.number);
    put_count(call->done, "entry", entry.sequence);
    put_text(call->done, "act", entry.act);
    put_instant(call->done, "done-at", done_at);
    return text_equal(entry.act, "batch start") ? late_entries_make_on(call, &batch, done_at) : DONE;
}

const act late_entry_declare_act = {.name = "late-entry declare", .right = RIGHT_OPEN_DEVIATIONS, .inputs = inputs, .states = "in-preparation|quarantine", .run = run};
