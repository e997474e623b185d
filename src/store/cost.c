#include "magistral/store/cost.h"

#include "statement.h"

SHAPE(rate, RATE_FIELDS)
SHAPE(work, WORK_FIELDS)
SHAPE(equipment_use, EQUIPMENT_USE_FIELDS)
SHAPE(purchase, PURCHASE_FIELDS)
SHAPE(lot_analysis, LOT_ANALYSIS_FIELDS)
SHAPE(lot_analysis_sum, LOT_ANALYSIS_SUM_FIELDS)
SHAPE(cost_sheet, COST_SHEET_FIELDS)
SHAPE(cost_line, COST_LINE_FIELDS)
SHAPE(work_line, WORK_LINE_FIELDS)
SHAPE(consumed, CONSUMED_FIELDS)

QUERY(RATE_INSERT, rate, nothing, SQL_INSERT("rate", RATE_FIELDS))
QUERY(RATE_BY_ID, rate, rate, SQL_SELECT("rate", RATE_FIELDS) "WHERE id = :id")
QUERY(WORK_INSERT, work, nothing, SQL_INSERT("work", WORK_FIELDS))
QUERY(WORK_BY_ID, work, work, SQL_SELECT("work", WORK_FIELDS) "WHERE id = :id")
QUERY(EQUIPMENT_USE_INSERT, equipment_use, nothing, SQL_INSERT("equipment_use", EQUIPMENT_USE_FIELDS))
QUERY(EQUIPMENT_USE_BY_ID, equipment_use, equipment_use, SQL_SELECT("equipment_use", EQUIPMENT_USE_FIELDS) "WHERE id = :id")
QUERY(PURCHASE_INSERT, purchase, nothing, SQL_INSERT("purchase", PURCHASE_FIELDS))
QUERY(WORK_AMEND, work, nothing, "UPDATE work SET minutes = :minutes WHERE id = :id")
QUERY(EQUIPMENT_USE_AMEND, equipment_use, nothing, "UPDATE equipment_use SET hours = :hours WHERE id = :id")
QUERY(PURCHASE_AMEND, purchase, nothing, "UPDATE purchase SET amount = :amount WHERE id = :id")
QUERY(PURCHASE_BY_ID, purchase, purchase, SQL_SELECT("purchase", PURCHASE_FIELDS) "WHERE id = :id")
QUERY(LOT_ANALYSIS_INSERT, lot_analysis, nothing, SQL_INSERT("lot_analysis", LOT_ANALYSIS_FIELDS))
QUERY(LOT_ANALYSIS_BY_ID, lot_analysis, lot_analysis, SQL_SELECT("lot_analysis", LOT_ANALYSIS_FIELDS) "WHERE id = :id")
QUERY(COST_SHEET_INSERT, cost_sheet, nothing, SQL_INSERT("cost_sheet", COST_SHEET_FIELDS))
QUERY(COST_SHEET_BY_ID, cost_sheet, cost_sheet, SQL_SELECT("cost_sheet", COST_SHEET_FIELDS) "WHERE id = :id")
QUERY(COST_LINE_INSERT, cost_line, nothing, SQL_INSERT("cost_line", COST_LINE_FIELDS))
QUERY(COST_LINE_BY_ID, cost_line, cost_line, SQL_SELECT("cost_line", COST_LINE_FIELDS) "WHERE id = :id")

QUERY(RATE_AT, rate, rate, SQL_SELECT("rate", RATE_FIELDS) "WHERE code = :code AND starts <= :starts ORDER BY starts DESC LIMIT 1")
QUERY(RATE_OF_CODE, rate, rate, SQL_SELECT("rate", RATE_FIELDS) "WHERE code = :code ORDER BY starts LIMIT 1")
QUERY(RATE_BY_START, rate, rate, SQL_SELECT("rate", RATE_FIELDS) "WHERE code = :code AND starts = :starts")
QUERY(RATES_AT, rate, rate,
      SQL_SELECT("rate", RATE_FIELDS) "WHERE starts = (SELECT max(o.starts) FROM rate o WHERE o.code = rate.code AND o.starts <= :starts) "
      "ORDER BY kind, code")
QUERY(RATE_LAST_USE, rate, rate,
      "SELECT max(b.made_on) AS starts FROM cost_sheet s JOIN batch b ON b.id = s.batch WHERE :kind = 'overhead-percent' "
      "OR EXISTS (SELECT 1 FROM work w WHERE w.batch = b.id AND w.grade = :code) "
      "OR EXISTS (SELECT 1 FROM equipment_use u WHERE u.batch = b.id AND u.rate = :code)")
QUERY(WORK_OF_BATCH, work_line, work_line,
      "SELECT w.id, w.batch, p.identifier AS person, p.name, w.grade, w.activity, w.minutes, d.identifier AS declared_by, w.at "
      "FROM work w JOIN person p ON p.id = w.person JOIN person d ON d.id = w.declared_by WHERE w.batch = :batch ORDER BY w.id")
QUERY(EQUIPMENT_USE_OF_BATCH, equipment_use, equipment_use,
      SQL_SELECT("equipment_use", EQUIPMENT_USE_FIELDS) "WHERE batch = :batch ORDER BY id")
QUERY(PURCHASE_OF_BATCH, purchase, purchase, SQL_SELECT("purchase", PURCHASE_FIELDS) "WHERE batch = :batch ORDER BY id")
QUERY(CONSUMED_OF_BATCH, consumed, consumed,
      "SELECT v.batch, l.number AS lot, m.name AS material, m.kind, m.unit, l.price, l.quantity AS received, -v.quantity AS used FROM movement v "
      "JOIN container c ON c.id = v.container JOIN lot l ON l.id = c.lot JOIN material m ON m.id = l.material "
      "WHERE v.batch = :batch AND v.kind IN ('weighing', 'issue', 'return', 'amendment') ORDER BY min(v.id) OVER (PARTITION BY l.id), v.id")
QUERY(LOT_ANALYSES_OF, lot_analysis, lot_analysis, SQL_SELECT("lot_analysis", LOT_ANALYSIS_FIELDS) "WHERE lot = :lot ORDER BY id")
QUERY(LOT_ANALYSIS_SUM, lot_analysis_sum, lot_analysis_sum,
      "SELECT l.id, l.number, l.quantity AS received, (SELECT coalesce(sum(a.amount), 0) FROM lot_analysis a WHERE a.lot = l.id) AS amount, "
      "(SELECT -coalesce(sum(v.quantity), 0) FROM container c JOIN movement v ON v.container = c.id WHERE c.lot = l.id "
      "AND v.kind IN ('control-sample', 'retained-sample')) AS sampled FROM lot l WHERE l.number = :number")
QUERY(COST_SHEET_OF_BATCH, cost_sheet, cost_sheet, SQL_SELECT("cost_sheet", COST_SHEET_FIELDS) "WHERE batch = :batch")
QUERY(COST_LINES_OF_SHEET, cost_line, cost_line, SQL_SELECT("cost_line", COST_LINE_FIELDS) "WHERE sheet = :sheet ORDER BY rank")
