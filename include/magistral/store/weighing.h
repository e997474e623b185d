#ifndef MAGISTRAL_STORE_WEIGHING_H
#define MAGISTRAL_STORE_WEIGHING_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define WEIGHING_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(batch) INTEGER(rank) INTEGER(component) INTEGER(container) INTEGER(equipment) TEXT(state) \
    INTEGER(target) INTEGER(low) INTEGER(high) TEXT(formula) TEXT(purity) TEXT(other_lot_reason) INTEGER(opened_by) \
    TEXT(opened_at) INTEGER(tare) INTEGER(net) INTEGER(gross) TEXT(ticket) INTEGER(within) INTEGER(recorded_by) \
    TEXT(recorded_at) INTEGER(verified_by) TEXT(verified_at) INTEGER(discarded_by) TEXT(discarded_at) \
    TEXT(discard_reason) INTEGER(deviation)
RECORD(weighing, WEIGHING_FIELDS)

extern const query WEIGHING_INSERT, WEIGHING_BY_ID, WEIGHING_BY_NUMBER;

#define ISSUE_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(batch) INTEGER(rank) INTEGER(component) INTEGER(container) INTEGER(units) \
    TEXT(other_lot_reason) INTEGER(issued_by) TEXT(issued_at) INTEGER(verified_by) TEXT(verified_at)
RECORD(issue, ISSUE_FIELDS)

extern const query ISSUE_INSERT, ISSUE_BY_ID, ISSUE_BY_NUMBER;

#endif
