#ifndef MAGISTRAL_STORE_LOGBOOK_H
#define MAGISTRAL_STORE_LOGBOOK_H

#include "magistral/store/store.h"

/* The log of equipment and work areas, and what equipment was used for. The columns' meaning and rule stand in schema/. */
#define LOGBOOK_FIELDS(INTEGER, TEXT) \
    INTEGER(equipment) INTEGER(area) TEXT(kind) TEXT(text) INTEGER(batch) TEXT(day) INTEGER(person) TEXT(at)
RECORD(logbook, LOGBOOK_FIELDS)

extern const query LOGBOOK_INSERT, LOGBOOK_BY_ID;
extern const query LOGBOOK_BROKEN;      /* equipment, day -> the breakdown that made it unfit for use on that day: none that was repaired by then */
extern const query LOGBOOK_LAST_REPAIR; /* equipment -> its last repair */

/* An entry with who made it and the batch after which it was cleaned. Key: equipment or area, the other ABSENT. */
#define LOGBOOK_LINE_FIELDS(INTEGER, TEXT) \
    INTEGER(equipment) INTEGER(area) TEXT(kind) TEXT(text) TEXT(batch) TEXT(person) TEXT(at)
RECORD(logbook_line, LOGBOOK_LINE_FIELDS)

extern const query LOGBOOK_OF_EQUIPMENT, LOGBOOK_OF_AREA; /* the newest first */

/* What was weighed on an equipment, measured with it, or filled with it. Key: equipment. */
#define EQUIPMENT_USED_FIELDS(INTEGER, TEXT) INTEGER(equipment) TEXT(number) TEXT(batch) TEXT(state) TEXT(at) INTEGER(count)
RECORD(equipment_used, EQUIPMENT_USED_FIELDS)

extern const query EQUIPMENT_WEIGHINGS, EQUIPMENT_RESULTS, EQUIPMENT_FILLINGS; /* the newest first */
extern const query EQUIPMENT_WEIGHING_COUNT, EQUIPMENT_RESULT_COUNT;            /* -> count */

#define FILLER_PLATE_FIELDS(INTEGER, TEXT) INTEGER(equipment) TEXT(capsule_size) INTEGER(holes)
RECORD(filler_plate, FILLER_PLATE_FIELDS)

extern const query FILLER_PLATE_INSERT, FILLER_PLATE_BY_ID;
extern const query FILLER_PLATE_OF; /* equipment -> its plate */
extern const query FILLER_PLATE_ANY; /* nothing -> one in service, if there is any */

#define BATCH_PLATE_FIELDS(INTEGER, TEXT) INTEGER(batch) INTEGER(equipment)
RECORD(batch_plate, BATCH_PLATE_FIELDS)

extern const query BATCH_PLATE_INSERT, BATCH_PLATE_BY_ID;

/* The plate that a batch was filled with. Key: batch. */
#define BATCH_PLATE_LINE_FIELDS(INTEGER, TEXT) INTEGER(batch) TEXT(code) TEXT(name) TEXT(capsule_size) INTEGER(holes)
RECORD(batch_plate_line, BATCH_PLATE_LINE_FIELDS)

extern const query BATCH_PLATE_OF;

#endif
