#ifndef MAGISTRAL_STORE_DOCUMENT_H
#define MAGISTRAL_STORE_DOCUMENT_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define TEMPLATE_FIELDS(INTEGER, TEXT) \
    TEXT(name) INTEGER(version) TEXT(content) INTEGER(imported_by) TEXT(imported_at) INTEGER(approved_by) \
    TEXT(approved_at)
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

#endif
