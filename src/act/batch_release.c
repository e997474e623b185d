/* A pharmacist who neither made nor controlled the batch releases it, once nothing blocks. Rule: BPP 4.42, 6.18, 6.68, 6.69. */
#include <string.h>

#include "magistral/act/releases.h"
#include "magistral/base/day.h"
#include "magistral/store/result.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"reason", INPUT_LONG, INPUT_OPTIONAL, NULL, ""},
    {0},
};

static void refuse_blocks(call *call, const review *review)
{
    for (size_t i = 0; i < review->block_count; i++) {
        const release_block *block = &review->blocks[i];
        call_refuse(call, block->rule, "batch", "thing", block->thing, "state", call_state(call, block->link_kind, block->state), "way_out",
                    call_act_words(call, block->way_out), NULL);
    }
}

/* From the day of the release on: what is not there by the last day holds the batch (BPP 6.68). */
static ending note_controls_due(call *call, const review *review)
{
    for (size_t i = 0; i < review->formula.control_count; i++) {
        const formula_control *control = &review->formula.controls[i];
        control_due due = {.batch = review->batch.id, .control = control->id};
        if (control->within_days == ABSENT)
            continue;
        due.last_day = day_after(call->arena, call->today, control->within_days);
        if (!due.last_day)
            return fail(call->outcome, "control %s is due after the year 9999", control->code);
        TRY(store_insert(call->store, &CONTROL_DUE_INSERT, &due));
    }
    return DONE;
}

static ending run(call *call)
{
    batch batch = {0};
    review review = {0};
    bool controller = false;
    int64_t verified = 0;
    TRY(batches_find(call, "batch", &batch));
    TRY(releases_review(call, &batch, &review));
    TRY(releases_check_person(call, &batch, &controller));
    refuse_blocks(call, &review);
    TRY(call_ending(call));
    answer *reviewed = answer_object(call->arena);
    TRY(releases_put_exceptions_of_site(call, reviewed, &review));
    answer *exceptions = reviewed->first;
    TRY(releases_parts(call, &PART_VERIFIED, &batch, &verified));
    if (verified > 0)
        releases_put_exception(call, exceptions, "releaser-verified", "person", call->person.identifier,
                               arena_format(call->arena, "%lld", (long long)verified));
    if (controller)
        releases_put_exception(call, exceptions, "controller-releases", "person", call->person.identifier, call_text(call, "reason"));
    TRY(releases_decide(call, &review, "release", "released", exceptions));
    return note_controls_due(call, &review);
}

const act batch_release_act = {.name = "batch release", .right = RIGHT_RELEASE, .signed_act = true, .inputs = inputs, .states = "quarantine", .run = run};
