/* The form says another hour, or is another form, than was entered: another person compares it again. Rule: BPP 4.39, 4.40; EU GMP 4.9. */
#include "magistral/act/amendments.h"
#include "magistral/act/late_entries.h"
#include "magistral/act/paper_forms.h"

static const input_definition inputs[] = {
    {"late-entry", INPUT_NUMBER, INPUT_POSITIONAL, NULL, "T26-0001"},
    {"done-at", INPUT_INSTANT, INPUT_OPTIONAL, NULL, "2026-01-12T09:50:00+01:00"},
    {"paper-form", INPUT_TEXT, INPUT_OPTIONAL, NULL, "P26-0001"},
    {"reason", INPUT_TEXT, 0, NULL, "Heure lue une ligne plus bas"},
    {0},
};

/* A form that is accounted for lists what was entered from it. */
static ending check_former_form(call *call, const late_entry *late)
{
    paper_form_line form = {0};
    bool found = false;
    if (!call_has(call, "paper-form") || text_equal(call_text(call, "paper-form"), late->form))
        return DONE;
    TRY(store_find(call->store, &PAPER_FORM_LINE, (&(paper_form){.number = late->form}), call->arena, &form, &found));
    if (found && !text_equal(form.state, "issued"))
        call_refuse(call, "LATE-14", "paper-form", "late", late->number, "form", late->form, "state", call_state(call, "paper-form", form.state), NULL);
    return DONE;
}

/* The batch was begun at the entry's own instant, where it is not that of the form. */
static ending find_entered(call *call, const late_entry *late, const char **ret_at)
{
    journal_entry entry = {0};
    bool found = false;
    TRY(store_find(call->store, &JOURNAL_BY_SEQUENCE, (&(journal_entry){.sequence = late->sequence}), call->arena, &entry, &found));
    *ret_at = entry.at;
    return found ? DONE : fail(call->outcome, "entry %lld of the journal is not there", (long long)late->sequence);
}

static ending run(call *call)
{
    late_entry late = {0};
    batch batch = {0};
    bool found = false;
    amended_entry entries[2];
    const char *number = call_text(call, "late-entry"), *entered_at = NULL;
    TRY(store_find(call->store, &LATE_ENTRY_BY_NUMBER, (&(late_entry){.number = number}), call->arena, &late, &found));
    if (!found)
        return call_refuse(call, "LATE-05", "late-entry", "late", number, NULL);
    TRY(store_find(call->store, &BATCH_BY_ID, (&(struct batch){.id = late.batch}), call->arena, &batch, &found));
    TRY(amendments_check_open(call, "late-entry", &batch));
    TRY(find_entered(call, &late, &entered_at));
    const char *done_at = call_has(call, "done-at") ? call_text(call, "done-at") : late.done_at;
    const char *form = call_has(call, "paper-form") ? call_text(call, "paper-form") : late.form;
    TRY(check_former_form(call, &late));
    TRY(late_entries_check(call, &batch, late.act, entered_at, done_at, form, text_equal(form, late.form)));
    amending amending = {.batch = &batch, .kind = "late-entry", .subject = number, .author = late.person, .entered_at = late.at, .used = late.verified_at != NULL,
                         .good_before = true, .good_after = true, .entries = entries};
    if (!text_equal(done_at, late.done_at))
        entries[amending.count++] = (amended_entry){"done-at", late.done_at, done_at, NULL, NULL};
    if (!text_equal(form, late.form))
        entries[amending.count++] = (amended_entry){"paper-form", late.form, form, NULL, NULL};
    TRY(amendments_check(call, &amending));
    call_concerns(call, "batch", batch.number);
    put_text(call->done, "late-entry", number);
    put_link(call->done, "batch", "batch", batch.number);
    TRY(amendments_write(call, &amending));
    late.done_at = done_at;
    late.form = form;
    TRY(store_update(call->store, &LATE_ENTRY_AMEND, &late));
    return text_equal(late.act, "batch start") ? late_entries_make_on(call, &batch, done_at) : DONE;
}

const act late_entry_amend_act = {.name = "late-entry amend", .right = RIGHT_OPEN_DEVIATIONS, .inputs = inputs, .run = run};
