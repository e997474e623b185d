#ifndef MAGISTRAL_STORE_ROOM_H
#define MAGISTRAL_STORE_ROOM_H

#include "magistral/store/store.h"

/* The columns' meaning and unit stand in schema/. */
#define ROOM_READING_FIELDS(INTEGER, TEXT) \
    INTEGER(area) TEXT(day) TEXT(kind) TEXT(value) TEXT(unit) INTEGER(person) TEXT(at)
RECORD(room_reading, ROOM_READING_FIELDS)

extern const query ROOM_READING_INSERT, ROOM_READING_BY_ID;
extern const query ROOM_READING_LAST; /* area, day, kind -> the latest of that day */

/* A reading with who read it, and where a batch is asked for what its formula allows: `asked` is 1 when it asks for the kind. Key: area of
 * ROOM_READINGS_OF_AREA, batch of ROOM_READINGS_OF_BATCH. */
#define ROOM_READING_LINE_FIELDS(INTEGER, TEXT) \
    INTEGER(area) INTEGER(batch) TEXT(day) TEXT(kind) TEXT(value) TEXT(unit) INTEGER(asked) TEXT(low) TEXT(high) TEXT(identifier) TEXT(name) TEXT(at)
RECORD(room_reading_line, ROOM_READING_LINE_FIELDS)

extern const query ROOM_READINGS_OF_AREA;  /* the newest first */
extern const query ROOM_READINGS_OF_BATCH; /* in its area, from the day that it was begun to the end of its packaging, in order */

/* The batches of an area, the newest first. Key: area. */
#define AREA_BATCH_FIELDS(INTEGER, TEXT) \
    INTEGER(area) TEXT(number) TEXT(product) TEXT(strength) TEXT(state) TEXT(started_at) TEXT(packaged_at)
RECORD(area_batch, AREA_BATCH_FIELDS)
extern const query AREA_BATCHES;

#endif
