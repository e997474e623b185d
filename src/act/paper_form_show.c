/* A blank form: where it lies, how many entries name it, what became of it. */
#include "magistral/act/paper_forms.h"

static const input_definition inputs[] = {
    {"paper-form", INPUT_NUMBER, INPUT_POSITIONAL, "paper-form", "P26-0001"},
    {0},
};

static ending run(call *call)
{
    paper_form_line form = {0};
    paper_form_entered entered = {0};
    bool found = false;
    TRY(paper_forms_find(call, "paper-form", &form));
    TRY(store_find(call->store, &PAPER_FORM_ENTERED, (&(paper_form_entered){.form = form.number}), call->arena, &entered, &found));
    paper_forms_put(call->done, &form);
    if (entered.entries > 0)
        put_link(call->done, "entered-for", "batch", entered.batch_number);
    put_count(call->done, "entries", entered.entries);
    put_count(call->done, "to-verify", entered.unverified);
    put_count(call->done, "labels", form.labels);
    if (form.labels_used != ABSENT)
        put_count(call->done, "labels-used", form.labels_used);
    put_text(call->done, "reason", form.reason);
    return DONE;
}

const act paper_form_show_act = {.name = "paper-form show", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
