/* Rule: BPP 2 (computerised systems); EU GMP Annex 11, 9; 21 CFR 11.10(e): who did what, when and why, in the order in
 * which it happened, to be read by whoever reviews it. */
#include "magistral/act/journals.h"
#include "magistral/act/runner.h"

static const input_definition inputs[] = {
    {"number", INPUT_NUMBER, INPUT_OPTIONAL | INPUT_POSITIONAL, NULL, "MP26-0003"},
    {"kind", INPUT_NUMBER, INPUT_OPTIONAL, NULL, "lot"},
    {"person", INPUT_NUMBER, INPUT_OPTIONAL, "person", "tech.a"},
    {"act", INPUT_TEXT, INPUT_OPTIONAL, NULL, "lot receive"},
    {"since", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-01-05"},
    {"until", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-01-31"},
    {0},
};

static ending next_entry(void *context, arena *arena, answer **ret_row)
{
    journal_line line = {0};
    bool found = false;
    *ret_row = NULL;
    TRY(store_next((store_cursor *)context, arena, &line, &found));
    if (!found)
        return DONE;
    answer *row = answer_object(arena);
    put_count(row, "sequence", line.sequence);
    put_instant_in(row, "at", line.at, line.zone); /* the site may have had another zone then, or none */
    put_link(row, "person", "person", line.person);
    put_text(row, "act", line.act);
    put_text(row, "subjects", line.subjects);
    put_truth(row, "signed", line.meaning != NULL);
    put_text(row, "reason", line.reason);
    *ret_row = row;
    return DONE;
}

/* A mistyped name would show an empty list, which reads as "nothing happened". */
static ending check_act(call *call)
{
    const char *name = call_text(call, "act");
    journal_line found_line = {0};
    bool found = false;
    if (!name || act_find(name))
        return DONE;
    TRY(store_find(call->store, &JOURNAL_OF_ACT, (&(journal_filter){.act = name}), call->arena, &found_line, &found));
    return found ? DONE : call_refuse(call, "AUDIT-03", "act", "act", name, "nearest", act_nearest(name), NULL);
}

static ending run(call *call)
{
    journal_filter filter = {.act = call_text(call, "act"), .kind = call_text(call, "kind"), .number = call_text(call, "number"),
                             .before = ABSENT, .most = -1};
    COLLECT(check_act(call));
    COLLECT(journals_person(call, &filter.person));
    COLLECT(journals_period(call, "since", "until", &filter.since, &filter.until));
    TRY(call_ending(call));
    const query *query = filter.number ? &JOURNAL_LINES_OF_NUMBER : filter.kind ? &JOURNAL_LINES_OF_KIND : &JOURNAL_LINES;
    store_cursor *cursor = NULL;
    TRY(store_rows(call->store, query, &filter, call->arena, &cursor));
    answer_put(call->done, "entries", answer_rows(call->arena, next_entry, cursor));
    return DONE;
}

const act audit_list_act = {.name = "audit list", .view = true, .right = RIGHT_AUDIT, .inputs = inputs, .run = run};
