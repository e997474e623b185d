#ifndef MAGISTRAL_STORE_DISPENSING_H
#define MAGISTRAL_STORE_DISPENSING_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define REGISTER_LINE_FIELDS(INTEGER, TEXT) \
    TEXT(book) INTEGER(year) INTEGER(ordinal) TEXT(number) TEXT(kind) INTEGER(batch) INTEGER(dispensing) \
    TEXT(reason) INTEGER(person) TEXT(at)
RECORD(register_line, REGISTER_LINE_FIELDS)

extern const query REGISTER_LINE_INSERT, REGISTER_LINE_BY_ID;
extern const query REGISTER_LINE_LAST; /* book, year -> the last line of that book and year */

#define DISPENSING_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(batch) INTEGER(request) INTEGER(units) INTEGER(charged) TEXT(charge_formula) TEXT(state) \
    INTEGER(confirmed_by) TEXT(confirmed_at) INTEGER(checked_by) TEXT(checked_at) INTEGER(handed_over_by) \
    TEXT(handed_over_at) TEXT(collected_by) INTEGER(cancelled_by) TEXT(cancelled_at) TEXT(cancel_reason)
RECORD(dispensing, DISPENSING_FIELDS)

extern const query DISPENSING_INSERT, DISPENSING_BY_ID, DISPENSING_BY_NUMBER;

#define DISPENSING_BOTTLE_FIELDS(INTEGER, TEXT) \
    INTEGER(dispensing) INTEGER(bottle) TEXT(scanned_at)
RECORD(dispensing_bottle, DISPENSING_BOTTLE_FIELDS)

extern const query DISPENSING_BOTTLE_INSERT;

#endif
