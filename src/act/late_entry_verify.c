/* Another person than who entered it has compared a late entry with the paper form. Rule: BPP 4.40, 5.44. */
#include "magistral/act/amendments.h"
#include "magistral/act/late_entries.h"

static const input_definition inputs[] = {
    {"late-entry", INPUT_NUMBER, INPUT_POSITIONAL, NULL, "T26-0001"},
    {"paper-form", INPUT_TEXT, 0, NULL, "P26-0001"},
    {0},
};

static ending run(call *call)
{
    late_entry late = {0};
    batch batch = {0};
    bool found = false;
    const char *number = call_text(call, "late-entry");
    TRY(store_find(call->store, &LATE_ENTRY_BY_NUMBER, (&(late_entry){.number = number}), call->arena, &late, &found));
    if (!found)
        return call_refuse(call, "LATE-05", "late-entry", "late", number, NULL);
    TRY(store_find(call->store, &BATCH_BY_ID, (&(struct batch){.id = late.batch}), call->arena, &batch, &found));
    TRY(amendments_check_open(call, "late-entry", &batch));
    if (late.verified_at)
        call_refuse(call, "LATE-06", "late-entry", "late", number, "at", late.verified_at, NULL);
    batches_check_second_person(call, "late-entry", late.person);
    if (call->outcome->refusals == 0)
        TRY(amendments_check_verifier(call, "late-entry", "late-entry", batch.id, number, NULL));
    if (!text_equal(late.form, call_text(call, "paper-form")))
        call_refuse(call, "LATE-07", "paper-form", "late", number, "given", call_text(call, "paper-form"), NULL);
    TRY(call_ending(call));
    late.verified_by = call->person.id;
    late.verified_at = call->now;
    call_concerns(call, "batch", batch.number);
    put_text(call->done, "late-entry", late.number);
    put_link(call->done, "batch", "batch", batch.number);
    return store_update(call->store, &LATE_ENTRY_VERIFY, &late);
}

const act late_entry_verify_act = {.name = "late-entry verify", .right = RIGHT_OPEN_DEVIATIONS, .second_person = true, .inputs = inputs, .run = run};
