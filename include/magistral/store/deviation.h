#ifndef MAGISTRAL_STORE_DEVIATION_H
#define MAGISTRAL_STORE_DEVIATION_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define DEVIATION_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(batch) TEXT(subject) TEXT(class) TEXT(description) INTEGER(opened_by) TEXT(opened_at) \
    TEXT(state) TEXT(decision) TEXT(impact) INTEGER(decided_by) TEXT(decided_at)
RECORD(deviation, DEVIATION_FIELDS)

extern const query DEVIATION_INSERT, DEVIATION_BY_ID, DEVIATION_BY_NUMBER;
extern const query DEVIATION_DECIDE; /* id, decision, impact, decided_by, decided_at */
extern const query DEVIATIONS_OF;    /* batch -> deviation, in order */

#define DECISION_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) TEXT(kind) INTEGER(lot) TEXT(reason) TEXT(exceptions) INTEGER(person) TEXT(at) TEXT(meaning) \
    INTEGER(sequence) TEXT(head)
RECORD(decision, DECISION_FIELDS)

extern const query DECISION_INSERT, DECISION_BY_ID;

/* A decision with who took it. */
#define DECISION_LINE_FIELDS(INTEGER, TEXT) DECISION_FIELDS(INTEGER, TEXT) TEXT(identifier) TEXT(name)
RECORD(decision_line, DECISION_LINE_FIELDS)

extern const query DECISIONS_OF; /* decision.batch -> decision_line, in order; a reattribution is one of kind "reattribution" */

#endif
