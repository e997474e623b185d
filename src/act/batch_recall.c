/* A pharmacist recalls a released batch: nothing of it leaves any more, and the report starts with what has left, to whom, and what
 * is still here. Rule: BPP 8.09 to 8.12. */
#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/act/dispensings.h"
#include "magistral/store/deviation.h"
#include "magistral/store/dispensing.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"reason", INPUT_LONG, 0, NULL, "Rappel du fournisseur de la matière première du 02/02/2026"},
    {0},
};

/* The labels on the bottles stay valid: who scans one is to read "recalled", not "void". */
static ending decide(call *call, const batch *batch)
{
    struct batch recalled = *batch;
    decision made = {.batch = batch->id, .kind = "recall", .lot = ABSENT, .reason = call_text(call, "reason"), .exceptions = "[]",
                     .person = call->person.id, .at = call->now, .meaning = call->meaning};
    recalled.state = "recalled";
    TRY(journal_head(call->store, call->arena, &made.sequence, &made.head));
    TRY(store_insert(call->store, &DECISION_INSERT, &made));
    return store_update(call->store, &BATCH_END, &recalled);
}

static bool is_among_before(const dispensing_row *rows, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(rows[i].patient, rows[at].patient) == 0)
            return true;
    return false;
}

/* What stands here: not handed over, not destroyed, not lost; what was in an opened bottle is in others. */
static ending units_here(call *call, const batch *batch, int64_t handed_over, int64_t *ret_units)
{
    bottle *bottles = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &BOTTLES_OF, (&(bottle){.batch = batch->id}), call->arena, &bottles, &count));
    *ret_units = -handed_over;
    for (size_t i = 0; i < count; i++)
        if (!bottles[i].destroyed && !bottles[i].ended)
            *ret_units += bottles[i].units;
    return DONE;
}

/* Whom the recall reaches: patients' pseudonyms, dispensings, units. What was confirmed and not handed over is still here. */
static ending put_dispensed(call *call, const batch *batch)
{
    dispensing_row *rows = NULL;
    size_t count = 0;
    int64_t handed_over = 0, patients = 0, here = 0, back = 0, lost = 0;
    TRY(store_list(call->store, &DISPENSING_ROWS_OF_BATCH, (&(dispensing_row){.batch = batch->number, .state = "handed-over"}), call->arena, &rows,
                   &count));
    for (size_t i = 0; i < count; i++) {
        handed_over += rows[i].units;
        patients += !is_among_before(rows, i);
    }
    put_count(call->done, "patients", patients);
    put_count(call->done, "units-dispensed", handed_over);
    TRY(units_here(call, batch, handed_over, &here));
    put_count(call->done, "units-here", here);
    answer *list = put_list(call->done, "dispensings");
    for (size_t i = 0; i < count; i++) {
        answer *row = add_object(list);
        put_link(row, "dispensing", "dispensing", rows[i].number);
        put_link(row, "patient", "patient", rows[i].patient);
        put_link(row, "request", "request", rows[i].request);
        put_count(row, "units", rows[i].units);
        TRY(dispensings_gone(call, &(dispensing){.id = rows[i].id}, &back, &lost));
        put_count(row, "returned", back);
        put_count(row, "lost-by-patient", lost);
        put_instant(row, "at", rows[i].confirmed_at);
        call_concerns(call, "dispensing", rows[i].number);
    }
    return DONE;
}

static ending run(call *call)
{
    batch batch = {0};
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    put_link(call->done, "batch", "batch", batch.number);
    put_state(call->done, "state", "recalled");
    TRY(decide(call, &batch));
    return put_dispensed(call, &batch);
}

const act batch_recall_act = {.name = "batch recall", .right = RIGHT_RECALL_BATCHES, .signed_act = true, .inputs = inputs, .states = "released", .run = run};
