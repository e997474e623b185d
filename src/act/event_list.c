/* What happened without being an act that somebody asked for (near misses, failed sign-ins and signatures, clock jumps), and what an
 * administrator did in its place.
 * Rule: EU GMP Annex 11, 12.4 and 13. */
#include "magistral/act/journals.h"
#include "magistral/store/site.h"

static const input_definition inputs[] = {
    {"kind", INPUT_CHOICE, INPUT_OPTIONAL, "failed-sign-in|failed-signature|wrong-container|clock-jump|clock-confirmed|forged-code|restore-confirmed|password-reset",
     "wrong-container"},
    {"person", INPUT_NUMBER, INPUT_OPTIONAL, NULL, "tech.a"},
    {"subject", INPUT_NUMBER, INPUT_OPTIONAL, NULL, "MP26-0004/1"},
    {"since", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-01-05"},
    {"until", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-01-31"},
    {0},
};

static ending next_event(void *context, arena *arena, answer **ret_row)
{
    event event = {0};
    bool found = false;
    *ret_row = NULL;
    TRY(store_next((store_cursor *)context, arena, &event, &found));
    if (!found)
        return DONE;
    answer *row = answer_object(arena);
    put_instant(row, "at", event.at);
    put_state(row, "kind", event.kind);
    put_text(row, "person", event.person); /* as given: perhaps nobody's */
    put_text(row, "subject", event.subject);
    put_text(row, "detail", event.detail);
    *ret_row = row;
    return DONE;
}

static ending run(call *call)
{
    event_filter filter = {.kind = call_text(call, "kind"), .person = call_text(call, "person"), .subject = call_text(call, "subject")};
    TRY(journals_period(call, "since", "until", &filter.since, &filter.until));
    store_cursor *cursor = NULL;
    TRY(store_rows(call->store, &EVENT_ROWS, &filter, call->arena, &cursor));
    answer_put(call->done, "events", answer_rows(call->arena, next_event, cursor));
    return DONE;
}

const act event_list_act = {.name = "event list", .view = true, .right = RIGHT_AUDIT, .inputs = inputs, .run = run};
