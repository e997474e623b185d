#ifndef MAGISTRAL_ACT_PAPER_FORMS_H
#define MAGISTRAL_ACT_PAPER_FORMS_H

#include "magistral/act/batches.h"
#include "magistral/act/documents.h"
#include "magistral/act/formulas.h"
#include "magistral/store/paper_form.h"

/* The blank batch record, for when the program is out of reach: each copy is numbered, entered from and accounted for. Rule: BPP 4.08, 4.39. */

/* Labels to be cut out of a form. */
enum { PAPER_FORM_LABELS = 8 };

/* What a form is printed of. */
typedef struct blank_record {
    const char *number, *kept_at;
    formula_content formula;
    batch batch;   /* made out for it; number NULL when for none */
    int64_t units; /* ABSENT: left to be written */
} blank_record;

/* Finds a form by its number in the input `field`; refused (FORM-01) when there is none. */
ending paper_forms_find(call *call, const char *field, paper_form_line *ret_form) MUST_CHECK;

/* Fills the record of the layout "blank_batch_record". */
ending blank_record_fill(call *call, const blank_record *blank, drawing *drawing, answer *record) MUST_CHECK;

/* The same of what a preview names: a form that was issued, else a version of a formula. Refused (FORM-01) when it is neither. */
ending blank_record_fill_of(call *call, const char *field, const char *subject, drawing *drawing, answer *record) MUST_CHECK;

/* Refuses that a late entry of a batch names a form of our series that was never issued (LATE-09), is of another formula or batch
 * (LATE-10), or is accounted for (LATE-11). DONE also when it refused; another pharmacy's paper has its own numbers. The form comes back, its
 * number NULL when it is none of ours. */
ending paper_forms_check(call *call, const char *field, const batch *batch, const char *number, paper_form_line *ret_form) MUST_CHECK;

/* Puts a form, and the forms of a batch as a list named "paper-forms"; nothing when there is none. */
void paper_forms_put(answer *to, const paper_form_line *form);
ending paper_forms_put_of(call *call, answer *to, int64_t batch) MUST_CHECK;

#endif
