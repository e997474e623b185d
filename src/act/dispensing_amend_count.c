/* Other capsules came back from a patient, or were lost there, than was counted, or none of this dispensing. Rule: BPP 4.38, 4.40. */
#include "magistral/act/amendments.h"
#include "magistral/act/dispensings.h"
#include "magistral/act/numbers.h"

static const input_definition inputs[] = {
    {"dispensing", INPUT_NUMBER, INPUT_POSITIONAL, "dispensing", "2026/0001"},
    {"kind", INPUT_CHOICE, 0, "return|loss", "return"},
    {"rank", INPUT_COUNT, 0, NULL, "1"},
    {"units", INPUT_COUNT, 0, NULL, "35"},
    {"reason", INPUT_TEXT, 0, NULL, "Recompté devant le patient"},
    {0},
};

/* The count of that rank, and who made it; both kinds are of the same shape here. */
static ending find(call *call, const dispensing *dispensing, patient_return *ret_count, size_t *ret_counts)
{
    return_line *returns = NULL;
    patient_loss_line *losses = NULL;
    bool back = text_equal(call_text(call, "kind"), "return");
    int64_t rank = call_integer(call, "rank");
    if (back)
        TRY(store_list(call->store, &PATIENT_RETURNS_OF, (&(return_line){.dispensing = dispensing->id}), call->arena, &returns, ret_counts));
    else
        TRY(store_list(call->store, &PATIENT_LOSSES_OF, (&(patient_loss_line){.dispensing = dispensing->id}), call->arena, &losses, ret_counts));
    if (rank < 1 || (size_t)rank > *ret_counts)
        return call_refuse(call, "DISPENSING-42", "rank", "dispensing", dispensing->number, "rank", call_text(call, "rank"), "counts",
                           count_text(call->arena, (int64_t)*ret_counts), NULL);
    *ret_count = back ? (patient_return){.id = returns[rank - 1].id, .units = returns[rank - 1].units, .person = returns[rank - 1].person, .at = returns[rank - 1].at}
                      : (patient_return){.id = losses[rank - 1].id, .units = losses[rank - 1].units, .person = losses[rank - 1].person, .at = losses[rank - 1].at};
    return DONE;
}

static ending run(call *call)
{
    dispensing dispensing = {0};
    batch batch = {0};
    patient_return count = {0};
    size_t counts = 0;
    bool found = false;
    int64_t units = call_integer(call, "units"), back = 0, lost = 0;
    const char *kind = call_text(call, "kind");
    TRY(dispensings_find(call, &dispensing));
    TRY(dispensings_check_state(call, &dispensing));
    TRY(find(call, &dispensing, &count, &counts));
    TRY(dispensings_gone(call, &dispensing, &back, &lost));
    int64_t most = dispensing.units - back - lost + count.units;
    if (units < 0 || units > most)
        return call_refuse(call, "DISPENSING-43", "units", "dispensing", dispensing.number, "most", count_text(call->arena, most), NULL);
    TRY(store_find(call->store, &BATCH_BY_ID, (&(struct batch){.id = dispensing.batch}), call->arena, &batch, &found));
    call_concerns(call, "batch", batch.number);
    amended_entry entry = amendments_number(call, "units", count.units, units, NULL);
    amending amending = {.batch = &batch, .kind = "patient", .subject = arena_format(call->arena, "%s %s %s", dispensing.number, kind, call_text(call, "rank")),
                         .author = count.person, .entered_at = count.at, .good_before = true, .good_after = true, .entries = &entry, .count = units == count.units ? 0 : 1};
    TRY(amendments_check(call, &amending));
    put_link(call->done, "dispensing", "dispensing", dispensing.number);
    TRY(amendments_write(call, &amending));
    put_count(call->done, "units", units);
    put_count(call->done, "left", most - units);
    if (text_equal(kind, "return"))
        return store_update(call->store, &PATIENT_RETURN_AMEND, (&(patient_return){.id = count.id, .units = units}));
    return store_update(call->store, &PATIENT_LOSS_AMEND, (&(patient_loss){.id = count.id, .units = units}));
}

const act dispensing_amend_count_act = {.name = "dispensing amend-count", .right = RIGHT_DISPENSE, .inputs = inputs, .states = "handed-over", .run = run};
