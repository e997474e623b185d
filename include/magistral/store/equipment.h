#ifndef MAGISTRAL_STORE_EQUIPMENT_H
#define MAGISTRAL_STORE_EQUIPMENT_H

#include "magistral/store/store.h"

/* The columns' meaning, unit and rule stand in schema/. */
#define EQUIPMENT_FIELDS(INTEGER, TEXT) \
    TEXT(code) TEXT(name) TEXT(kind) INTEGER(readability) INTEGER(repeatability) INTEGER(minimum) INTEGER(capacity) \
    INTEGER(control_weight) INTEGER(control_tolerance) TEXT(calibrated_on) TEXT(calibration_due) TEXT(calibration_reference) INTEGER(withdrawn)
RECORD(equipment, EQUIPMENT_FIELDS)

extern const query EQUIPMENT_INSERT, EQUIPMENT_BY_ID, EQUIPMENT_BY_CODE, EQUIPMENT_LIST;
extern const query EQUIPMENT_CALIBRATE; /* equipment.calibrated_on, calibration_due, calibration_reference */
extern const query EQUIPMENT_WITHDRAW;  /* equipment.id */

#define EQUIPMENT_CHECK_FIELDS(INTEGER, TEXT) \
    INTEGER(equipment) TEXT(day) INTEGER(weight) INTEGER(reading) INTEGER(tolerance) INTEGER(conforms) \
    INTEGER(person) TEXT(at) TEXT(form)
RECORD(equipment_check, EQUIPMENT_CHECK_FIELDS)

extern const query EQUIPMENT_CHECK_INSERT, EQUIPMENT_CHECK_BY_ID;
extern const query EQUIPMENT_CHECK_LAST; /* equipment_check.equipment, day: the last of that day */

/* A check with who did it. */
#define EQUIPMENT_CHECK_LINE_FIELDS(INTEGER, TEXT) \
    INTEGER(equipment) TEXT(day) INTEGER(weight) INTEGER(reading) INTEGER(tolerance) INTEGER(conforms) TEXT(person) TEXT(at) TEXT(form) TEXT(code) \
    INTEGER(batch)
RECORD(equipment_check_line, EQUIPMENT_CHECK_LINE_FIELDS)
extern const query EQUIPMENT_CHECK_LINES; /* equipment_check_line.equipment: the newest first */
extern const query EQUIPMENT_CHECKS_LATE;   /* equipment_check_line.batch: entered from a form that its late entries name, with the balance's code */
extern const query EQUIPMENT_CHECKS_FAILED; /* equipment_check_line.equipment, day: outside the tolerance, in order */

#define WORK_AREA_FIELDS(INTEGER, TEXT) \
    TEXT(code) TEXT(name)
RECORD(work_area, WORK_AREA_FIELDS)

extern const query WORK_AREA_INSERT, WORK_AREA_BY_ID, WORK_AREA_BY_CODE, WORK_AREA_LIST;

#endif
