#ifndef MAGISTRAL_STORE_AMENDMENT_H
#define MAGISTRAL_STORE_AMENDMENT_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define AMENDMENT_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) INTEGER(lot) TEXT(kind) TEXT(subject) TEXT(entry) TEXT(former) TEXT(value) TEXT(unit) INTEGER(entered_by) TEXT(entered_at) \
    TEXT(reason) TEXT(raw_document) INTEGER(person) TEXT(at) INTEGER(deviation)
RECORD(amendment, AMENDMENT_FIELDS)

extern const query AMENDMENT_INSERT, AMENDMENT_BY_ID;
extern const query AMENDMENT_LAST;  /* batch or lot, subject, kind and entry (NULL: any) -> the last one */
extern const query AMENDMENT_OF_DEVIATION; /* deviation, person -> one of that person that opened it */
extern const query AMENDMENT_BY;    /* batch, kind, subject, entry (NULL: any), person -> one of that person */

/* An amendment with who and what it names; `readability` (ng) of the balance, of a mass. */
#define AMENDMENT_LINE_FIELDS(INTEGER, TEXT) \
    AMENDMENT_FIELDS(INTEGER, TEXT) TEXT(entered_identifier) TEXT(entered_name) TEXT(identifier) TEXT(name) TEXT(deviation_number) INTEGER(readability) \
    TEXT(step_title) TEXT(control_name)
RECORD(amendment_line, AMENDMENT_LINE_FIELDS)

extern const query AMENDMENTS_OF; /* amendment.batch, subject (NULL: all) -> amendment_line, in order */
extern const query AMENDMENTS_OF_LOT; /* amendment.lot -> amendment_line, in order */

/* Who did an act on a thing last. Key: kind and number of the thing, act. */
#define ENTRY_AUTHOR_FIELDS(INTEGER, TEXT) TEXT(kind) TEXT(number) TEXT(act) TEXT(at)
RECORD(entry_author, ENTRY_AUTHOR_FIELDS)
extern const query AUTHOR_OF;

/* What is added to a decided batch. */
#define ADDENDUM_FIELDS(INTEGER, TEXT) INTEGER(batch) TEXT(text) INTEGER(person) TEXT(at)
RECORD(addendum, ADDENDUM_FIELDS)
#define ADDENDUM_LINE_FIELDS(INTEGER, TEXT) ADDENDUM_FIELDS(INTEGER, TEXT) TEXT(identifier) TEXT(name)
RECORD(addendum_line, ADDENDUM_LINE_FIELDS)

extern const query ADDENDUM_INSERT, ADDENDUM_BY_ID;
extern const query ADDENDA_OF; /* addendum.batch -> addendum_line, in order */

#endif
