/* Batches, newest first, as many as there are. */
#include "magistral/act/batches.h"
#include "magistral/act/lists.h"

static const input_definition inputs[] = {
    {"state", INPUT_CHOICE, INPUT_OPTIONAL, "planned|in-preparation|quarantine|released|expired|held|held-by-recall|recalled|refused|cancelled|abandoned|destroyed", "quarantine"},
    {"formula", INPUT_NUMBER, INPUT_OPTIONAL, "formula", "BIR20"},
    LIST_INPUTS("batch|made-on|expiry"),
    {0},
};

static void put(answer *row, const void *listed, const char *context)
{
    (void)context;
    const listed_batch *line = listed;
    put_link(row, "batch", "batch", line->number);
    put_text(row, "product", line->product);
    put_text(row, "strength", line->strength);
    put_link(row, "version", "formula", line->version);
    put_text(row, "registration", line->registration);
    put_day(row, "made-on", line->made_on);
    put_day(row, "expiry", line->expiry);
    put_count(row, "units", line->conforming != ABSENT ? line->conforming : line->units);
    put_state(row, "state", line->state);
}

static const list_way ways[] = {
    {"batch", LIST_WITH(held), &LIST_BATCHES_ON_HOLD},
    {"batch", LIST_WITH(find), &LIST_BATCHES_FOUND},
    {"batch", LIST_WITH(record_state), &LIST_BATCHES_OF_STATE},
    {"batch", 0, &LIST_BATCHES},
    {"made-on", 0, &LIST_BATCHES_BY_MADE_ON},
    {"expiry", LIST_WITH(since), &LIST_BATCHES_OF_STATE_BY_EXPIRY}, /* what is released has a day of expiry; what is planned has none */
    {"expiry", LIST_WITH(until), &LIST_BATCHES_OF_STATE_BY_EXPIRY},
    {"expiry", 0, &LIST_BATCHES_BY_EXPIRY},
    {0},
};
static const list batches = {.name = "batches", .ways = ways, .line = sizeof(listed_batch), .put = put, .newest_first = true};

/* The state as it stands today, by what the record says of it. What is released and what has expired differ by the day alone, and are
 * found in the order of that; what an overdue control holds is released in the record, and is looked for. */
static ending run(call *call)
{
    list_wanted wanted = {.state = call_text(call, "state"), .formula = call_text(call, "formula"), .day = call->today};
    bool recalled = text_equal(wanted.state, "held-by-recall"), held = recalled || text_equal(wanted.state, "held");
    bool expired = text_equal(wanted.state, "expired"), released = text_equal(wanted.state, "released");
    lists_find_number(call, &wanted);
    wanted.held = recalled ? "yes" : NULL;
    wanted.record_state = held ? NULL : expired ? "released" : wanted.state;
    wanted.since = released ? call->today : NULL;
    wanted.until = expired ? call->today : NULL;
    return lists_answer(call, &batches, wanted, (expired || released) && !wanted.find ? "expiry" : "batch", NULL);
}

const act batch_list_act = {.name = "batch list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
