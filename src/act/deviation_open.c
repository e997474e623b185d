/* Anyone at work opens a deviation when something did not go as written. Rule: BPP 5.03, 4.38. */
#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/act/deviations.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, 0, "batch", "B26-0001"},
    {"subject", INPUT_NUMBER, INPUT_OPTIONAL, NULL, "B26-0001/W2"},
    {"class", INPUT_CHOICE, 0, "minor|major|critical", "minor"},
    {"description", INPUT_LONG, 0, NULL, "Coupure de courant de 2 minutes pendant le mélange"},
    {0},
};

/* A subject with the number of a weighing, issue, sample, bottle or result ("B26-0001/W2") must be of this batch. */
static ending check_subject(call *call, const batch *batch)
{
    const char *subject = call_text(call, "subject");
    batch_making making = {0};
    if (!subject || !(text_starts(subject, batch->number) || strchr(subject, '/')))
        return DONE;
    bool found = text_equal(subject, batch->number);
    TRY(batches_making(call, batch, &making));
    for (size_t i = 0; i < making.weighing_count; i++)
        found = found || text_equal(making.weighings[i].number, subject);
    for (size_t i = 0; i < making.issue_count; i++)
        found = found || text_equal(making.issues[i].number, subject);
    for (size_t i = 0; i < making.sample_count; i++)
        found = found || text_equal(making.samples[i].number, subject);
    for (size_t i = 0; i < making.bottle_count; i++)
        found = found || text_equal(making.bottles[i].number, subject);
    bool result = text_starts(subject, arena_format(call->arena, "%s/R", batch->number));
    return found || result ? DONE : call_refuse(call, "DEVIATION-02", "subject", "subject", subject, "batch", batch->number, NULL);
}

static ending run(call *call)
{
    batch batch = {0};
    const char *number = NULL;
    TRY(batches_find(call, "batch", &batch));
    TRY(deviations_check_open(call, "batch", &batch, call_text(call, "subject")));
    TRY(check_subject(call, &batch));
    TRY(deviations_open(call, &batch, call_text(call, "subject"), call_text(call, "class"), call_text(call, "description"), &number));
    put_link(call->done, "deviation", "deviation", number);
    put_link(call->done, "batch", "batch", batch.number);
    put_state_of(call->done, "state", "deviation", "open");
    return DONE;
}

const act deviation_open_act = {.name = "deviation open", .right = RIGHT_OPEN_DEVIATIONS, .inputs = inputs, .states = "planned|in-preparation|quarantine|released", .run = run};
