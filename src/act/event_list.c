/* What happened without being an act that somebody asked for (near misses, failed sign-ins and signatures, clock jumps), and what an
 * administrator did in its place.
 * Rule: EU GMP Annex 11, 12.4 and 13. */
#include "magistral/act/journals.h"
#include "magistral/act/lists.h"

static const input_definition inputs[] = {
    {"kind", INPUT_CHOICE, INPUT_OPTIONAL, "failed-sign-in|failed-signature|wrong-container|clock-jump|clock-confirmed|forged-code|restore-confirmed|password-reset",
     "wrong-container"},
    {"person", INPUT_NUMBER, INPUT_OPTIONAL, NULL, "tech.a"},
    {"subject", INPUT_NUMBER, INPUT_OPTIONAL, NULL, "MP26-0004/1"},
    {"since", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-01-05"},
    {"until", INPUT_DAY, INPUT_OPTIONAL, NULL, "2026-01-31"},
    LIST_PAGE_INPUTS("at"),
    {0},
};

static void put(answer *row, const void *listed, const char *context)
{
    (void)context;
    const listed_event *line = listed;
    put_instant(row, "at", line->at);
    put_state(row, "kind", line->kind);
    put_text(row, "person", line->person); /* as given: perhaps nobody's */
    put_text(row, "subject", line->subject);
    put_text(row, "detail", line->detail);
}

static const list_way ways[] = {{"at", LIST_WITH(kind), &LIST_EVENTS_OF_KIND}, {"at", 0, &LIST_EVENTS}, {0}};
static const list events = {.name = "events", .ways = ways, .line = sizeof(listed_event), .put = put, .newest_first = true};

static ending run(call *call)
{
    list_wanted wanted = {.kind = call_text(call, "kind"), .person = call_text(call, "person"), .subject = call_text(call, "subject")};
    TRY(journals_period(call, "since", "until", &wanted.since, &wanted.until));
    return lists_answer(call, &events, wanted, "at", NULL);
}

const act event_list_act = {.name = "event list", .view = true, .right = RIGHT_AUDIT, .inputs = inputs, .run = run};
