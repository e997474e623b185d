#include "magistral/store/equipment.h"

#include "statement.h"

SHAPE(equipment, EQUIPMENT_FIELDS)
SHAPE(equipment_check, EQUIPMENT_CHECK_FIELDS)
SHAPE(work_area, WORK_AREA_FIELDS)

QUERY(EQUIPMENT_INSERT, equipment, nothing, SQL_INSERT("equipment", EQUIPMENT_FIELDS))
QUERY(EQUIPMENT_BY_ID, equipment, equipment, SQL_SELECT("equipment", EQUIPMENT_FIELDS) "WHERE id = :id")
QUERY(EQUIPMENT_BY_CODE, equipment, equipment, SQL_SELECT("equipment", EQUIPMENT_FIELDS) "WHERE code = :code")
QUERY(EQUIPMENT_CHECK_INSERT, equipment_check, nothing, SQL_INSERT("equipment_check", EQUIPMENT_CHECK_FIELDS))
QUERY(EQUIPMENT_CHECK_BY_ID, equipment_check, equipment_check, SQL_SELECT("equipment_check", EQUIPMENT_CHECK_FIELDS) "WHERE id = :id")
QUERY(WORK_AREA_INSERT, work_area, nothing, SQL_INSERT("work_area", WORK_AREA_FIELDS))
QUERY(WORK_AREA_BY_ID, work_area, work_area, SQL_SELECT("work_area", WORK_AREA_FIELDS) "WHERE id = :id")
QUERY(WORK_AREA_BY_CODE, work_area, work_area, SQL_SELECT("work_area", WORK_AREA_FIELDS) "WHERE code = :code")
