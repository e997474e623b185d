#ifndef MAGISTRAL_STORE_COST_H
#define MAGISTRAL_STORE_COST_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define RATE_FIELDS(INTEGER, TEXT) \
    TEXT(code) TEXT(name) TEXT(kind) TEXT(starts) INTEGER(amount) TEXT(percent)
RECORD(rate, RATE_FIELDS)

extern const query RATE_INSERT, RATE_BY_ID;
extern const query RATE_AT;      /* code, starts: a day -> the rate of that code in force on it */
extern const query RATE_OF_CODE; /* code -> its first rate */
extern const query RATES_AT;     /* starts: a day -> every rate in force on it */
extern const query RATE_BY_START; /* code, starts -> rate */
extern const query RATE_LAST_USE; /* code, kind -> in `starts` the last making day of a frozen sheet that used it, or NULL */

#define WORK_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) INTEGER(person) TEXT(grade) TEXT(activity) INTEGER(minutes) INTEGER(declared_by) TEXT(at)
RECORD(work, WORK_FIELDS)

extern const query WORK_INSERT, WORK_BY_ID;
extern const query WORK_AMEND; /* id, minutes */

/* Minutes declared, with who worked. */
#define WORK_LINE_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) TEXT(person) TEXT(name) TEXT(grade) TEXT(activity) INTEGER(minutes) TEXT(declared_by) TEXT(at)
RECORD(work_line, WORK_LINE_FIELDS)

extern const query WORK_OF_BATCH; /* work_line.batch -> work_line */

#define EQUIPMENT_USE_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) TEXT(rate) TEXT(hours) INTEGER(declared_by) TEXT(at)
RECORD(equipment_use, EQUIPMENT_USE_FIELDS)

extern const query EQUIPMENT_USE_INSERT, EQUIPMENT_USE_BY_ID, EQUIPMENT_USE_OF_BATCH;
extern const query EQUIPMENT_USE_AMEND; /* id, hours */

#define PURCHASE_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) TEXT(description) INTEGER(amount) INTEGER(declared_by) TEXT(at)
RECORD(purchase, PURCHASE_FIELDS)

extern const query PURCHASE_INSERT, PURCHASE_BY_ID, PURCHASE_OF_BATCH;
extern const query PURCHASE_AMEND; /* id, amount */

#define LOT_ANALYSIS_FIELDS(INTEGER, TEXT) \
    INTEGER(lot) TEXT(description) INTEGER(amount) INTEGER(declared_by) TEXT(at)
RECORD(lot_analysis, LOT_ANALYSIS_FIELDS)

extern const query LOT_ANALYSIS_INSERT, LOT_ANALYSIS_BY_ID, LOT_ANALYSES_OF; /* lot_analysis.lot -> in their order */

/* What all own analyses of a lot cost, and what they took of it. */
#define LOT_ANALYSIS_SUM_FIELDS(INTEGER, TEXT) TEXT(number) INTEGER(amount) INTEGER(received) INTEGER(sampled)
RECORD(lot_analysis_sum, LOT_ANALYSIS_SUM_FIELDS)

extern const query LOT_ANALYSIS_SUM; /* lot_analysis_sum.number: of the lot -> lot_analysis_sum */

/* A movement that took material for a batch (returns are negative), with what its lot cost. */
#define CONSUMED_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) TEXT(lot) TEXT(material) TEXT(kind) TEXT(unit) INTEGER(price) INTEGER(received) INTEGER(used)
RECORD(consumed, CONSUMED_FIELDS)

extern const query CONSUMED_OF_BATCH; /* consumed.batch -> consumed, lot after lot in the order of their first use */

#define COST_SHEET_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) TEXT(exact) INTEGER(total) INTEGER(dispensable) TEXT(rates_of) TEXT(formula) INTEGER(frozen_by) TEXT(frozen_at)
RECORD(cost_sheet, COST_SHEET_FIELDS)

extern const query COST_SHEET_INSERT, COST_SHEET_BY_ID, COST_SHEET_OF_BATCH;

#define COST_LINE_FIELDS(INTEGER, TEXT) \
    INTEGER(sheet) INTEGER(rank) TEXT(part) TEXT(description) TEXT(quantity) TEXT(unit) TEXT(price) TEXT(price_unit) \
    TEXT(formula) TEXT(amount) TEXT(kind)
RECORD(cost_line, COST_LINE_FIELDS)

extern const query COST_LINE_INSERT, COST_LINE_BY_ID, COST_LINES_OF_SHEET;

#endif
