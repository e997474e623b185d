#ifndef MAGISTRAL_STORE_COST_H
#define MAGISTRAL_STORE_COST_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define RATE_FIELDS(INTEGER, TEXT) \
    TEXT(code) TEXT(name) TEXT(kind) TEXT(starts) INTEGER(amount) TEXT(percent)
RECORD(rate, RATE_FIELDS)

extern const query RATE_INSERT, RATE_BY_ID;

#define WORK_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) INTEGER(person) TEXT(grade) TEXT(activity) INTEGER(minutes) INTEGER(declared_by) TEXT(at)
RECORD(work, WORK_FIELDS)

extern const query WORK_INSERT, WORK_BY_ID;

#define EQUIPMENT_USE_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) TEXT(rate) TEXT(hours) INTEGER(declared_by) TEXT(at)
RECORD(equipment_use, EQUIPMENT_USE_FIELDS)

extern const query EQUIPMENT_USE_INSERT, EQUIPMENT_USE_BY_ID;

#define PURCHASE_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) TEXT(description) INTEGER(amount) INTEGER(declared_by) TEXT(at)
RECORD(purchase, PURCHASE_FIELDS)

extern const query PURCHASE_INSERT, PURCHASE_BY_ID;

#define COST_SHEET_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) TEXT(exact) INTEGER(total) INTEGER(dispensable) TEXT(formula) INTEGER(frozen_by) TEXT(frozen_at)
RECORD(cost_sheet, COST_SHEET_FIELDS)

extern const query COST_SHEET_INSERT, COST_SHEET_BY_ID;

#define COST_LINE_FIELDS(INTEGER, TEXT) \
    INTEGER(sheet) INTEGER(rank) TEXT(part) TEXT(description) TEXT(formula) TEXT(amount)
RECORD(cost_line, COST_LINE_FIELDS)

extern const query COST_LINE_INSERT, COST_LINE_BY_ID;

#endif
