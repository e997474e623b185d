#include "magistral/store/equipment.h"

#include "statement.h"

SHAPE(equipment, EQUIPMENT_FIELDS)
SHAPE(equipment_check, EQUIPMENT_CHECK_FIELDS)
SHAPE(equipment_check_line, EQUIPMENT_CHECK_LINE_FIELDS)
SHAPE(work_area, WORK_AREA_FIELDS)

QUERY(EQUIPMENT_INSERT, equipment, nothing, SQL_INSERT("equipment", EQUIPMENT_FIELDS))
QUERY(EQUIPMENT_BY_ID, equipment, equipment, SQL_SELECT("equipment", EQUIPMENT_FIELDS) "WHERE id = :id")
QUERY(EQUIPMENT_BY_CODE, equipment, equipment, SQL_SELECT("equipment", EQUIPMENT_FIELDS) "WHERE code = :code")
QUERY(EQUIPMENT_CHECK_INSERT, equipment_check, nothing, SQL_INSERT("equipment_check", EQUIPMENT_CHECK_FIELDS))
QUERY(EQUIPMENT_CHECK_BY_ID, equipment_check, equipment_check, SQL_SELECT("equipment_check", EQUIPMENT_CHECK_FIELDS) "WHERE id = :id")
QUERY(WORK_AREA_INSERT, work_area, nothing, SQL_INSERT("work_area", WORK_AREA_FIELDS))
QUERY(WORK_AREA_BY_ID, work_area, work_area, SQL_SELECT("work_area", WORK_AREA_FIELDS) "WHERE id = :id")
QUERY(WORK_AREA_BY_CODE, work_area, work_area, SQL_SELECT("work_area", WORK_AREA_FIELDS) "WHERE code = :code")

QUERY(EQUIPMENT_LIST, nothing, equipment, SQL_SELECT("equipment", EQUIPMENT_FIELDS) "ORDER BY code")
QUERY(EQUIPMENT_CALIBRATE, equipment, nothing,
      "UPDATE equipment SET calibrated_on = :calibrated_on, calibration_due = :calibration_due, "
      "calibration_reference = :calibration_reference WHERE id = :id")
QUERY(EQUIPMENT_WITHDRAW, equipment, nothing, "UPDATE equipment SET withdrawn = 1 WHERE id = :id")
QUERY(EQUIPMENT_CHECK_LAST, equipment_check, equipment_check,
      SQL_SELECT("equipment_check", EQUIPMENT_CHECK_FIELDS) "WHERE equipment = :equipment AND day = :day ORDER BY id DESC LIMIT 1")
QUERY(EQUIPMENT_CHECK_LINES, equipment_check_line, equipment_check_line,
      "SELECT c.id, c.day, c.weight, c.reading, c.tolerance, c.conforms, p.identifier AS person, c.at, c.form "
      "FROM equipment_check c JOIN person p ON p.id = c.person WHERE c.equipment = :equipment ORDER BY c.id DESC")
QUERY(EQUIPMENT_CHECKS_LATE, equipment_check_line, equipment_check_line,
      "SELECT c.id, c.day, c.weight, c.reading, c.tolerance, c.conforms, p.identifier AS person, c.at, c.form, e.code FROM equipment_check c "
      "JOIN person p ON p.id = c.person JOIN equipment e ON e.id = c.equipment WHERE c.form IN (SELECT form FROM late_entry WHERE batch = :batch) ORDER BY c.id")
QUERY(EQUIPMENT_CHECKS_FAILED, equipment_check_line, equipment_check_line,
      "SELECT c.id, c.day, c.weight, c.reading, c.tolerance, c.conforms, p.identifier AS person, c.at FROM equipment_check c "
      "JOIN person p ON p.id = c.person WHERE c.equipment = :equipment AND c.day = :day AND c.conforms = 0 ORDER BY c.id")
QUERY(WORK_AREA_LIST, nothing, work_area, SQL_SELECT("work_area", WORK_AREA_FIELDS) "ORDER BY code")
