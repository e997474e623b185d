/* Prints a copy of the blank batch record from an approved formula, for when the program is out of reach. Each copy has its own number, and
 * none takes the place of another. Rule: BPP 4.08, 4.39. */
#include <string.h>

#include "magistral/act/numbers.h"
#include "magistral/act/paper_forms.h"

enum { MOST_UNITS = 10000 };

static const input_definition inputs[] = {
    {"version", INPUT_NUMBER, INPUT_POSITIONAL, "formula", "BIR20/1"},
    {"batch", INPUT_NUMBER, INPUT_OPTIONAL, "batch", ""},
    {"units", INPUT_COUNT, INPUT_OPTIONAL, NULL, "184"},
    {"kept-at", INPUT_TEXT, 0, NULL, "Classeur rouge, préparatoire 1"},
    {0},
};

/* A batch made out for: of this version, and not filled. */
static ending check_batch(call *call, const formula_version *version, batch *ret_batch)
{
    TRY(batches_find(call, "batch", ret_batch));
    if (ret_batch->version != version->id)
        call_refuse(call, "FORM-03", "batch", "batch", ret_batch->number, "version", version->number, NULL);
    if (!text_is_among("planned|in-preparation", ret_batch->state))
        call_refuse(call, "FORM-04", "batch", "batch", ret_batch->number, "state", call_state(call, "batch", ret_batch->state), NULL);
    if (call_has(call, "units"))
        call_refuse(call, "FORM-05", "units", "batch", ret_batch->number, "units", count_text(call->arena, ret_batch->units), NULL);
    return DONE;
}

static ending read(call *call, blank_record *ret_blank)
{
    formula_version version = {0};
    *ret_blank = (blank_record){.kept_at = call_text(call, "kept-at"), .units = call_integer(call, "units"), .batch = {.id = ABSENT}};
    TRY(formulas_find_version(call, "version", &version));
    if (!text_equal(version.state, "approved"))
        call_refuse(call, "FORM-02", "version", "version", version.number, "state", call_word(call, "state.", version.state), NULL);
    if (ret_blank->units != ABSENT && (ret_blank->units < 1 || ret_blank->units > MOST_UNITS))
        call_refuse(call, "FORM-06", "units", "most", count_text(call->arena, MOST_UNITS), NULL);
    if (call_has(call, "batch"))
        TRY(check_batch(call, &version, &ret_blank->batch));
    if (ret_blank->batch.number)
        ret_blank->units = ret_blank->batch.units;
    TRY(call_ending(call));
    TRY(number_next(call, &PAPER_FORM_SERIES, "P", &ret_blank->number));
    return formulas_read(call, &version, &ret_blank->formula);
}

static ending prepare(call *call)
{
    blank_record blank = {0};
    drawing *drawing = NULL;
    TRY(read(call, &blank));
    TRY(documents_begin(call, "blank-batch-record", "blank_batch_record", "paper-form", blank.number, NULL, &drawing));
    answer *record = documents_record(call, drawing, NULL, NULL, NULL, ABSENT);
    if (!record)
        return call_ending(call);
    TRY(blank_record_fill(call, &blank, drawing, record));
    return documents_draw(call, drawing);
}

static ending run(call *call)
{
    blank_record blank = {0};
    const drawing *drawing = call->prepared;
    TRY(read(call, &blank));
    TRY(documents_store(call));
    paper_form made = {.number = drawing->row.subject, .version = blank.formula.version.id, .batch = blank.batch.id, .units = blank.units,
                       .labels = PAPER_FORM_LABELS, .document = drawing->row.id, .kept_at = blank.kept_at, .issued_by = call->person.id, .issued_at = call->now,
                       .state = "issued", .labels_used = ABSENT, .settled_by = ABSENT};
    TRY(store_insert(call->store, &PAPER_FORM_INSERT, &made));
    call_concerns(call, "formula", blank.formula.version.number);
    put_link(call->done, "paper-form", "paper-form", made.number);
    put_link(call->done, "version", "formula", blank.formula.version.number);
    return DONE;
}

const act paper_form_issue_act = {.name = "paper-form issue", .right = RIGHT_ISSUE_DOCUMENTS, .inputs = inputs, .run = run, .prepare = prepare};
