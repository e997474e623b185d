/* Rule: BPP 2 (computerised systems); EU GMP Annex 11, 9; 21 CFR 11.10(e): who did what, when and why, in the order in
 * which it happened, to be read by whoever reviews it. */
#include "magistral/act/journals.h"
#include "magistral/act/lists.h"
#include "magistral/act/runner.h"

static const input_definition inputs[] = {
    {"number", INPUT_NUMBER, INPUT_OPTIONAL | INPUT_POSITIONAL, NULL, "MP26-0003"},
    {"kind", INPUT_NUMBER, INPUT_OPTIONAL, NULL, "lot"},
    {"person", INPUT_NUMBER, INPUT_OPTIONAL, "person", "tech.a"},
    {"act", INPUT_TEXT, INPUT_OPTIONAL, NULL, "lot receive"},
    {"since", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-01-05"},
    {"until", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-01-31"},
    LIST_PAGE_INPUTS("sequence|at"),
    {0},
};

static void put(answer *row, const void *listed, const char *context)
{
    (void)context;
    const listed_entry *line = listed;
    put_count(row, "sequence", line->id);
    put_instant_in(row, "at", line->at, line->zone); /* the site may have had another zone then, or none */
    put_link(row, "person", "person", line->person);
    put_text(row, "act", line->act);
    put_text(row, "subjects", line->subjects);
    put_truth(row, "signed", line->meaning != NULL);
    put_text(row, "reason", line->reason);
}

static const list_way ways[] = {
    {"sequence", LIST_WITH(number), &LIST_ENTRIES_OF_NUMBER},
    {"sequence", LIST_WITH(act), &LIST_ENTRIES_OF_ACT},
    {"sequence", LIST_WITH(person), &LIST_ENTRIES_OF_PERSON},
    {"sequence", 0, &LIST_ENTRIES},
    {"at", 0, &LIST_ENTRIES_BY_AT},
    {0},
};
static const list entries = {.name = "entries", .ways = ways, .line = sizeof(listed_entry), .put = put, .newest_first = true};

/* A mistyped name would show an empty list, which reads as "nothing happened". */
static ending check_act(call *call)
{
    const char *name = call_text(call, "act");
    journal_entry first = {0};
    bool found = false;
    if (!name || act_find(name))
        return DONE;
    TRY(store_find(call->store, &JOURNAL_OF_ACT, (&(journal_entry){.act = name}), call->arena, &first, &found));
    return found ? DONE : call_refuse(call, "AUDIT-03", "act", "act", name, "nearest", act_nearest(name), NULL);
}

static ending run(call *call)
{
    list_wanted wanted = {.act = call_text(call, "act"), .kind = call_text(call, "kind"), .number = call_text(call, "number")};
    COLLECT(check_act(call));
    COLLECT(journals_person(call, &wanted.person));
    COLLECT(journals_period(call, "since", "until", &wanted.since, &wanted.until));
    TRY(call_ending(call));
    bool few = wanted.number || wanted.act || wanted.person;
    return lists_answer(call, &entries, wanted, (wanted.since || wanted.until) && !few ? "at" : "sequence", NULL);
}

const act audit_list_act = {.name = "audit list", .view = true, .right = RIGHT_AUDIT, .inputs = inputs, .run = run};
