#ifndef MAGISTRAL_STORE_LOT_H
#define MAGISTRAL_STORE_LOT_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define LOT_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(material) INTEGER(supplier) TEXT(manufacturer) TEXT(supplier_lot) INTEGER(quantity) \
    INTEGER(price) TEXT(received_on) INTEGER(received_by) TEXT(limit_kind) TEXT(limit_day) TEXT(certificate) \
    TEXT(certificate_reference) TEXT(state) TEXT(assay) TEXT(assay_basis) TEXT(water) TEXT(correction_source) \
    TEXT(own_control) INTEGER(decided_by) TEXT(decided_at) TEXT(decision_reason) INTEGER(recalled_by) TEXT(recalled_at) \
    TEXT(recall_reason)
RECORD(lot, LOT_FIELDS)

extern const query LOT_INSERT, LOT_BY_ID, LOT_BY_NUMBER;
extern const query LOT_ACCEPT;   /* state, assay, basis, water, source, own control, decision */
extern const query LOT_AMEND;    /* what was received, all but its material, supplier, day and file */
extern const query LOT_REFUSE;   /* lot.state and who decided, when, why */
extern const query LOT_RECALL;   /* recalled_by, recalled_at, recall_reason: the decision before it stays */
extern const query LOT_DESTROY;  /* lot.state alone: the decision before it stays */
extern const query LOT_RETEST;   /* limit_day, assay, basis, water, source, own control: who first accepted it stays */
extern const query LOT_SAME;     /* lot.material, supplier, supplier_lot, received_on */

/* A lot as lists and pages show it: its stock, and its state of `day` with what follows from date and movements (expired,
 * retest-passed, exhausted). As a key: day, and number, material
 * code, supplier code, state (each NULL for all). */
#define LOT_LINE_FIELDS(INTEGER, TEXT) \
    TEXT(number) TEXT(material) TEXT(material_name) TEXT(unit) TEXT(supplier) TEXT(supplier_name) TEXT(supplier_lot) \
    TEXT(received_on) TEXT(limit_kind) TEXT(limit_day) TEXT(state) INTEGER(quantity) INTEGER(stock) TEXT(day)
RECORD(lot_line, LOT_LINE_FIELDS)
extern const query LOT_LINES;     /* in the order of the register */
extern const query LOTS_IN_STOCK; /* by material, first to expire first; state is no key */

/* A lot accepted again after its retest date asked for it, and what was in force before. */
#define LOT_RETEST_FIELDS(INTEGER, TEXT) \
    INTEGER(lot) TEXT(limit_day) TEXT(assay) TEXT(assay_basis) TEXT(water) TEXT(correction_source) TEXT(own_control) \
    TEXT(former_day) TEXT(former_assay) TEXT(former_basis) TEXT(former_water) TEXT(former_source) TEXT(former_control) \
    INTEGER(person) TEXT(at)
RECORD(lot_retest, LOT_RETEST_FIELDS)

extern const query LOT_RETEST_INSERT, LOT_RETEST_BY_ID;
extern const query LOT_RETESTS_OF; /* lot -> lot_retest, in order */

#define LOT_TEST_FIELDS(INTEGER, TEXT) \
    INTEGER(lot) TEXT(test) TEXT(method) TEXT(result) INTEGER(conforms) TEXT(raw_document) INTEGER(person) TEXT(at)
RECORD(lot_test, LOT_TEST_FIELDS)

extern const query LOT_TEST_INSERT, LOT_TEST_BY_ID;

/* Tests of a lot with who did them. */
#define LOT_TEST_LINE_FIELDS(INTEGER, TEXT) \
    INTEGER(lot) TEXT(test) TEXT(method) TEXT(result) INTEGER(conforms) TEXT(raw_document) TEXT(raw_type) INTEGER(raw_size) \
    TEXT(person) TEXT(at)
RECORD(lot_test_line, LOT_TEST_LINE_FIELDS)
extern const query LOT_TEST_LINES; /* lot_test_line.lot */

#define CONTAINER_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(lot) INTEGER(rank) INTEGER(containers) TEXT(location) TEXT(opened_on) TEXT(end_of_use)
RECORD(container, CONTAINER_FIELDS)

extern const query CONTAINER_INSERT, CONTAINER_BY_ID, CONTAINER_BY_NUMBER;
extern const query CONTAINER_OPEN; /* container.id, opened_on, end_of_use */

/* A container with its stock, its lot, and the last day of use of both. */
#define STOCK_LINE_FIELDS(INTEGER, TEXT) \
    TEXT(container) INTEGER(rank) INTEGER(lot) TEXT(lot_number) INTEGER(material) TEXT(limit_kind) TEXT(limit_day) \
    TEXT(opened_on) TEXT(end_of_use) TEXT(last_day) TEXT(location) INTEGER(quantity) TEXT(day)
RECORD(stock_line, STOCK_LINE_FIELDS)

extern const query CONTAINER_STOCK;     /* stock_line.id -> quantity alone */
extern const query CONTAINER_RECEIVED;  /* stock_line.id -> quantity that was received in it */
extern const query LOT_STOCK;           /* stock_line.lot -> every container of a lot, in order */
extern const query STOCK_USABLE;        /* stock_line.material, day: first to expire first, never an empty one nor one that an excursion holds or condemned */

#define MOVEMENT_FIELDS(INTEGER, TEXT) \
    INTEGER(container) TEXT(kind) INTEGER(quantity) INTEGER(batch) INTEGER(person) TEXT(at) TEXT(reason)
RECORD(movement, MOVEMENT_FIELDS)

extern const query MOVEMENT_INSERT, MOVEMENT_BY_ID;

/* A count that differs has a second person (BPP 4.40: who contributed); no other movement has one. */
#define COUNT_MOVEMENT_FIELDS(INTEGER, TEXT) \
    INTEGER(container) INTEGER(quantity) INTEGER(person) INTEGER(second_person) TEXT(at) TEXT(reason)
RECORD(count_movement, COUNT_MOVEMENT_FIELDS)
extern const query COUNT_MOVEMENT_INSERT;

/* What was counted in a container, before and after another person verified it. */
#define STOCK_COUNT_FIELDS(INTEGER, TEXT) \
    INTEGER(container) INTEGER(quantity) INTEGER(calculated) TEXT(reason) TEXT(state) INTEGER(counted_by) TEXT(counted_at) \
    INTEGER(verified_by) TEXT(verified_at)
RECORD(stock_count, STOCK_COUNT_FIELDS)
extern const query STOCK_COUNT_INSERT, STOCK_COUNT_BY_ID;
extern const query STOCK_COUNT_PROPOSED; /* stock_count.container: the one that awaits its verification */
extern const query STOCK_COUNT_SETTLE;   /* stock_count.id, state, verified_by, verified_at */

/* Movements of a container or of a lot, in their order. As a key: container or lot, the other ABSENT. */
#define MOVEMENT_LINE_FIELDS(INTEGER, TEXT) \
    INTEGER(container) INTEGER(lot) TEXT(container_number) TEXT(kind) INTEGER(quantity) TEXT(batch) TEXT(person) \
    TEXT(second_person) TEXT(at) TEXT(reason)
RECORD(movement_line, MOVEMENT_LINE_FIELDS)
extern const query MOVEMENTS_OF_CONTAINER, MOVEMENTS_OF_LOT;

/* What a batch still holds out of a container: issued less returned. Key: movement.container, batch. */
extern const query BATCH_HOLDS;      /* -> stock_line.quantity */
extern const query SHELLS_RECONCILED; /* movement.batch -> stock_line.quantity: how many figures; 0 before */

#endif
