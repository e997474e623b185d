#ifndef MAGISTRAL_STORE_EMERGENCY_H
#define MAGISTRAL_STORE_EMERGENCY_H

#include "magistral/store/store.h"

/* The columns' meaning and rule stand in schema/. */
#define EMERGENCY_FIELDS(INTEGER, TEXT) \
    INTEGER(version) TEXT(risk_evaluation) TEXT(reason) INTEGER(person) TEXT(at) TEXT(meaning) INTEGER(withdrawn_by) TEXT(withdrawn_at) TEXT(withdrawn_reason)
RECORD(emergency, EMERGENCY_FIELDS)

extern const query EMERGENCY_INSERT;
extern const query EMERGENCY_WITHDRAW; /* id, withdrawn_by, withdrawn_at, withdrawn_reason */

/* An approval in an emergency with its version and who signed; `batch` is the one made from it before it was completed, or absent. */
#define EMERGENCY_LINE_FIELDS(INTEGER, TEXT) \
    EMERGENCY_FIELDS(INTEGER, TEXT) TEXT(number) TEXT(state) TEXT(identifier) TEXT(name) TEXT(completed_by) TEXT(completed_at) TEXT(batch)
RECORD(emergency_line, EMERGENCY_LINE_FIELDS)

extern const query EMERGENCY_OF_VERSION; /* emergency.version */
/* The approval in an emergency that a batch was made from: none once the formula was completed before it was planned. Key: batch.id. */
#define EMERGENCY_KEY_FIELDS(INTEGER, TEXT) INTEGER(batch) INTEGER(formula)
RECORD(emergency_key, EMERGENCY_KEY_FIELDS)
extern const query EMERGENCY_OF_BATCH;        /* emergency_key.batch */
extern const query EMERGENCY_OPEN_OF_FORMULA; /* emergency_key.formula -> one that is neither completed nor withdrawn */

#endif
