#ifndef MAGISTRAL_STORE_RESULT_H
#define MAGISTRAL_STORE_RESULT_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define RESULT_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(batch) INTEGER(rank) INTEGER(control) TEXT(state) INTEGER(stage) TEXT(laboratory) \
    TEXT(reference_standard) INTEGER(equipment) TEXT(analysed_on) TEXT(raw_document) INTEGER(entered_by) \
    TEXT(opened_at) TEXT(closed_at) TEXT(verdict) TEXT(stated) TEXT(computation) INTEGER(verified_by) \
    TEXT(verified_at) TEXT(reason) INTEGER(invalidated_by) TEXT(invalidated_at) INTEGER(deviation) TEXT(chromatographic_column) \
    TEXT(standard_expiry) TEXT(suitability) INTEGER(analyst) INTEGER(laboratory_order)
RECORD(result, RESULT_FIELDS)

extern const query RESULT_INSERT, RESULT_BY_ID, RESULT_BY_NUMBER;
extern const query RESULT_STANDING;   /* batch, control -> the result that is not invalidated */
extern const query RESULT_CLOSE;      /* id, closed_at, verdict, stated, computation: to be verified anew */
extern const query RESULT_CONTINUE;   /* id: open again at stage 2, to be verified anew */
extern const query RESULT_ATTACH;     /* id, raw_document */
extern const query RESULT_VERIFY;     /* id, verified_by, verified_at */
extern const query RESULT_INVALIDATE; /* id, reason, invalidated_by, invalidated_at, deviation */

/* A result with what its control expects and who is concerned. */
#define RESULT_LINE_FIELDS(INTEGER, TEXT) \
    RESULT_FIELDS(INTEGER, TEXT) TEXT(code) TEXT(name) TEXT(kind) TEXT(due) TEXT(method) TEXT(specification) TEXT(reference) \
    TEXT(equipment_code) TEXT(entered_identifier) TEXT(verified_identifier) TEXT(analyst_identifier) TEXT(order_number)
RECORD(result_line, RESULT_LINE_FIELDS)

extern const query RESULTS_OF; /* result.batch -> result_line, by rank */

#define RESULT_VALUE_FIELDS(INTEGER, TEXT) \
    INTEGER(result) INTEGER(stage) TEXT(series) INTEGER(rank) TEXT(value) TEXT(unit) INTEGER(entered_by) TEXT(at)
RECORD(result_value, RESULT_VALUE_FIELDS)

extern const query RESULT_VALUE_INSERT, RESULT_VALUE_BY_ID;
extern const query RESULT_VALUE_AMEND; /* id, value */
extern const query RESULT_VALUES_OF; /* result_value.result -> result_value, by series and rank */

/* A control due after the release of a batch, and its last day. */
#define CONTROL_DUE_FIELDS(INTEGER, TEXT) INTEGER(batch) INTEGER(control) TEXT(last_day)
RECORD(control_due, CONTROL_DUE_FIELDS)
#define CONTROL_OVERDUE_FIELDS(INTEGER, TEXT) INTEGER(batch) TEXT(day) TEXT(name) TEXT(last_day)
RECORD(control_overdue, CONTROL_OVERDUE_FIELDS)

extern const query CONTROL_DUE_INSERT;
extern const query CONTROL_OVERDUE; /* batch, day -> name and last_day of the first whose last day is before `day` without a result that complies */

/* Whether a person took part in a batch. Key: batch and person; `parts` counts the rows. */
#define PART_FIELDS(INTEGER, TEXT) INTEGER(batch) INTEGER(person) INTEGER(parts)
RECORD(part, PART_FIELDS)

extern const query PART_OPERATED;  /* started, weighed, issued, recorded a step, cleared the line, filled, packaged, noted a loss, amended */
extern const query PART_CONTROLLED; /* opened, analysed, or entered a value of, a final result that stands; or signed the certificate */
extern const query PART_VERIFIED;  /* verified a weighing or an issue */

/* A control that is due every so many batches: in `batches` those made since it was last verified as complying, this one included;
 * in `last` the batch of that result, NULL when there never was one. */
#define PERIODIC_FIELDS(INTEGER, TEXT) INTEGER(batch) TEXT(code) INTEGER(batches) TEXT(last)
RECORD(periodic, PERIODIC_FIELDS)

extern const query PERIODIC_SINCE; /* batch, code -> batches, last */

#endif
