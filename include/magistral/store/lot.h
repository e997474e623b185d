#ifndef MAGISTRAL_STORE_LOT_H
#define MAGISTRAL_STORE_LOT_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define LOT_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(material) INTEGER(supplier) TEXT(manufacturer) TEXT(supplier_lot) INTEGER(quantity) \
    INTEGER(price) TEXT(received_on) INTEGER(received_by) TEXT(limit_kind) TEXT(limit_day) TEXT(certificate) \
    TEXT(certificate_reference) TEXT(state) TEXT(assay) TEXT(assay_basis) TEXT(water) TEXT(correction_source) \
    TEXT(own_control) INTEGER(decided_by) TEXT(decided_at) TEXT(decision_reason)
RECORD(lot, LOT_FIELDS)

extern const query LOT_INSERT, LOT_BY_ID, LOT_BY_NUMBER;

#define LOT_TEST_FIELDS(INTEGER, TEXT) \
    INTEGER(lot) TEXT(test) TEXT(method) TEXT(result) INTEGER(conforms) TEXT(raw_document) INTEGER(person) TEXT(at)
RECORD(lot_test, LOT_TEST_FIELDS)

extern const query LOT_TEST_INSERT, LOT_TEST_BY_ID;

#define CONTAINER_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(lot) INTEGER(rank) INTEGER(containers) TEXT(location) TEXT(opened_on) TEXT(end_of_use) \
    TEXT(token)
RECORD(container, CONTAINER_FIELDS)

extern const query CONTAINER_INSERT, CONTAINER_BY_ID, CONTAINER_BY_NUMBER;

#define MOVEMENT_FIELDS(INTEGER, TEXT) \
    INTEGER(container) TEXT(kind) INTEGER(quantity) INTEGER(batch) INTEGER(person) TEXT(at) TEXT(reason)
RECORD(movement, MOVEMENT_FIELDS)

extern const query MOVEMENT_INSERT, MOVEMENT_BY_ID;

#endif
