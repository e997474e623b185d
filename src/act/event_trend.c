/* Near misses and failures by month and kind: whether a measure helped, whether one is due. Rule: EU GMP Annex 11, 13. */
#include "magistral/act/journals.h"
#include "magistral/act/lists.h"
#include "magistral/store/site.h"

static const input_definition inputs[] = {
    {"kind", INPUT_CHOICE, INPUT_OPTIONAL, "failed-sign-in|failed-signature|wrong-container|clock-jump|clock-confirmed|forged-code|restore-confirmed|password-reset",
     "wrong-container"},
    {"since", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-01-01"},
    {"until", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-12-31"},
    LIST_INPUTS("month|kind|events"),
    {0},
};

static ending run(call *call)
{
    event_filter wanted = {.kind = call_text(call, "kind")};
    event_trend *rows = NULL;
    size_t count = 0;
    TRY(journals_period(call, "since", "until", &wanted.since, &wanted.until));
    TRY(store_list(call->store, &EVENT_TREND, &wanted, call->arena, &rows, &count));
    answer *list = put_list(call->done, "trend");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_text(row, "month", rows[i].month);
        put_state(row, "kind", rows[i].kind);
        put_count(row, "events", rows[i].events);
        put_count(row, "people-concerned", rows[i].people);
    }
    return lists_shorten(call, list);
}

const act event_trend_act = {.name = "event trend", .view = true, .right = RIGHT_AUDIT, .inputs = inputs, .run = run};
