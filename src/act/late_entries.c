#include "magistral/act/late_entries.h"

#include <string.h>

#include "magistral/act/amendments.h"
#include "magistral/act/paper_forms.h"
#include "magistral/act/papers.h"
#include "magistral/base/catalogue.h"

bool late_entries_may_be(const char *act)
{
    return text_is_among("batch start|batch clear-line|batch fill|batch package|weighing record|weighing verify|weighing discard|issue record|issue verify|step record|"
                         "loss record|sample take|sample receive|result append",
                         act);
}

ending late_entries_last(call *call, const batch *batch, int64_t *ret_sequence)
{
    late_entry_last *entries = NULL, wanted = {.number = batch->number, .person = call->person.identifier};
    size_t count = 0;
    *ret_sequence = 0;
    TRY(store_list(call->store, &LATE_ENTRY_MAY_BE, &wanted, call->arena, &entries, &count));
    for (size_t i = 0; i < count && !*ret_sequence; i++)
        if (late_entries_may_be(entries[i].act))
            *ret_sequence = entries[i].sequence;
    return DONE;
}

/* Nothing is done for a batch before it is planned; a form that lay ready for any batch of its formula is filled before the program knows of it. */
static void check_earliest(call *call, const batch *batch, const paper_form_line *form, const char *done_at)
{
    if (strcmp(done_at, batch->planned_at) >= 0)
        return;
    if (!form->number || form->batch != ABSENT)
        call_refuse(call, "LATE-08", "done-at", "done", done_at, "batch", batch->number, "planned", batch->planned_at, NULL);
    else if (strcmp(done_at, form->issued_at) < 0)
        call_refuse(call, "LATE-12", "done-at", "done", done_at, "form", form->number, "printed", form->issued_at, NULL);
}

ending late_entries_check(call *call, const batch *batch, const char *act, const char *entered_at, const char *done_at, const char *form_number, bool same_form)
{
    paper_form_line form = {.batch = ABSENT};
    bool found = false;
    if (strcmp(done_at, entered_at) >= 0)
        return call_refuse(call, "LATE-04", "done-at", "done", done_at, "at", entered_at, NULL);
    if (same_form) /* that it names already, whatever became of it since */
        TRY(store_find(call->store, &PAPER_FORM_LINE, (&(paper_form){.number = form_number}), call->arena, &form, &found));
    else
        TRY(paper_forms_check(call, "paper-form", batch, form_number, &form));
    check_earliest(call, batch, &form, done_at);
    if (text_equal(act, "batch start") && batch->conforming != ABSENT && !text_equal(papers_day_of(call, done_at), batch->made_on))
        call_refuse(call, "LATE-13", "done-at", "batch", batch->number, "made", batch->made_on, "expiry", batch->expiry, NULL);
    return call_ending(call);
}

ending late_entries_make_on(call *call, batch *batch, const char *done_at)
{
    formula_content formula = {0};
    batch_making making = {0};
    const char *day = papers_day_of(call, done_at), *words = NULL;
    if (text_equal(day, batch->made_on))
        return DONE;
    batch->made_on = day;
    if (batch->filled != ABSENT) {
        TRY(batches_formula(call, batch, &formula));
        TRY(batches_making(call, batch, &making));
        TRY(batches_find_expiry(call, &formula, &making, batch, &words));
    }
    put_day(call->done, "made-on", day);
    put_day(call->done, "expiry", batch->expiry);
    if (words)
        put_text(call->done, "expiry-formula", words);
    return store_update(call->store, &BATCH_MADE_ON, batch);
}

/* True when a late entry made the row: of the thing that it names first, or at one of its instants. */
static bool is_of_row(const call *call, const answer *row, const late_entry_line *line)
{
    const char *thing = row->first && row->first->kind == ANSWER_LINK ? row->first->text : NULL;
    bool is = thing && line->things && strstr(arena_format(call->arena, ", %s,", line->things), arena_format(call->arena, ", %s,", thing));
    for (const answer *leaf = row->first; leaf; leaf = leaf->next)
        is = is || (leaf->kind == ANSWER_INSTANT && text_equal(leaf->text, line->entered_at));
    return is;
}

static void mark_row(call *call, answer *row, const late_entry_line *lines, size_t count)
{
    BUFFER_SCOPE buffer late = BUFFER_EMPTY;
    for (size_t i = 0; i < count; i++)
        if (is_of_row(call, row, &lines[i]))
            buffer_add_format(&late, "%s%s", late.length ? ", " : "", lines[i].number);
    put_text(row, "late-entry", late.length ? arena_text(call->arena, buffer_text(&late)) : NULL);
}

static void mark_rows(call *call, answer *to, const late_entry_line *lines, size_t count)
{
    for (answer *list = to->first; list && count > 0; list = list->next)
        if (list->kind == ANSWER_LIST && text_is_among("clearances|weighings|issues|steps|losses|samples", list->name))
            for (answer *row = list->first; row; row = row->next)
                mark_row(call, row, lines, count);
}

ending late_entries_put(call *call, answer *to, const batch *batch)
{
    late_entry_line *lines = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &LATE_ENTRIES_OF, (&(late_entry){.batch = batch->id}), call->arena, &lines, &count));
    mark_rows(call, to, lines, count);
    answer *list = count > 0 ? put_list(to, "late-entries") : NULL;
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_text(row, "late-entry", lines[i].number);
        put_text(row, "act", catalogue_word(call->language, "do.", lines[i].act));
        put_text(row, "subject", lines[i].things);
        put_instant(row, "done-at", lines[i].done_at);
        put_text(row, "paper-form", lines[i].form);
        put_text(row, "reason", lines[i].reason);
        put_link(row, "entered-by", "person", lines[i].identifier);
        put_instant(row, "at", lines[i].at);
        put_link(row, "verified-by", "person", lines[i].verified_identifier);
        put_instant(row, "verified-at", lines[i].verified_at);
        if (text_is_among("in-preparation|quarantine", batch->state))
            put_text(put_door(row, "do", "late-entry amend"), "late-entry", lines[i].number);
    }
    return DONE;
}

ending late_entries_put_of(call *call, answer *to, const char *kind, const char *number)
{
    late_thing late = {0};
    bool found = false;
    TRY(store_find(call->store, &LATE_THING, (&(late_thing){.kind = kind, .thing = number}), call->arena, &late, &found));
    if (found)
        put_text(to, "late-entry", late.number);
    return DONE;
}
