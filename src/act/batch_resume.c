/* The work goes on: every portion that waits is scanned again, so that none is missing and none is another's; the line is then cleared
 * anew (batch clear-line). How long it lasted is told. Rule: BPP 5.34, 5.35, 5.51. */
#include <string.h>

#include "magistral/act/deviations.h"
#include "magistral/act/emergencies.h"
#include "magistral/act/interruptions.h"
#include "magistral/act/numbers.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/day.h"
#include "magistral/base/typography.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"portions", INPUT_NUMBER, INPUT_OPTIONAL | INPUT_LIST | INPUT_SCANNED, NULL, "B26-0001/W1"},
    {0},
};

static bool is_given(const call *call, const char *number)
{
    const input_value *given = call_input(call, "portions");
    for (size_t i = 0; i < given->count; i++)
        if (text_equal(given->texts[i], number))
            return true;
    return false;
}

static ending check_portions(call *call, const batch *batch)
{
    const char **due = NULL;
    size_t count = 0;
    const input_value *given = call_input(call, "portions");
    TRY(interruptions_portions(call, batch, &due, &count));
    for (size_t i = 0; i < count; i++)
        if (!is_given(call, due[i]))
            call_refuse(call, "INTERRUPTION-05", "portions", "portion", due[i], NULL);
    for (size_t i = 0; i < given->count; i++) {
        bool waits = false;
        for (size_t k = 0; k < count; k++)
            waits = waits || text_equal(due[k], given->texts[i]);
        if (waits)
            continue;
        call_wrong_scan(call, "portions", given->texts[i]);
        call_refuse(call, "INTERRUPTION-06", "portions", "portion", given->texts[i], "batch", batch->number, NULL);
    }
    return call_ending(call);
}

/* Past the formula's limit the intermediate may have changed: a pharmacist decides on it before the release. */
static ending check_hold_time(call *call, const batch *batch, const interruption *over)
{
    formula_version version = {0};
    const char *number = NULL;
    int64_t from = 0, to = 0;
    bool found = false;
    TRY(store_find(call->store, &FORMULA_VERSION_BY_ID, (&(formula_version){.id = batch->version}), call->arena, &version, &found));
    if (version.hold_limit == ABSENT || !instant_parse(over->suspended_at, &from) || !instant_parse(call->now, &to) || to - from <= version.hold_limit * 3600000)
        return DONE;
    refusal_value values[] = {{"lasted", interruptions_duration(call, over->suspended_at, call->now)}, {"limit", count_text(call->arena, version.hold_limit)},
                              {"left", over->left_as}};
    BUFFER_SCOPE buffer shown = BUFFER_EMPTY;
    typography_add_sentence(&shown, call->site_language, catalogue_fill(call->arena, call->site_language, "deviation.held-too-long", values, 3));
    TRY(deviations_open(call, batch, NULL, "major", arena_text(call->arena, buffer_text(&shown)), &number));
    put_link(call->done, "deviation", "deviation", number);
    return DONE;
}

static ending run(call *call)
{
    batch batch = {0};
    interruption under_way = {0};
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    TRY(emergencies_check_operator(call, &batch));
    TRY(interruptions_under_way(call, &batch, &under_way));
    if (!under_way.id)
        return call_refuse(call, "INTERRUPTION-04", "batch", "batch", batch.number, NULL);
    if (batch.held)
        call_refuse(call, "BATCH-03", "batch", "batch", batch.number, NULL);
    COLLECT(check_portions(call, &batch));
    TRY(call_ending(call));
    under_way.resumed_by = call->person.id;
    under_way.resumed_at = call->now;
    put_link(call->done, "batch", "batch", batch.number);
    TRY(check_hold_time(call, &batch, &under_way));
    TRY(store_update(call->store, &INTERRUPTION_RESUME, &under_way));
    put_text(call->done, "lasted", interruptions_duration(call, under_way.suspended_at, call->now));
    put_text(call->done, "left-as", under_way.left_as);
    return DONE;
}

const act batch_resume_act = {.name = "batch resume", .right = RIGHT_MAKE, .inputs = inputs, .states = "in-preparation|quarantine", .run = run};
