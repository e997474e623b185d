#ifndef MAGISTRAL_STORE_LABORATORY_ORDER_H
#define MAGISTRAL_STORE_LABORATORY_ORDER_H

#include "magistral/store/store.h"

/* The columns' meaning and rule stand in schema/. */
#define LABORATORY_ORDER_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(batch) INTEGER(control) INTEGER(sample) TEXT(laboratory) TEXT(sent_on) TEXT(due_on) INTEGER(ordered_by) TEXT(ordered_at) \
    TEXT(state) TEXT(received_on) TEXT(report) INTEGER(received_by) TEXT(received_at) TEXT(reason) INTEGER(cancelled_by) TEXT(cancelled_at)
RECORD(laboratory_order, LABORATORY_ORDER_FIELDS)

extern const query LABORATORY_ORDER_INSERT, LABORATORY_ORDER_BY_ID, LABORATORY_ORDER_BY_NUMBER;
extern const query LABORATORY_ORDER_SENT;     /* batch, control -> the one whose report is awaited */
extern const query LABORATORY_ORDER_TO_ENTER; /* batch, control -> the last one whose report came and has no result yet */
extern const query LABORATORY_ORDER_RECEIVE;  /* id, received_on, report, received_by, received_at */
extern const query LABORATORY_ORDER_CANCEL;   /* id, reason, cancelled_by, cancelled_at */

/* An order with what it names and the result that it led to. */
#define LABORATORY_ORDER_LINE_FIELDS(INTEGER, TEXT) \
    LABORATORY_ORDER_FIELDS(INTEGER, TEXT) TEXT(batch_number) TEXT(code) TEXT(name) TEXT(sample_number) TEXT(ordered_identifier) TEXT(ordered_name) \
    TEXT(received_identifier) TEXT(received_name) TEXT(cancelled_identifier) TEXT(cancelled_name) TEXT(result_number)
RECORD(laboratory_order_line, LABORATORY_ORDER_LINE_FIELDS)

extern const query LABORATORY_ORDER_LINE;  /* number -> laboratory_order_line */
extern const query LABORATORY_ORDERS_OF;   /* batch -> laboratory_order_line, in order */

#endif
