#ifndef MAGISTRAL_STORE_REQUEST_H
#define MAGISTRAL_STORE_REQUEST_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define PATIENT_FIELDS(INTEGER, TEXT) \
    TEXT(pseudonym)
RECORD(patient, PATIENT_FIELDS)

extern const query PATIENT_INSERT, PATIENT_BY_ID, PATIENT_BY_PSEUDONYM;

#define REQUEST_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(patient) INTEGER(formula) TEXT(prescriber) TEXT(prescriber_address) TEXT(prescribed_on) \
    INTEGER(daily_units) INTEGER(days) INTEGER(units) TEXT(posology) TEXT(board_name) TEXT(board_day) \
    TEXT(board_number) TEXT(board_decision) TEXT(state) TEXT(legal_basis) TEXT(reason) INTEGER(decided_by) \
    TEXT(decided_at) INTEGER(received_by) TEXT(received_at) \
    INTEGER(withdrawn_by) TEXT(withdrawn_at) TEXT(withdrawn_reason)
RECORD(request, REQUEST_FIELDS)

extern const query REQUEST_INSERT, REQUEST_BY_ID, REQUEST_BY_NUMBER;
extern const query REQUEST_WITHDRAW; /* id, withdrawn_by, withdrawn_at, withdrawn_reason; accepted before */
extern const query REQUEST_SERVE;    /* id; accepted before, and all its capsules handed over */
extern const query REQUEST_SAME;     /* patient, formula, prescribed_on -> the first that is neither refused nor withdrawn */
extern const query REQUEST_DECIDE; /* id, state, legal_basis, reason, decided_by, decided_at */

/* The batches made for a request, newest first; before them those of which capsules are reattributed to it and not all dispensed. Key:
 * batch_of_request.request and the day of their states. `reattributed`: 0 made for it, 1 capsules wait for it, -1 all of them dispensed. */
#define BATCH_OF_REQUEST_FIELDS(INTEGER, TEXT) INTEGER(request) TEXT(number) TEXT(state) INTEGER(units) TEXT(day) INTEGER(reattributed)
RECORD(batch_of_request, BATCH_OF_REQUEST_FIELDS)

extern const query BATCHES_OF_REQUEST;

/* A request that takes the place of a dispensing, with what it names. Key: the request, the dispensing, or the batch of the latter. */
#define REQUEST_REPLACEMENT_FIELDS(INTEGER, TEXT) INTEGER(request) INTEGER(dispensing) TEXT(reason)
RECORD(request_replacement, REQUEST_REPLACEMENT_FIELDS)
#define REPLACEMENT_LINE_FIELDS(INTEGER, TEXT) \
    REQUEST_REPLACEMENT_FIELDS(INTEGER, TEXT) INTEGER(batch) TEXT(number) TEXT(state) TEXT(dispensing_number) TEXT(name) TEXT(at)
RECORD(replacement_line, REPLACEMENT_LINE_FIELDS)
extern const query REQUEST_REPLACEMENT_INSERT, REQUEST_REPLACEMENT_BY_ID;
extern const query REPLACED_BY_REQUEST;                             /* replacement_line.request -> the dispensing that it replaces */
extern const query REPLACEMENTS_OF_DISPENSING, REPLACEMENTS_OF_BATCH; /* replacement_line.dispensing, .batch -> replacement_line, in order */

#endif
