#ifndef MAGISTRAL_STORE_EQUIPMENT_H
#define MAGISTRAL_STORE_EQUIPMENT_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define EQUIPMENT_FIELDS(INTEGER, TEXT) \
    TEXT(code) TEXT(name) TEXT(kind) INTEGER(readability) INTEGER(repeatability) INTEGER(minimum) INTEGER(capacity) \
    TEXT(calibrated_on) TEXT(calibration_due) TEXT(calibration_reference) INTEGER(withdrawn)
RECORD(equipment, EQUIPMENT_FIELDS)

extern const query EQUIPMENT_INSERT, EQUIPMENT_BY_ID, EQUIPMENT_BY_CODE;

#define EQUIPMENT_CHECK_FIELDS(INTEGER, TEXT) \
    INTEGER(equipment) TEXT(day) INTEGER(weight) INTEGER(reading) INTEGER(tolerance) INTEGER(conforms) \
    INTEGER(person) TEXT(at)
RECORD(equipment_check, EQUIPMENT_CHECK_FIELDS)

extern const query EQUIPMENT_CHECK_INSERT, EQUIPMENT_CHECK_BY_ID;

#define WORK_AREA_FIELDS(INTEGER, TEXT) \
    TEXT(code) TEXT(name)
RECORD(work_area, WORK_AREA_FIELDS)

extern const query WORK_AREA_INSERT, WORK_AREA_BY_ID, WORK_AREA_BY_CODE;

#endif
