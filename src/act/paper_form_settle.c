/* Says what became of a blank form: it came back filled and all of it is entered and verified, or it was destroyed unused, or it is lost.
 * Rule: BPP 4.08, 4.40, 5.59. */
#include "magistral/act/numbers.h"
#include "magistral/act/paper_forms.h"

static const input_definition inputs[] = {
    {"paper-form", INPUT_NUMBER, INPUT_POSITIONAL, "paper-form", "P26-0001"},
    {"state", INPUT_CHOICE, 0, "used|destroyed|lost", "used"},
    {"labels-used", INPUT_COUNT, INPUT_OPTIONAL, NULL, "3"},
    {"reason", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

/* It came back: what it says is entered, compared with it by another person, and its labels are counted. */
static void check_used(call *call, const paper_form_line *form, const paper_form_entered *entered)
{
    if (entered->entries == 0)
        call_refuse(call, "FORM-08", "state", "form", form->number, NULL);
    if (entered->unverified > 0)
        call_refuse(call, "FORM-09", "state", "form", form->number, "entries", count_text(call->arena, entered->unverified), NULL);
    if (!call_has(call, "labels-used") || call_integer(call, "labels-used") > form->labels)
        call_refuse(call, "FORM-10", "labels-used", "labels", count_text(call->arena, form->labels), NULL);
}

static void check_unused(call *call, const paper_form_line *form, const paper_form_entered *entered)
{
    if (entered->entries > 0)
        call_refuse(call, "FORM-11", "state", "form", form->number, "batch", entered->batch_number, NULL);
    if (!call_has(call, "reason"))
        call_refuse(call, "FORM-12", "reason", NULL);
    if (call_has(call, "labels-used"))
        call_refuse(call, "FORM-13", "labels-used", NULL);
}

static ending run(call *call)
{
    paper_form_line form = {0};
    paper_form_entered entered = {0};
    bool found = false, used = text_equal(call_text(call, "state"), "used");
    TRY(paper_forms_find(call, "paper-form", &form));
    if (!text_equal(form.state, "issued"))
        return call_refuse(call, "FORM-07", "paper-form", "form", form.number, "state", call_state(call, "paper-form", form.state), "at", form.settled_at, NULL);
    TRY(store_find(call->store, &PAPER_FORM_ENTERED, (&(paper_form_entered){.form = form.number}), call->arena, &entered, &found));
    if (used)
        check_used(call, &form, &entered);
    else
        check_unused(call, &form, &entered);
    TRY(call_ending(call));
    paper_form settled = {.id = form.id, .state = call_text(call, "state"), .labels_used = call_integer(call, "labels-used"), .reason = call_text(call, "reason"),
                          .settled_by = call->person.id, .settled_at = call->now};
    TRY(store_update(call->store, &PAPER_FORM_SETTLE, &settled));
    const char *batch = used ? entered.batch_number : form.batch_number;
    if (batch)
        call_concerns(call, "batch", batch);
    put_link(call->done, "paper-form", "paper-form", form.number);
    put_state_of(call->done, "state", "paper-form", settled.state);
    return DONE;
}

const act paper_form_settle_act = {.name = "paper-form settle", .right = RIGHT_ISSUE_DOCUMENTS, .inputs = inputs, .run = run};
