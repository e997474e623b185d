/* What happened to a thing after a page of it was drawn: what changed, when, and by whom. Rule: EU GMP Annex 11, 9. */
#include "magistral/act/call.h"
#include "magistral/base/typography.h"
#include "magistral/store/journal.h"

enum { MOST = 20 }; /* what a person reads at once; the journal has them all */

static const input_definition inputs[] = {
    {"kind", INPUT_NUMBER, 0, NULL, "batch"},
    {"number", INPUT_NUMBER, 0, NULL, "B26-0001"},
    {"after", INPUT_COUNT, 0, NULL, "120"},
    {0},
};

static ending run(call *call)
{
    store_cursor *cursor = NULL;
    bool found = true;
    journal_filter filter = {.kind = call_text(call, "kind"), .number = call_text(call, "number"), .before = ABSENT, .most = MOST};
    answer *list = put_list(call->done, "changes");
    TRY(store_rows(call->store, &JOURNAL_LINES_OF_NUMBER, &filter, call->arena, &cursor));
    while (found) {
        journal_line line = {0};
        TRY(store_next(cursor, call->arena, &line, &found));
        if (!found || line.sequence <= call_integer(call, "after"))
            break;
        answer *row = add_object(list);
        put_count(row, "sequence", line.sequence);
        put_instant(row, "at", line.at);
        put_link(row, "person", "person", line.person);
        put_text(row, "act", line.act);
        put_text(row, "reason", line.reason);
    }
    return DONE;
}

const act audit_changes_act = {.name = "audit changes", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
