#ifndef MAGISTRAL_STORE_LATE_ENTRY_H
#define MAGISTRAL_STORE_LATE_ENTRY_H

#include "magistral/store/store.h"

/* The columns' meaning and rule stand in schema/. */
#define LATE_ENTRY_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(batch) INTEGER(sequence) TEXT(act) TEXT(done_at) TEXT(form) TEXT(reason) INTEGER(person) TEXT(at) \
    INTEGER(verified_by) TEXT(verified_at)
RECORD(late_entry, LATE_ENTRY_FIELDS)

extern const query LATE_ENTRY_INSERT, LATE_ENTRY_BY_ID, LATE_ENTRY_BY_NUMBER;
extern const query LATE_ENTRY_OF_SEQUENCE; /* sequence -> late_entry */
extern const query LATE_ENTRY_TO_VERIFY;   /* batch -> the first that is not verified */
extern const query LATE_ENTRY_VERIFY;      /* id, verified_by, verified_at */
extern const query LATE_ENTRY_AMEND;       /* id, done_at, form: to be verified again */

/* A late entry with who and what it names, and the instant of the entry that it is about. */
#define LATE_ENTRY_LINE_FIELDS(INTEGER, TEXT) \
    LATE_ENTRY_FIELDS(INTEGER, TEXT) TEXT(batch_number) TEXT(identifier) TEXT(name) TEXT(verified_identifier) TEXT(verified_name) TEXT(things) TEXT(entered_at)
RECORD(late_entry_line, LATE_ENTRY_LINE_FIELDS)

extern const query LATE_ENTRIES_OF; /* late_entry.batch -> late_entry_line, in order */

/* The late entry that made a thing ("weighing", "B26-0001/W1"), or nothing. Key: kind and number. */
#define LATE_THING_FIELDS(INTEGER, TEXT) TEXT(kind) TEXT(thing) TEXT(number)
RECORD(late_thing, LATE_THING_FIELDS)
extern const query LATE_THING;

/* The entries of a person on a batch, newest first. Key: the batch's number and the person's identifier. */
#define LATE_ENTRY_LAST_FIELDS(INTEGER, TEXT) TEXT(number) TEXT(person) TEXT(act) INTEGER(sequence)
RECORD(late_entry_last, LATE_ENTRY_LAST_FIELDS)
extern const query LATE_ENTRY_MAY_BE;

#endif
