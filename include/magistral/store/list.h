#ifndef MAGISTRAL_STORE_LIST_H
#define MAGISTRAL_STORE_LIST_H

#include "magistral/store/store.h"

/* What every list is asked for; each may be absent. A list begins behind the place (`key`, `id`), in its own order: ABSENT and
 * NULL are its beginning. `find` to below `find_end`: what a number begins with; `until` is not included; `day` is today. */
#define LIST_WANTED_FIELDS(INTEGER, TEXT) \
    TEXT(key) TEXT(find) TEXT(find_end) TEXT(state) TEXT(record_state) TEXT(held) TEXT(batch) TEXT(request) TEXT(formula) TEXT(patient) \
    TEXT(material) TEXT(person) TEXT(act) TEXT(kind) TEXT(number) TEXT(subject) TEXT(since) TEXT(until) TEXT(day)
RECORD(list_wanted, LIST_WANTED_FIELDS)

/* Every line of a list begins so: where it stands, and whether it fits what was asked for. A list is read without skipping what does
 * not fit, so that its reader knows how much was looked through. `list_order` is what the query sorts by, and means nothing else. */
#define LIST_LINE_FIELDS(INTEGER, TEXT) TEXT(list_order) TEXT(list_key) INTEGER(fits)
RECORD(list_line, LIST_LINE_FIELDS)

/* One order of a list among the rows that an index finds, in both directions. */
typedef struct list_order {
    const query *up, *down;
} list_order;

#define LISTED_BATCH_FIELDS(INTEGER, TEXT) \
    LIST_LINE_FIELDS(INTEGER, TEXT) TEXT(number) TEXT(version) TEXT(product) TEXT(strength) TEXT(state) INTEGER(units) INTEGER(conforming) \
    TEXT(registration) TEXT(made_on) TEXT(expiry)
RECORD(listed_batch, LISTED_BATCH_FIELDS)
extern const list_order LIST_BATCHES, LIST_BATCHES_FOUND, LIST_BATCHES_OF_STATE, LIST_BATCHES_ON_HOLD, LIST_BATCHES_BY_MADE_ON, LIST_BATCHES_BY_EXPIRY,
    LIST_BATCHES_OF_STATE_BY_EXPIRY; /* since, until: days of expiry */

#define LISTED_LOT_FIELDS(INTEGER, TEXT) \
    LIST_LINE_FIELDS(INTEGER, TEXT) TEXT(number) TEXT(material) TEXT(material_name) TEXT(unit) TEXT(supplier) TEXT(supplier_lot) \
    TEXT(received_on) TEXT(limit_kind) TEXT(limit_day) TEXT(state) INTEGER(quantity) INTEGER(stock)
RECORD(listed_lot, LISTED_LOT_FIELDS)
extern const list_order LIST_LOTS, LIST_LOTS_BY_RECEIVED_ON, LIST_LOTS_BY_LIMIT_DAY; /* find: anywhere in its number, supplier's lot or material */

#define LISTED_REQUEST_FIELDS(INTEGER, TEXT) \
    LIST_LINE_FIELDS(INTEGER, TEXT) TEXT(number) TEXT(patient) TEXT(formula) TEXT(prescribed_on) INTEGER(daily_units) INTEGER(days) \
    INTEGER(units) TEXT(state) TEXT(batch)
RECORD(listed_request, LISTED_REQUEST_FIELDS)
extern const list_order LIST_REQUESTS, LIST_REQUESTS_FOUND, LIST_REQUESTS_OF_STATE, LIST_REQUESTS_OF_PATIENT, LIST_REQUESTS_BY_PRESCRIBED_ON;

#define LISTED_DISPENSING_FIELDS(INTEGER, TEXT) \
    LIST_LINE_FIELDS(INTEGER, TEXT) TEXT(number) TEXT(state) TEXT(confirmed_at) TEXT(batch) TEXT(request) TEXT(patient) INTEGER(units) \
    INTEGER(charged)
RECORD(listed_dispensing, LISTED_DISPENSING_FIELDS)
extern const list_order LIST_DISPENSINGS, LIST_DISPENSINGS_FOUND, LIST_DISPENSINGS_OF_BATCH, LIST_DISPENSINGS_OF_REQUEST, LIST_DISPENSINGS_OF_PATIENT,
    LIST_DISPENSINGS_OF_STATE, LIST_DISPENSINGS_BY_AT, LIST_DISPENSINGS_BY_BATCH;

#define LISTED_DEVIATION_FIELDS(INTEGER, TEXT) \
    LIST_LINE_FIELDS(INTEGER, TEXT) TEXT(number) TEXT(batch) TEXT(subject) TEXT(class) TEXT(opened_by) TEXT(opened_at) TEXT(state) \
    TEXT(decision) TEXT(decided_by)
RECORD(listed_deviation, LISTED_DEVIATION_FIELDS)
extern const list_order LIST_DEVIATIONS, LIST_DEVIATIONS_FOUND, LIST_DEVIATIONS_OF_STATE, LIST_DEVIATIONS_OF_BATCH;

#define LISTED_RESULT_FIELDS(INTEGER, TEXT) \
    LIST_LINE_FIELDS(INTEGER, TEXT) TEXT(number) TEXT(code) TEXT(name) TEXT(specification) TEXT(state) TEXT(stated) TEXT(verdict) \
    TEXT(analysed_on) TEXT(entered_by) TEXT(verified_by)
RECORD(listed_result, LISTED_RESULT_FIELDS)
extern const list_order LIST_RESULTS, LIST_RESULTS_FOUND, LIST_RESULTS_OF_STATE, LIST_RESULTS_OF_BATCH;

#define LISTED_INVESTIGATION_FIELDS(INTEGER, TEXT) \
    LIST_LINE_FIELDS(INTEGER, TEXT) TEXT(number) TEXT(batch) TEXT(result) TEXT(name) TEXT(state) TEXT(conclusion) TEXT(opened_by) TEXT(opened_at) \
    TEXT(concluded_by)
RECORD(listed_investigation, LISTED_INVESTIGATION_FIELDS)
extern const list_order LIST_INVESTIGATIONS, LIST_INVESTIGATIONS_FOUND, LIST_INVESTIGATIONS_OF_BATCH;

#define LISTED_ORDER_FIELDS(INTEGER, TEXT) \
    LIST_LINE_FIELDS(INTEGER, TEXT) TEXT(number) TEXT(batch) TEXT(name) TEXT(laboratory) TEXT(sent_on) TEXT(due_on) TEXT(state) TEXT(received_on) TEXT(result)
RECORD(listed_order, LISTED_ORDER_FIELDS)
extern const list_order LIST_ORDERS, LIST_ORDERS_FOUND, LIST_ORDERS_OF_BATCH;

#define LISTED_SAMPLE_FIELDS(INTEGER, TEXT) \
    LIST_LINE_FIELDS(INTEGER, TEXT) TEXT(number) TEXT(batch) TEXT(state) TEXT(kind) TEXT(drawn_at) INTEGER(units) TEXT(received_at) INTEGER(used) \
    INTEGER(exited) INTEGER(left) TEXT(kept_until)
RECORD(listed_sample, LISTED_SAMPLE_FIELDS)
extern const list_order LIST_SAMPLES, LIST_SAMPLES_FOUND, LIST_SAMPLES_OF_BATCH;

#define LISTED_DOCUMENT_FIELDS(INTEGER, TEXT) \
    LIST_LINE_FIELDS(INTEGER, TEXT) TEXT(number) TEXT(kind) TEXT(subject_kind) TEXT(subject) INTEGER(issue) INTEGER(pages) TEXT(issued_at) \
    TEXT(reason)
RECORD(listed_document, LISTED_DOCUMENT_FIELDS)
extern const list_order LIST_DOCUMENTS, LIST_DOCUMENTS_FOUND, LIST_DOCUMENTS_OF_SUBJECT, LIST_DOCUMENTS_OF_KIND;

#define LISTED_LABEL_FIELDS(INTEGER, TEXT) \
    LIST_LINE_FIELDS(INTEGER, TEXT) TEXT(number) TEXT(kind) TEXT(subject) TEXT(shown_state) TEXT(state) TEXT(printed_at) TEXT(reason) \
    TEXT(token)
RECORD(listed_label, LISTED_LABEL_FIELDS)
extern const list_order LIST_LABELS, LIST_LABELS_FOUND, LIST_LABELS_OF_BATCH, LIST_LABELS_OF_SUBJECT, LIST_LABELS_OF_KIND;

#define LISTED_EVENT_FIELDS(INTEGER, TEXT) \
    LIST_LINE_FIELDS(INTEGER, TEXT) TEXT(at) TEXT(kind) TEXT(person) TEXT(subject) TEXT(detail)
RECORD(listed_event, LISTED_EVENT_FIELDS)
extern const list_order LIST_EVENTS, LIST_EVENTS_OF_KIND;

#define LISTED_ENTRY_FIELDS(INTEGER, TEXT) \
    LIST_LINE_FIELDS(INTEGER, TEXT) TEXT(at) TEXT(zone) TEXT(person) TEXT(act) TEXT(reason) TEXT(meaning) TEXT(subjects)
RECORD(listed_entry, LISTED_ENTRY_FIELDS)
extern const list_order LIST_ENTRIES, LIST_ENTRIES_OF_NUMBER, LIST_ENTRIES_OF_PERSON, LIST_ENTRIES_OF_ACT, LIST_ENTRIES_BY_AT;

#endif
