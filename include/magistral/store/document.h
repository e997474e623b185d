#ifndef MAGISTRAL_STORE_DOCUMENT_H
#define MAGISTRAL_STORE_DOCUMENT_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define TEMPLATE_FIELDS(INTEGER, TEXT) \
    TEXT(name) INTEGER(version) TEXT(content) INTEGER(imported_by) TEXT(imported_at) INTEGER(approved_by) \
    TEXT(approved_at) INTEGER(withdrawn_by) TEXT(withdrawn_at) TEXT(withdrawn_reason)
RECORD(template, TEMPLATE_FIELDS)

extern const query TEMPLATE_INSERT, TEMPLATE_BY_ID;

#define DOCUMENT_FIELDS(INTEGER, TEXT) \
    TEXT(number) TEXT(kind) TEXT(subject_kind) TEXT(subject) INTEGER(issue) TEXT(reason) INTEGER(replaces) \
    INTEGER(pages) TEXT(language) TEXT(template) INTEGER(drawn_from) TEXT(head) TEXT(data_digest) TEXT(code) \
    TEXT(bytes) INTEGER(issued_by) TEXT(issued_at) TEXT(meaning)
RECORD(document, DOCUMENT_FIELDS)

extern const query DOCUMENT_INSERT, DOCUMENT_BY_ID, DOCUMENT_BY_NUMBER;

#define LABEL_FIELDS(INTEGER, TEXT) \
    TEXT(number) TEXT(kind) TEXT(subject) INTEGER(batch) INTEGER(document) TEXT(token) TEXT(shown_state) \
    TEXT(state) TEXT(reason) INTEGER(printed_by) TEXT(printed_at)
RECORD(label, LABEL_FIELDS)

extern const query LABEL_INSERT, LABEL_BY_ID, LABEL_BY_NUMBER;

extern const query TEMPLATE_BY_VERSION;     /* name, version */
extern const query TEMPLATE_IN_FORCE;       /* name: the newest approved that is not withdrawn */
extern const query TEMPLATE_LAST;           /* name: the newest of all */
extern const query TEMPLATE_LIST, TEMPLATE_APPROVE, TEMPLATE_WITHDRAW;
extern const query DOCUMENT_LAST_ISSUE;     /* kind, subject_kind, subject */
extern const query DOCUMENT_LAST_OF_YEAR;   /* numbers from `number` to below `subject` */
extern const query DOCUMENT_REPLACING;      /* id: the document that replaces it */
extern const query DOCUMENT_LAST;           /* the newest of all */
extern const query DOCUMENT_LAST_DRAWN_BY;  /* template: the beginning of the layout's name */
extern const query DOCUMENT_OF_SUBJECT;     /* subject_kind, subject */
extern const query DOCUMENT_LIST;           /* subject and kind, each may be absent; newest first */
extern const query LABEL_BY_TOKEN, LABEL_OF_SUBJECT, LABEL_OF_BATCH, LABEL_OF_DOCUMENT, LABEL_SETTLE, LABEL_LAST;

#endif
