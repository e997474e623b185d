#ifndef MAGISTRAL_STORE_RESULT_H
#define MAGISTRAL_STORE_RESULT_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define RESULT_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(batch) INTEGER(rank) INTEGER(control) TEXT(state) INTEGER(stage) TEXT(laboratory) \
    TEXT(reference_standard) INTEGER(equipment) TEXT(analysed_on) TEXT(raw_document) INTEGER(entered_by) \
    TEXT(opened_at) TEXT(closed_at) TEXT(verdict) TEXT(stated) TEXT(computation) INTEGER(verified_by) \
    TEXT(verified_at) TEXT(reason)
RECORD(result, RESULT_FIELDS)

extern const query RESULT_INSERT, RESULT_BY_ID, RESULT_BY_NUMBER;

#define RESULT_VALUE_FIELDS(INTEGER, TEXT) \
    INTEGER(result) INTEGER(stage) TEXT(series) INTEGER(rank) TEXT(value) TEXT(unit) INTEGER(entered_by) TEXT(at)
RECORD(result_value, RESULT_VALUE_FIELDS)

extern const query RESULT_VALUE_INSERT, RESULT_VALUE_BY_ID;

#endif
