/* One entry of the journal, whole: who, when, what, why, the signature with its meaning (21 CFR 11.50), and the old and
 * new value of every column that the act changed (EU GMP Annex 11, 9). */
#include <stdlib.h>
#include <string.h>

#include "magistral/act/journals.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/json.h"

static const input_definition inputs[] = {
    {"sequence", INPUT_COUNT, INPUT_POSITIONAL, NULL, "42"},
    {0},
};

static void put_entry(call *call, const journal_entry *entry)
{
    answer *done = call->done;
    const char *what = catalogue_text(call->language, arena_format(call->arena, "act.%s", entry->act));
    put_count(done, "sequence", entry->sequence);
    put_instant_in(done, "at", entry->at, entry->zone);
    put_text(done, "zone", entry->zone);
    put_link(done, "person", "person", entry->person);
    put_text(done, "act", entry->act);
    put_text(done, "description", what);
    put_text(done, "reason", entry->reason);
    put_text(done, "meaning", entry->meaning);
    put_text(done, "signed-digest", entry->signed_digest);
    put_text(done, "workstation", *entry->workstation ? entry->workstation : NULL);
    put_text(done, "program", entry->program);
    put_count(done, "schema-version", entry->schema_version);
    put_text(done, "template-version", entry->template_version);
    put_text(done, "key", entry->key);
}

static void put_value(answer *list, const char *name, const answer *value)
{
    if (value->kind == ANSWER_LIST || value->kind == ANSWER_OBJECT) {
        for (const answer *child = value->first; child; child = child->next)
            put_value(list, name, child);
        return;
    }
    answer *row = add_object(list);
    put_text(row, "input", name);
    put_text(row, "value", value->text);
}

static ending put_inputs(call *call, const journal_entry *entry)
{
    answer *given = NULL, *list = put_list(call->done, "inputs");
    TRY(json_read(entry->inputs, strlen(entry->inputs), call->arena, call->outcome, &given));
    for (const answer *input = given->first; input; input = input->next)
        put_value(list, input->name, input);
    return DONE;
}

static ending put_subjects(call *call, int64_t sequence)
{
    journal_subject *subjects = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &JOURNAL_SUBJECTS, (&(journal_subject){.sequence = sequence}), call->arena, &subjects, &count));
    answer *list = put_list(call->done, "subjects");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_state(row, "kind", subjects[i].kind);
        put_link(row, "number", subjects[i].kind, subjects[i].number);
    }
    return DONE;
}

static ending put_changes(call *call, int64_t sequence)
{
    journal_change *changes = NULL;
    size_t count = 0;
    TRY(journal_changes(call->store, sequence, call->arena, &changes, &count));
    answer *list = put_list(call->done, "changes");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_state(row, "operation", changes[i].operation);
        put_text(row, "table", changes[i].table);
        put_text(row, "row", changes[i].row);
        put_text(row, "column", changes[i].column);
        put_text(row, "before", changes[i].before);
        put_text(row, "after", changes[i].after);
    }
    return DONE;
}

static ending run(call *call)
{
    journal_entry entry = {0};
    bool found = false, known = false;
    const char *head = NULL;
    journal_entry wanted = {.sequence = call_integer(call, "sequence")};
    TRY(store_find(call->store, &JOURNAL_BY_SEQUENCE, &wanted, call->arena, &entry, &found));
    if (!found)
        return call_refuse(call, "AUDIT-01", "sequence", "sequence", call_text(call, "sequence"), NULL);
    put_entry(call, &entry);
    TRY(journal_head_at(call->store, entry.sequence, call->arena, &head, &known));
    put_text(call->done, "head", head);
    TRY(put_inputs(call, &entry));
    TRY(put_subjects(call, entry.sequence));
    return put_changes(call, entry.sequence);
}

const act audit_show_act = {.name = "audit show", .view = true, .right = RIGHT_AUDIT, .inputs = inputs, .run = run};
