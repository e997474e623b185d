/* Labels printed, in order. Rule: BPP 5.59. */
#include "magistral/act/documents.h"
#include "magistral/act/lists.h"
#include "magistral/store/batch.h"
#include "magistral/store/site.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_OPTIONAL, "batch", "B26-0001"},
    {"kind", INPUT_CHOICE, INPUT_OPTIONAL, "container|sample|retained-sample|intermediate|bottle|dispensing", ""},
    {"number", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    LIST_INPUTS("label"),
    {0},
};

/* `host`: of the site's codes, or NULL. */
static void put(answer *row, const void *listed, const char *host)
{
    const listed_label *line = listed;
    put_link(row, "label", "label", line->number);
    put_state(row, "kind", arena_format(row->arena, "%s-label", line->kind));
    put_link(row, "subject", line->kind, line->subject);
    put_state(row, "shown-state", line->shown_state);
    put_state_of(row, "state", "label", line->state);
    put_instant(row, "printed", line->printed_at);
    put_text(row, "reason", line->reason);
    put_text(row, "code", line->token && host ? arena_format(row->arena, "HTTPS://%s/L/%s", host, line->token) : NULL);
}

static const list_way ways[] = {
    {"label", LIST_WITH(number), &LIST_LABELS_OF_SUBJECT},
    {"label", LIST_WITH(batch), &LIST_LABELS_OF_BATCH},
    {"label", LIST_WITH(find), &LIST_LABELS_FOUND},
    {"label", LIST_WITH(kind), &LIST_LABELS_OF_KIND},
    {"label", 0, &LIST_LABELS},
    {0},
};
static const list labels = {.name = "labels", .ways = ways, .line = sizeof(listed_label), .put = put};

static ending run(call *call)
{
    bool found = false;
    batch batch = {0};
    site site = {0};
    list_wanted wanted = {.batch = call_text(call, "batch"), .kind = call_text(call, "kind"), .number = call_text(call, "number")};
    if (wanted.batch)
        TRY(store_find(call->store, &BATCH_BY_NUMBER, (&(struct batch){.number = wanted.batch}), call->arena, &batch, &found));
    if (wanted.batch && !found)
        return call_refuse(call, "LABEL-01", "batch", "kind", call_word(call, "kind.", "batch"), "number", wanted.batch, NULL);
    TRY(store_find(call->store, &SITE, NOTHING, call->arena, &site, &found));
    lists_find_number(call, &wanted);
    return lists_answer(call, &labels, wanted, "label", found ? site.host : NULL);
}

const act label_list_act = {.name = "label list", .view = true, .right = RIGHT_SIGNED_IN, .inputs = inputs, .run = run};
