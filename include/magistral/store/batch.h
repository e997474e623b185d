#ifndef MAGISTRAL_STORE_BATCH_H
#define MAGISTRAL_STORE_BATCH_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define BATCH_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(version) TEXT(formula_content) INTEGER(work_area) TEXT(state) INTEGER(held) INTEGER(units) \
    INTEGER(requested_units) INTEGER(sampled_units) INTEGER(reserve_units) INTEGER(loss_units) INTEGER(planned_by) \
    TEXT(planned_at) TEXT(registration) TEXT(made_on) TEXT(started_at) TEXT(expiry) TEXT(expiry_cause) \
    INTEGER(filled) TEXT(filled_at) INTEGER(conforming) TEXT(packaged_at) TEXT(analysed_on) INTEGER(destroyed_units) \
    INTEGER(destroyed_by) TEXT(destroyed_at) TEXT(destruction_reference)
RECORD(batch, BATCH_FIELDS)

extern const query BATCH_INSERT, BATCH_BY_ID, BATCH_BY_NUMBER;
extern const query BATCH_IN_AREA; /* work_area -> the batch being made there */
extern const query BATCH_START;   /* id, registration, made_on, started_at */
extern const query BATCH_MADE_ON; /* id, made_on, expiry, expiry_cause */
extern const query BATCH_FILL;    /* id, filled, filled_at, expiry, expiry_cause */
extern const query BATCH_PACKAGE; /* id, conforming, packaged_at */
extern const query BATCH_AMEND;   /* id, filled, conforming */
extern const query BATCH_HOLD;    /* id, held */
extern const query BATCH_ANALYSED; /* id, analysed_on */
extern const query BATCH_END;     /* id, state: released, recalled, refused, cancelled or abandoned */
extern const query BATCH_DESTROY; /* id, destroyed_units, destroyed_by, destroyed_at, destruction_reference */
extern const query BATCHES_WITH_LOT; /* lot.id -> the batches that hold something of it and are not finished */
extern const query BATCHES_TOLD_OF_LOT; /* the same, and those that are recalled */
extern const query RECALLED_LOTS_OF_BATCH; /* batch.id -> the lots ever recalled that it holds something of */

/* The state of a batch on a day, as everybody is told it: on hold, expired and why are computed. Key: id, day. */
#define BATCH_STANDING_FIELDS(INTEGER, TEXT) TEXT(day) TEXT(state) TEXT(expiry)
RECORD(batch_standing, BATCH_STANDING_FIELDS)

extern const query BATCH_STANDING;

#define BATCH_REQUEST_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) INTEGER(request) INTEGER(units)
RECORD(batch_request, BATCH_REQUEST_FIELDS)

extern const query BATCH_REQUEST_INSERT;

/* A request of a batch. Key: batch. */
#define BATCH_REQUEST_LINE_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) TEXT(number) INTEGER(patient) TEXT(pseudonym) TEXT(prescriber) INTEGER(daily_units) INTEGER(days) INTEGER(units)
RECORD(batch_request_line, BATCH_REQUEST_LINE_FIELDS)

extern const query BATCH_REQUESTS_OF;

#define CLEARANCE_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) TEXT(phase) INTEGER(work_area) TEXT(remarks) INTEGER(person) TEXT(at)
RECORD(clearance, CLEARANCE_FIELDS)

extern const query CLEARANCE_INSERT, CLEARANCE_BY_ID;
extern const query CLEARANCES_OF; /* batch -> clearance, in order */

#define STEP_RECORD_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) INTEGER(step) TEXT(remarks) INTEGER(person) TEXT(at)
RECORD(step_record, STEP_RECORD_FIELDS)

extern const query STEP_RECORD_INSERT, STEP_RECORD_BY_ID;
extern const query STEP_RECORDS_OF; /* batch -> step_record, in order */

#define STEP_VALUE_FIELDS(INTEGER, TEXT) \
    INTEGER(record) INTEGER(rank) TEXT(name) TEXT(value) TEXT(unit) INTEGER(within)
RECORD(step_value, STEP_VALUE_FIELDS)

extern const query STEP_VALUE_INSERT, STEP_VALUE_BY_ID;
extern const query STEP_VALUE_AMEND; /* id, value, within */
extern const query STEP_VALUES_OF; /* record -> step_value, by rank */

#define LOSS_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) TEXT(kind) INTEGER(quantity) TEXT(cause) INTEGER(person) TEXT(at)
RECORD(loss, LOSS_FIELDS)

extern const query LOSS_INSERT, LOSS_BY_ID;
extern const query LOSSES_OF; /* batch -> loss, in order */
extern const query LOSS_AMEND; /* id, quantity */

#define SAMPLE_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(batch) INTEGER(rank) TEXT(purpose) TEXT(destinations) INTEGER(units) INTEGER(used) \
    INTEGER(person) TEXT(at)
RECORD(sample, SAMPLE_FIELDS)

extern const query SAMPLE_INSERT, SAMPLE_BY_ID, SAMPLE_BY_NUMBER;
extern const query SAMPLE_USE; /* id, used */
extern const query SAMPLE_AMEND; /* id, units */

#define BOTTLE_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(batch) INTEGER(rank) INTEGER(bottles) INTEGER(units) INTEGER(destroyed) TEXT(ended) INTEGER(opening)
RECORD(bottle, BOTTLE_FIELDS)

extern const query BOTTLE_INSERT, BOTTLE_BY_ID, BOTTLE_BY_NUMBER;
extern const query BOTTLES_OF; /* batch -> bottle, by rank */
extern const query BOTTLE_DESTROY; /* id */
extern const query BOTTLE_AMEND; /* id, units */

#define DESTRUCTION_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) INTEGER(units) TEXT(reference) TEXT(state) INTEGER(counted_by) TEXT(counted_at) INTEGER(witnessed_by) TEXT(witnessed_at)
RECORD(destruction, DESTRUCTION_FIELDS)

extern const query DESTRUCTION_INSERT, DESTRUCTION_BY_ID;
extern const query DESTRUCTIONS_OF;      /* batch -> destruction, in order */
extern const query DESTRUCTION_PROPOSED; /* batch -> the one that awaits its witness */
extern const query DESTRUCTION_SETTLE;   /* id, state, witnessed_by, witnessed_at */

#define RECONCILIATION_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) TEXT(kind) INTEGER(rank) INTEGER(edition) TEXT(name) TEXT(value) TEXT(unit) TEXT(formula) TEXT(limit_text) \
    INTEGER(within) INTEGER(person) TEXT(at)
RECORD(reconciliation, RECONCILIATION_FIELDS)

/* What a reconciliation takes from elsewhere: the mass uniformity as the laboratory computed it (key: batch), and how many labels of
 * the batch are in each state (key: batch). */
#define MASS_RESULT_FIELDS(INTEGER, TEXT) INTEGER(batch) TEXT(number) TEXT(computation)
RECORD(mass_result, MASS_RESULT_FIELDS)
#define LABEL_COUNT_FIELDS(INTEGER, TEXT) INTEGER(batch) TEXT(state) INTEGER(labels)
RECORD(label_count, LABEL_COUNT_FIELDS)
extern const query MASS_RESULT_OF, LABEL_COUNTS_OF;

extern const query RECONCILIATION_INSERT, RECONCILIATION_BY_ID;
extern const query RECONCILIATIONS_EVER; /* batch -> reconciliation, every edition */
extern const query RECONCILIATIONS_OF; /* batch -> reconciliation, the edition in force of each kind, in order */

#endif
