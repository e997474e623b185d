#ifndef MAGISTRAL_STORE_BOTTLE_H
#define MAGISTRAL_STORE_BOTTLE_H

#include "magistral/store/store.h"

/* The columns' meaning and rule stand in schema/. */
#define BOTTLE_OPENING_FIELDS(INTEGER, TEXT) \
    INTEGER(bottle) INTEGER(batch) INTEGER(units) INTEGER(broken) INTEGER(work_area) TEXT(line) TEXT(reason) INTEGER(opened_by) TEXT(opened_at) \
    INTEGER(verified_by) TEXT(verified_at)
RECORD(bottle_opening, BOTTLE_OPENING_FIELDS)

extern const query BOTTLE_OPENING_INSERT, BOTTLE_OPENING_BY_ID;
extern const query BOTTLE_OPENING_OF;      /* bottle (that was opened) -> bottle_opening */
extern const query BOTTLE_OPENING_IN_AREA; /* work_area -> the one that is not verified */
extern const query BOTTLE_OPENING_VERIFY;  /* id, verified_by, verified_at */
extern const query BOTTLE_OPENING_AMEND;   /* id, units, broken */

/* An opening with what it names; `held`: what was in the bottle; `shared_into`: the numbers and units of the bottles that it filled. */
#define OPENING_LINE_FIELDS(INTEGER, TEXT) \
    BOTTLE_OPENING_FIELDS(INTEGER, TEXT) TEXT(number) INTEGER(held) TEXT(shared_into) TEXT(area) TEXT(identifier) TEXT(name) TEXT(verified_identifier) TEXT(verified_name)
RECORD(opening_line, OPENING_LINE_FIELDS)
extern const query OPENINGS_OF_BATCH; /* bottle_opening.batch -> opening_line, in order */

/* Ends a bottle: it is opened, lost or broken. */
extern const query BOTTLE_END;        /* bottle.id, ended */
extern const query BOTTLE_FOUND;      /* bottle.id of a lost one: it is here again */
extern const query BOTTLES_OF_OPENING; /* bottle.opening -> bottle, by rank */

#define BOTTLE_LOSS_FIELDS(INTEGER, TEXT) INTEGER(bottle) INTEGER(batch) TEXT(kind) TEXT(reason) INTEGER(person) TEXT(at) INTEGER(found_by) TEXT(found_at) TEXT(found_how)
RECORD(bottle_loss, BOTTLE_LOSS_FIELDS)
extern const query BOTTLE_LOSS_INSERT, BOTTLE_LOSS_BY_ID;
extern const query BOTTLE_LOSS_OPEN; /* bottle -> its loss that it was not found again from */
extern const query BOTTLE_LOSS_FIND; /* id, found_by, found_at, found_how */

#define LOST_BOTTLE_FIELDS(INTEGER, TEXT) BOTTLE_LOSS_FIELDS(INTEGER, TEXT) TEXT(number) INTEGER(units) TEXT(identifier) TEXT(name) TEXT(finder_identifier) TEXT(finder_name)
RECORD(lost_bottle, LOST_BOTTLE_FIELDS)
extern const query LOST_BOTTLES_OF_BATCH; /* bottle_loss.batch -> lost_bottle, in order */

#endif
