#ifndef MAGISTRAL_STORE_INVESTIGATION_H
#define MAGISTRAL_STORE_INVESTIGATION_H

#include "magistral/store/store.h"

/* The columns' meaning and rule stand in schema/. */
#define INVESTIGATION_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(batch) INTEGER(result) TEXT(hypothesis) INTEGER(opened_by) TEXT(opened_at) TEXT(state) TEXT(conclusion) TEXT(evidence) \
    INTEGER(concluded_by) TEXT(concluded_at) TEXT(meaning)
RECORD(investigation, INVESTIGATION_FIELDS)

extern const query INVESTIGATION_INSERT, INVESTIGATION_BY_ID, INVESTIGATION_BY_NUMBER;
extern const query INVESTIGATION_LAST;     /* result -> the last one of it */
extern const query INVESTIGATION_OPEN_OF;  /* batch -> the first that is open */
extern const query INVESTIGATION_CONCLUDE; /* id, conclusion, evidence, concluded_by, concluded_at, meaning */

/* An investigation with its result and who is concerned. */
#define INVESTIGATION_LINE_FIELDS(INTEGER, TEXT) \
    INVESTIGATION_FIELDS(INTEGER, TEXT) TEXT(result_number) TEXT(control_name) TEXT(stated) TEXT(opened_identifier) TEXT(opened_name) \
    TEXT(concluded_identifier) TEXT(concluded_name)
RECORD(investigation_line, INVESTIGATION_LINE_FIELDS)

extern const query INVESTIGATIONS_OF; /* batch, result (ABSENT: any) -> investigation_line, in order */

#endif
