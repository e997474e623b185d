#include "magistral/act/paper_forms.h"

#include <string.h>

ending paper_forms_find(call *call, const char *field, paper_form_line *ret_form)
{
    bool found = false;
    const char *number = call_text(call, field);
    TRY(store_find(call->store, &PAPER_FORM_LINE, (&(paper_form){.number = number}), call->arena, ret_form, &found));
    return found ? DONE : call_refuse(call, "FORM-01", field, "form", number, NULL);
}

/* "P26-0001": a number of our own series. */
static bool is_ours(const char *number)
{
    return strlen(number) >= 8 && number[0] == 'P' && number[3] == '-' && strspn(number + 1, "0123456789") == 2 &&
           strspn(number + 4, "0123456789") == strlen(number + 4);
}

ending paper_forms_check(call *call, const char *field, const batch *batch, const char *number, paper_form_line *ret_form)
{
    paper_form_line form = {0};
    paper_form_entered entered = {0};
    bool found = false;
    TRY(store_find(call->store, &PAPER_FORM_LINE, (&(paper_form){.number = number}), call->arena, &form, &found));
    if (!found) {
        if (is_ours(number))
            call_refuse(call, "LATE-09", field, "form", number, NULL);
        return DONE;
    }
    TRY(store_find(call->store, &PAPER_FORM_ENTERED, (&(paper_form_entered){.form = number}), call->arena, &entered, &found));
    const char *of = form.batch_number ? form.batch_number : entered.entries > 0 ? entered.batch_number : form.formula;
    if (form.version != batch->version || (form.batch != ABSENT && form.batch != batch->id) || (entered.entries > 0 && entered.batch != batch->id))
        call_refuse(call, "LATE-10", field, "form", number, "of", of, "batch", batch->number, NULL);
    if (!text_equal(form.state, "issued"))
        call_refuse(call, "LATE-11", field, "form", number, "state", call_state(call, "paper-form", form.state), "at", form.settled_at, NULL);
    *ret_form = form;
    return DONE;
}

void paper_forms_put(answer *to, const paper_form_line *form)
{
    put_link(to, "paper-form", "paper-form", form->number);
    put_state_of(to, "state", "paper-form", form->state);
    put_link(to, "version", "formula", form->formula);
    put_link(to, "batch", "batch", form->batch_number);
    put_text(to, "kept-at", form->kept_at);
    put_link(to, "printed-by", "person", form->issuer);
    put_instant(to, "printed-at", form->issued_at);
    put_link(to, "document", "document", form->document_number);
    put_link(to, "settled-by", "person", form->settler);
    put_instant(to, "settled-at", form->settled_at);
}

ending paper_forms_put_of(call *call, answer *to, int64_t batch)
{
    paper_form_line *forms = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &PAPER_FORMS_OF, (&(paper_form){.batch = batch}), call->arena, &forms, &count));
    answer *list = count > 0 ? put_list(to, "paper-forms") : NULL;
    for (size_t i = 0; i < count; i++)
        paper_forms_put(add_object(list), &forms[i]);
    return DONE;
}
