#ifndef MAGISTRAL_STORE_INTERRUPTION_H
#define MAGISTRAL_STORE_INTERRUPTION_H

#include "magistral/store/store.h"

/* The columns' meaning and rule stand in schema/. */
#define INTERRUPTION_FIELDS(INTEGER, TEXT) \
    INTEGER(batch) TEXT(phase) TEXT(reason) TEXT(left_as) INTEGER(suspended_by) TEXT(suspended_at) INTEGER(resumed_by) TEXT(resumed_at)
RECORD(interruption, INTERRUPTION_FIELDS)

extern const query INTERRUPTION_INSERT, INTERRUPTION_BY_ID;
extern const query INTERRUPTION_LAST;   /* batch, phase (NULL: any) -> the last one */
extern const query INTERRUPTION_RESUME; /* id, resumed_by, resumed_at */

/* An interruption with who is concerned. */
#define INTERRUPTION_LINE_FIELDS(INTEGER, TEXT) \
    INTERRUPTION_FIELDS(INTEGER, TEXT) TEXT(suspended_identifier) TEXT(suspended_name) TEXT(resumed_identifier) TEXT(resumed_name) TEXT(batch_state)
RECORD(interruption_line, INTERRUPTION_LINE_FIELDS)

extern const query INTERRUPTIONS_OF; /* interruption.batch -> interruption_line, in order */

#endif
