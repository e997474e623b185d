#ifndef MAGISTRAL_STORE_TRACE_H
#define MAGISTRAL_STORE_TRACE_H

#include "magistral/store/store.h"

/* From a powder to its patients and back, in one query each way: rows of several sections, section after section. The plan of
 * both is pinned by a test: no table that grows is scanned. */

/* Where a trace starts; what is not concerned is ABSENT. A bottle and a dispensing come with their batch, a container with
 * its lot. `day` is the day of the states shown. */
#define TRACE_START_FIELDS(INTEGER, TEXT) \
    TEXT(kind) TEXT(number) INTEGER(lot) INTEGER(container) INTEGER(batch) INTEGER(bottle) INTEGER(dispensing) TEXT(day)
RECORD(trace_start, TRACE_START_FIELDS)

extern const query TRACE_START; /* number -> what has this number */

/* The sections of both ways; a row's `section` is one of these. */
enum trace_section {
    TRACE_LOT, TRACE_CONTAINER, TRACE_BATCH, TRACE_BOTTLE, TRACE_DISPENSING, TRACE_SAMPLE, TRACE_DOCUMENT, TRACE_REQUEST, TRACE_TEST,
    TRACE_CLEARANCE, TRACE_WEIGHING, TRACE_ISSUE, TRACE_STEP, TRACE_LOSS, TRACE_RESULT, TRACE_DEVIATION, TRACE_DECISION,
    TRACE_EQUIPMENT, TRACE_PERSON, TRACE_SECTIONS
};

/* Down. A bottle comes with the dispensing that took it, if any; a bottle whose first dispensing was cancelled comes more than
 * once. `batch` is the id of the batch, which came before; `returned` and `lost`: capsules of the dispensing, or ABSENT. */
#define TRACE_DOWN_FIELDS(INTEGER, TEXT)                                                                                  \
    INTEGER(section) TEXT(number) INTEGER(batch) TEXT(name) TEXT(detail) TEXT(state) TEXT(at) INTEGER(quantity) TEXT(unit) \
    INTEGER(dispensing) TEXT(taken_by) TEXT(taken_state) INTEGER(patient) TEXT(pseudonym) INTEGER(returned) INTEGER(lost)
RECORD(trace_down, TRACE_DOWN_FIELDS)

extern const query TRACE_DOWN; /* trace_start -> trace_down */

/* Up. `of`: the number of what it belongs to; `person` and `second`: identifiers of who did it and who verified it. */
#define TRACE_UP_FIELDS(INTEGER, TEXT)                                                                                \
    INTEGER(section) TEXT(number) TEXT(of) TEXT(name) TEXT(detail) TEXT(state) TEXT(at) INTEGER(quantity) TEXT(unit) \
    TEXT(person) TEXT(second)
RECORD(trace_up, TRACE_UP_FIELDS)

extern const query TRACE_UP; /* trace_start -> trace_up */

#endif
