#ifndef MAGISTRAL_STORE_EXCURSION_H
#define MAGISTRAL_STORE_EXCURSION_H

#include "magistral/store/batch.h"
#include "magistral/store/lot.h"
#include "magistral/store/store.h"

/* Where things are stored, and excursions of such places. The columns' meaning and rule stand in schema/. */
#define BATCH_LOCATION_FIELDS(INTEGER, TEXT) INTEGER(batch) TEXT(location) INTEGER(person) TEXT(at)
RECORD(batch_location, BATCH_LOCATION_FIELDS)

extern const query BATCH_LOCATION_INSERT, BATCH_LOCATION_BY_ID;
extern const query BATCH_LOCATION_LAST; /* batch -> where it is */

#define CONTAINER_MOVE_FIELDS(INTEGER, TEXT) INTEGER(container) TEXT(former) TEXT(location) INTEGER(person) TEXT(at)
RECORD(container_move, CONTAINER_MOVE_FIELDS)

extern const query CONTAINER_MOVE_INSERT, CONTAINER_MOVE_BY_ID;
extern const query CONTAINER_MOVE_TO; /* container.id, location */

#define EXCURSION_FIELDS(INTEGER, TEXT) \
    TEXT(number) TEXT(location) TEXT(from_at) TEXT(until_at) TEXT(lowest) TEXT(highest) TEXT(reason) INTEGER(person) TEXT(at)
RECORD(excursion, EXCURSION_FIELDS)

extern const query EXCURSION_INSERT, EXCURSION_BY_ID, EXCURSION_BY_NUMBER;

/* What stood in a place at any time from from_at to until_at (NULL: up to now), wherever it was carried since. Key: location, from_at,
 * until_at of an excursion. */
extern const query EXCURSION_CONTAINERS_THERE; /* -> container: not empty, or something was taken from it since from_at */
extern const query EXCURSION_BATCHES_THERE;    /* -> batch: in preparation, in quarantine or released */
extern const query EXCURSION_LASTING;          /* location -> an excursion without a known end of which something waits for its decision */
extern const query PLACES;                     /* nothing -> excursion.location: every place where something is, in order */

#define EXCURSION_CONTAINER_FIELDS(INTEGER, TEXT) \
    INTEGER(excursion) INTEGER(container) TEXT(state) TEXT(reason) INTEGER(decided_by) TEXT(decided_at) TEXT(meaning)
RECORD(excursion_container, EXCURSION_CONTAINER_FIELDS)

extern const query EXCURSION_CONTAINER_INSERT, EXCURSION_CONTAINER_BY_ID;
extern const query EXCURSION_CONTAINER_DECIDE; /* id, state, reason, decided_by, decided_at, meaning */

#define EXCURSION_BATCH_FIELDS(INTEGER, TEXT) INTEGER(excursion) INTEGER(batch)
RECORD(excursion_batch, EXCURSION_BATCH_FIELDS)

extern const query EXCURSION_BATCH_INSERT, EXCURSION_BATCH_BY_ID;

/* A container of an excursion as it is shown. Key: excursion of EXCURSION_CONTAINERS_OF; container of EXCURSIONS_OF_CONTAINER. */
#define EXCURSION_CONTAINER_LINE_FIELDS(INTEGER, TEXT) \
    INTEGER(excursion) INTEGER(container) TEXT(excursion_number) TEXT(number) TEXT(lot) TEXT(material_name) TEXT(unit) INTEGER(stock) TEXT(location) TEXT(state) \
    TEXT(reason) TEXT(identifier) TEXT(decided_at)
RECORD(excursion_container_line, EXCURSION_CONTAINER_LINE_FIELDS)

extern const query EXCURSION_CONTAINERS_OF, EXCURSIONS_OF_CONTAINER;

/* A batch of an excursion, with the lift that followed; or one that took something from a container since. Key: excursion. */
#define EXCURSION_BATCH_LINE_FIELDS(INTEGER, TEXT) \
    INTEGER(excursion) INTEGER(batch) TEXT(number) TEXT(state) TEXT(location) TEXT(container) TEXT(reason) TEXT(identifier) TEXT(at)
RECORD(excursion_batch_line, EXCURSION_BATCH_LINE_FIELDS)

extern const query EXCURSION_BATCHES_OF; /* in order */
extern const query EXCURSION_TAKEN;      /* what batches took from its containers since it began, in order */

/* An excursion with how much of it waits. */
#define EXCURSION_LINE_FIELDS(INTEGER, TEXT) \
    EXCURSION_FIELDS(INTEGER, TEXT) TEXT(identifier) INTEGER(containers) INTEGER(batches) INTEGER(waiting)
RECORD(excursion_line, EXCURSION_LINE_FIELDS)

extern const query EXCURSION_LINES; /* nothing -> the newest first */

#endif
