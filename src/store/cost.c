#include "magistral/store/cost.h"

#include "statement.h"

SHAPE(rate, RATE_FIELDS)
SHAPE(work, WORK_FIELDS)
SHAPE(equipment_use, EQUIPMENT_USE_FIELDS)
SHAPE(purchase, PURCHASE_FIELDS)
SHAPE(cost_sheet, COST_SHEET_FIELDS)
SHAPE(cost_line, COST_LINE_FIELDS)

QUERY(RATE_INSERT, rate, nothing, SQL_INSERT("rate", RATE_FIELDS))
QUERY(RATE_BY_ID, rate, rate, SQL_SELECT("rate", RATE_FIELDS) "WHERE id = :id")
QUERY(WORK_INSERT, work, nothing, SQL_INSERT("work", WORK_FIELDS))
QUERY(WORK_BY_ID, work, work, SQL_SELECT("work", WORK_FIELDS) "WHERE id = :id")
QUERY(EQUIPMENT_USE_INSERT, equipment_use, nothing, SQL_INSERT("equipment_use", EQUIPMENT_USE_FIELDS))
QUERY(EQUIPMENT_USE_BY_ID, equipment_use, equipment_use, SQL_SELECT("equipment_use", EQUIPMENT_USE_FIELDS) "WHERE id = :id")
QUERY(PURCHASE_INSERT, purchase, nothing, SQL_INSERT("purchase", PURCHASE_FIELDS))
QUERY(PURCHASE_BY_ID, purchase, purchase, SQL_SELECT("purchase", PURCHASE_FIELDS) "WHERE id = :id")
QUERY(COST_SHEET_INSERT, cost_sheet, nothing, SQL_INSERT("cost_sheet", COST_SHEET_FIELDS))
QUERY(COST_SHEET_BY_ID, cost_sheet, cost_sheet, SQL_SELECT("cost_sheet", COST_SHEET_FIELDS) "WHERE id = :id")
QUERY(COST_LINE_INSERT, cost_line, nothing, SQL_INSERT("cost_line", COST_LINE_FIELDS))
QUERY(COST_LINE_BY_ID, cost_line, cost_line, SQL_SELECT("cost_line", COST_LINE_FIELDS) "WHERE id = :id")
