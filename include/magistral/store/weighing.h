#ifndef MAGISTRAL_STORE_WEIGHING_H
#define MAGISTRAL_STORE_WEIGHING_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define WEIGHING_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(batch) INTEGER(rank) INTEGER(component) INTEGER(container) INTEGER(equipment) TEXT(state) \
    TEXT(due) INTEGER(target) INTEGER(low) INTEGER(high) TEXT(formula) TEXT(purity) TEXT(other_lot_reason) INTEGER(opened_by) \
    TEXT(opened_at) INTEGER(tare) INTEGER(net) INTEGER(gross) TEXT(ticket) INTEGER(within) INTEGER(recorded_by) \
    TEXT(recorded_at) INTEGER(verified_by) TEXT(verified_at) INTEGER(discarded_by) TEXT(discarded_at) \
    TEXT(discard_reason) INTEGER(deviation)
RECORD(weighing, WEIGHING_FIELDS)

extern const query WEIGHING_INSERT, WEIGHING_BY_ID, WEIGHING_BY_NUMBER;
extern const query WEIGHING_RECORD;  /* id, tare, net, gross, ticket, within, recorded_by, recorded_at */
extern const query WEIGHING_VERIFY;  /* id, verified_by, verified_at, deviation */
extern const query WEIGHING_AMEND;   /* id, tare, net, gross, ticket, within: to be verified anew */
extern const query WEIGHING_DISCARD; /* id, discarded_by, discarded_at, discard_reason */

/* A weighing with the codes of what it names; `last_day` is that of its lot and container, in `limit_kind` words. */
#define WEIGHING_LINE_FIELDS(INTEGER, TEXT) \
    WEIGHING_FIELDS(INTEGER, TEXT) TEXT(material_code) TEXT(material_name) TEXT(container_number) TEXT(end_of_use) INTEGER(lot) TEXT(lot_number) \
    TEXT(limit_kind) TEXT(limit_day) TEXT(balance) INTEGER(readability)
RECORD(weighing_line, WEIGHING_LINE_FIELDS)

extern const query WEIGHINGS_OF; /* weighing.batch -> weighing_line, by rank */

#define ISSUE_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(batch) INTEGER(rank) INTEGER(component) INTEGER(container) INTEGER(units) \
    TEXT(other_lot_reason) INTEGER(issued_by) TEXT(issued_at) INTEGER(verified_by) TEXT(verified_at)
RECORD(issue, ISSUE_FIELDS)

extern const query ISSUE_INSERT, ISSUE_BY_ID, ISSUE_BY_NUMBER;
extern const query ISSUE_AMEND;  /* id, units: to be verified anew */
extern const query ISSUE_VERIFY; /* id, verified_by, verified_at */

/* An issue with the codes of what it names, and what of it went back to the stock by a movement. */
#define ISSUE_LINE_FIELDS(INTEGER, TEXT) \
    ISSUE_FIELDS(INTEGER, TEXT) TEXT(material_code) TEXT(material_name) TEXT(material_kind) TEXT(container_number) TEXT(end_of_use) \
    INTEGER(lot) TEXT(lot_number) TEXT(limit_kind) TEXT(limit_day)
RECORD(issue_line, ISSUE_LINE_FIELDS)

extern const query ISSUES_OF; /* issue.batch -> issue_line, by rank */

/* Units of a material that went back to the stock from a batch. Key: batch and material. */
#define RETURNED_FIELDS(INTEGER, TEXT) INTEGER(batch) INTEGER(material) INTEGER(units)
RECORD(returned, RETURNED_FIELDS)

extern const query RETURNED_OF;

#endif
