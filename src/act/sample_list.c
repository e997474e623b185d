/* The samples; those of the reserve are the register of the retained samples. Rule: BPP 6.67. */
#include <string.h>

#include "magistral/act/lists.h"

static const input_definition inputs[] = {
    {"kind", INPUT_CHOICE, INPUT_OPTIONAL, "control|reserve", "reserve"},
    {"batch", INPUT_NUMBER, INPUT_OPTIONAL, "batch", "B26-0001"},
    LIST_INPUTS("sample"),
    {0},
};

static void put(answer *row, const void *listed, const char *context)
{
    (void)context;
    const listed_sample *line = listed;
    bool reserve = strcmp(line->kind, "reserve") == 0;
    put_link(row, "sample", "sample", line->number);
    put_link(row, "batch", "batch", line->batch);
    put_state(row, "state", line->state);
    put_state(row, "kind", line->kind);
    put_instant(row, "drawn-at", line->drawn_at);
    put_count(row, "units", line->units);
    put_instant(row, "sample-received-at", line->received_at);
    if (reserve) {
        put_count(row, "used", line->used);
        put_count(row, "exited", line->exited);
        put_count(row, "left", strcmp(line->state, "destroyed") == 0 ? 0 : line->left);
    } else {
        put_text(row, "used", NULL);
        put_text(row, "exited", NULL);
        put_text(row, "left", NULL);
    }
    put_day(row, "kept-until", reserve ? line->kept_until : NULL);
}

static const list_way ways[] = {
    {"sample", LIST_WITH(batch), &LIST_SAMPLES_OF_BATCH},
    {"sample", LIST_WITH(find), &LIST_SAMPLES_FOUND},
    {"sample", 0, &LIST_SAMPLES},
    {0},
};
static const list samples = {.name = "samples", .ways = ways, .line = sizeof(listed_sample), .put = put, .newest_first = true};

static ending run(call *call)
{
    return lists_answer_of_batch(call, &samples, (list_wanted){.kind = call_text(call, "kind")}, "sample", NULL);
}

const act sample_list_act = {.name = "sample list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
