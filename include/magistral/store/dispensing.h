#ifndef MAGISTRAL_STORE_DISPENSING_H
#define MAGISTRAL_STORE_DISPENSING_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define REGISTER_LINE_FIELDS(INTEGER, TEXT) \
    TEXT(book) INTEGER(year) INTEGER(ordinal) TEXT(number) TEXT(kind) INTEGER(batch) INTEGER(dispensing) \
    TEXT(reason) INTEGER(person) TEXT(at)
RECORD(register_line, REGISTER_LINE_FIELDS)

extern const query REGISTER_LINE_INSERT, REGISTER_LINE_BY_ID;
extern const query REGISTER_LAST;  /* book, year -> in `ordinal` that of the last line, in `number` the last number given */
extern const query REGISTER_ENTRY; /* book, number -> the line that gave the number */

/* A line as the register shows it (CSP R.5125-45), with what it was made from and for whom. */
#define REGISTER_ROW_FIELDS(INTEGER, TEXT) \
    TEXT(book) INTEGER(year) INTEGER(ordinal) TEXT(number) TEXT(kind) TEXT(reason) TEXT(at) TEXT(person) INTEGER(batch) TEXT(batch_number) \
    INTEGER(version) TEXT(product) TEXT(strength) TEXT(form) INTEGER(content_mass) INTEGER(units) INTEGER(dispensing) \
    INTEGER(other) TEXT(since) TEXT(until)
RECORD(register_row, REGISTER_ROW_FIELDS)

extern const query REGISTER_ROWS;  /* book, year, since, until -> register_row, in order */
extern const query REGISTER_COUNT; /* the same -> in `units` how many lines */

/* For whom a line was written: the request of its dispensing, or every request that its batch is made for. */
#define REGISTER_REQUEST_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) INTEGER(dispensing) TEXT(number) TEXT(prescriber) TEXT(prescriber_address) TEXT(patient)
RECORD(register_request, REGISTER_REQUEST_FIELDS)

extern const query REGISTER_REQUESTS; /* batch, dispensing (or ABSENT) -> register_request */

/* What a batch is made of: a component with one lot that was used for it; the lot is NULL before any was. */
#define COMPOSITION_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) INTEGER(rank) TEXT(material) TEXT(kind) TEXT(amount) INTEGER(per_capsule) TEXT(lot) TEXT(supplier)
RECORD(composition, COMPOSITION_FIELDS)

extern const query COMPOSITION_OF_BATCH; /* composition.batch -> composition, in the order of the formula */

/* A verified portion of the active substance: net mass and the fraction of it that is active. Key: batch. */
#define ENGAGED_FIELDS(INTEGER, TEXT) INTEGER(batch) INTEGER(net) TEXT(purity)
RECORD(engaged, ENGAGED_FIELDS)

extern const query ENGAGED_IN_BATCH;

#define DISPENSING_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(batch) INTEGER(request) INTEGER(patient) INTEGER(units) INTEGER(charged) TEXT(charge_formula) TEXT(state) \
    INTEGER(confirmed_by) TEXT(confirmed_at) INTEGER(checked_by) TEXT(checked_at) INTEGER(handed_over_by) \
    TEXT(handed_over_at) TEXT(collected_by) INTEGER(cancelled_by) TEXT(cancelled_at) TEXT(cancel_reason) TEXT(late_reason)
RECORD(dispensing, DISPENSING_FIELDS)

extern const query DISPENSING_INSERT, DISPENSING_BY_ID, DISPENSING_BY_NUMBER;
extern const query DISPENSING_CHECK, DISPENSING_HAND_OVER, DISPENSING_CANCEL;
extern const query DISPENSINGS_OF_BATCH; /* dispensing.batch -> dispensing, in the order of confirmation */

/* What the dispensings of a batch, or of a request, took and were charged; cancelled ones apart. */
#define DISPENSED_FIELDS(INTEGER, TEXT) INTEGER(batch) INTEGER(request) INTEGER(units) INTEGER(charged)
RECORD(dispensed, DISPENSED_FIELDS)

extern const query DISPENSED_OF_BATCH;   /* dispensed.batch */
extern const query DISPENSED_OF_REQUEST; /* dispensed.request */

/* A dispensing as one line; as a key its state may be absent. */
#define DISPENSING_ROW_FIELDS(INTEGER, TEXT) \
    TEXT(number) TEXT(state) TEXT(confirmed_at) TEXT(batch) TEXT(request) TEXT(patient) INTEGER(units) INTEGER(charged)
RECORD(dispensing_row, DISPENSING_ROW_FIELDS)

extern const query DISPENSING_ROWS_OF_BATCH;   /* of a batch, newest first */
extern const query DISPENSING_ROWS_OF_REQUEST; /* of a request */

#define DISPENSING_BOTTLE_FIELDS(INTEGER, TEXT) \
    INTEGER(dispensing) INTEGER(bottle) TEXT(scanned_at) INTEGER(label)
RECORD(dispensing_bottle, DISPENSING_BOTTLE_FIELDS)

extern const query DISPENSING_BOTTLE_INSERT;
extern const query DISPENSING_BOTTLE_SCAN; /* sets scanned_at and label */

/* A bottle and the dispensing that holds it, if any (`dispensing` is ABSENT then); `label` is the serial of the patient's label that
 * was scanned with it. `ended`: "opened", "lost", "broken", or NULL; `unverified`: 1 while another person has not counted what an opening put
 * into it. */
#define TAKEN_BOTTLE_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(batch) INTEGER(rank) INTEGER(units) INTEGER(destroyed) TEXT(ended) INTEGER(unverified) INTEGER(dispensing) TEXT(taken_by) \
    TEXT(scanned_at) TEXT(label) TEXT(label_state)
RECORD(taken_bottle, TAKEN_BOTTLE_FIELDS)

extern const query BOTTLES_OF_BATCH;      /* taken_bottle.batch -> with what holds each now */
extern const query BOTTLES_OF_DISPENSING; /* taken_bottle.dispensing -> its bottles */
extern const query BOTTLE_SCANNED;        /* in `number` a bottle's number -> with what holds it now */

/* Capsules that a patient brought back. */
#define PATIENT_RETURN_FIELDS(INTEGER, TEXT) INTEGER(dispensing) INTEGER(units) TEXT(reason) INTEGER(person) TEXT(at)
RECORD(patient_return, PATIENT_RETURN_FIELDS)
#define RETURN_LINE_FIELDS(INTEGER, TEXT) PATIENT_RETURN_FIELDS(INTEGER, TEXT) TEXT(identifier) TEXT(name) TEXT(number) INTEGER(batch)
RECORD(return_line, RETURN_LINE_FIELDS)
/* Capsules that a patient lost, as somebody told. */
#define PATIENT_LOSS_FIELDS(INTEGER, TEXT) INTEGER(dispensing) INTEGER(units) TEXT(reason) TEXT(reported_by) INTEGER(person) TEXT(at)
RECORD(patient_loss, PATIENT_LOSS_FIELDS)
#define PATIENT_LOSS_LINE_FIELDS(INTEGER, TEXT) PATIENT_LOSS_FIELDS(INTEGER, TEXT) TEXT(identifier) TEXT(name) TEXT(number) INTEGER(batch)
RECORD(patient_loss_line, PATIENT_LOSS_LINE_FIELDS)
extern const query PATIENT_LOSS_INSERT, PATIENT_LOSS_BY_ID;
extern const query PATIENT_LOSS_AMEND; /* id, units */
extern const query PATIENT_LOSSES_OF, PATIENT_LOSSES_OF_BATCH; /* patient_loss_line.dispensing, .batch -> patient_loss_line, in order */

extern const query PATIENT_RETURN_INSERT, PATIENT_RETURN_BY_ID;
extern const query PATIENT_RETURN_AMEND; /* id, units */
extern const query PATIENT_RETURNS_OF, PATIENT_RETURNS_OF_BATCH; /* return_line.dispensing, .batch -> return_line, in order */

#endif
