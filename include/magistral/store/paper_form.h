#ifndef MAGISTRAL_STORE_PAPER_FORM_H
#define MAGISTRAL_STORE_PAPER_FORM_H

#include "magistral/store/store.h"

/* The columns' meaning and rule stand in schema/. */
#define PAPER_FORM_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(version) INTEGER(batch) INTEGER(units) INTEGER(labels) INTEGER(document) TEXT(kept_at) INTEGER(issued_by) TEXT(issued_at) \
    TEXT(state) INTEGER(labels_used) TEXT(reason) INTEGER(settled_by) TEXT(settled_at)
RECORD(paper_form, PAPER_FORM_FIELDS)

extern const query PAPER_FORM_INSERT, PAPER_FORM_BY_ID, PAPER_FORM_BY_NUMBER;
extern const query PAPER_FORM_SETTLE;  /* id, state, labels_used, reason, settled_by, settled_at */
extern const query PAPER_FORM_WAITING; /* batch -> the first that it has to do with and that is not accounted for */

/* A form with what it names. */
#define PAPER_FORM_LINE_FIELDS(INTEGER, TEXT) \
    PAPER_FORM_FIELDS(INTEGER, TEXT) TEXT(formula) TEXT(batch_number) TEXT(document_number) TEXT(issuer) TEXT(settler)
RECORD(paper_form_line, PAPER_FORM_LINE_FIELDS)

extern const query PAPER_FORM_LINES;    /* state (NULL: every one) -> newest first */
extern const query PAPER_FORM_LINE;     /* number */
extern const query PAPER_FORMS_OF;      /* batch: made out for it, or named by its late entries */

/* What was entered from a form: how many entries, how many of them still to be verified, and of which batch. Key: the form's number. */
#define PAPER_FORM_ENTERED_FIELDS(INTEGER, TEXT) TEXT(form) INTEGER(entries) INTEGER(unverified) INTEGER(batch) TEXT(batch_number)
RECORD(paper_form_entered, PAPER_FORM_ENTERED_FIELDS)
extern const query PAPER_FORM_ENTERED;

#endif
