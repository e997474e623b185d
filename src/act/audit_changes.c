/* What happened to a thing after a page of it was drawn: what changed, when, and by whom. Rule: EU GMP Annex 11, 9. */
#include "magistral/act/call.h"
#include "magistral/base/typography.h"
#include "magistral/store/list.h"

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
    list_wanted wanted = {.id = ABSENT, .kind = call_text(call, "kind"), .number = call_text(call, "number")};
    answer *list = put_list(call->done, "changes");
    TRY(store_rows(call->store, LIST_ENTRIES_OF_NUMBER.down, &wanted, call->arena, &cursor));
    for (int count = 0; count < MOST;) {
        listed_entry line = {0};
        bool found = false;
        TRY(store_next(cursor, call->arena, &line, &found));
        if (!found || line.id <= call_integer(call, "after"))
            break;
        if (!line.fits)
            continue;
        count++;
        answer *row = add_object(list);
        put_count(row, "sequence", line.id);
        put_instant(row, "at", line.at);
        put_link(row, "person", "person", line.person);
        put_text(row, "act", line.act);
        put_text(row, "reason", line.reason);
    }
    return DONE;
}

const act audit_changes_act = {.name = "audit changes", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
