#include "magistral/store/logbook.h"

#include "statement.h"

SHAPE(logbook, LOGBOOK_FIELDS)
SHAPE(logbook_line, LOGBOOK_LINE_FIELDS)
SHAPE(equipment_used, EQUIPMENT_USED_FIELDS)
SHAPE(filler_plate, FILLER_PLATE_FIELDS)
SHAPE(batch_plate, BATCH_PLATE_FIELDS)
SHAPE(batch_plate_line, BATCH_PLATE_LINE_FIELDS)

QUERY(LOGBOOK_INSERT, logbook, nothing, SQL_INSERT("logbook", LOGBOOK_FIELDS))
QUERY(LOGBOOK_BY_ID, logbook, logbook, SQL_SELECT("logbook", LOGBOOK_FIELDS) "WHERE id = :id")
#define LOGBOOK_COLUMN(name) ", b." #name
/* Broken and repaired on one day: what was measured that day before or after counts. */
QUERY(LOGBOOK_BROKEN, logbook, logbook,
      "SELECT b.id" LOGBOOK_FIELDS(LOGBOOK_COLUMN, LOGBOOK_COLUMN) " FROM logbook b WHERE b.equipment = :equipment AND b.kind = 'breakdown' AND b.day <= :day "
      "AND NOT EXISTS (SELECT 1 FROM logbook r WHERE r.equipment = b.equipment AND r.kind = 'repair' AND r.id > b.id AND (r.day <= :day OR b.day = :day)) "
      "ORDER BY b.id DESC LIMIT 1")
QUERY(LOGBOOK_LAST_REPAIR, logbook, logbook,
      SQL_SELECT("logbook", LOGBOOK_FIELDS) "WHERE equipment = :equipment AND kind = 'repair' ORDER BY id DESC LIMIT 1")
#define LINES(where) \
    "SELECT b.id, b.equipment, b.area, b.kind, b.text, x.number AS batch, p.identifier AS person, b.at FROM logbook b JOIN person p ON p.id = b.person " \
    "LEFT JOIN batch x ON x.id = b.batch WHERE " where " ORDER BY b.id DESC"
QUERY(LOGBOOK_OF_EQUIPMENT, logbook_line, logbook_line, LINES("b.equipment = :equipment"))
QUERY(LOGBOOK_OF_AREA, logbook_line, logbook_line, LINES("b.area = :area"))

QUERY(EQUIPMENT_WEIGHINGS, equipment_used, equipment_used,
      "SELECT w.id, w.number, b.number AS batch, w.state, w.opened_at AS at FROM weighing w JOIN batch b ON b.id = w.batch WHERE w.equipment = :equipment ORDER BY w.id DESC")
QUERY(EQUIPMENT_RESULTS, equipment_used, equipment_used,
      "SELECT r.id, r.number, b.number AS batch, r.state, r.opened_at AS at FROM result r JOIN batch b ON b.id = r.batch WHERE r.equipment = :equipment ORDER BY r.id DESC")
QUERY(EQUIPMENT_FILLINGS, equipment_used, equipment_used,
      "SELECT f.id, b.number, b.number AS batch, b.state, b.filled_at AS at FROM batch_plate f JOIN batch b ON b.id = f.batch WHERE f.equipment = :equipment ORDER BY f.id DESC")
QUERY(EQUIPMENT_WEIGHING_COUNT, equipment_used, equipment_used, "SELECT count(*) AS count FROM weighing WHERE equipment = :equipment")
QUERY(EQUIPMENT_RESULT_COUNT, equipment_used, equipment_used, "SELECT count(*) AS count FROM result WHERE equipment = :equipment")

QUERY(FILLER_PLATE_INSERT, filler_plate, nothing, SQL_INSERT("filler_plate", FILLER_PLATE_FIELDS))
QUERY(FILLER_PLATE_BY_ID, filler_plate, filler_plate, SQL_SELECT("filler_plate", FILLER_PLATE_FIELDS) "WHERE id = :id")
QUERY(FILLER_PLATE_OF, filler_plate, filler_plate, SQL_SELECT("filler_plate", FILLER_PLATE_FIELDS) "WHERE equipment = :equipment")
QUERY(FILLER_PLATE_ANY, nothing, filler_plate,
      "SELECT p.id, p.equipment, p.capsule_size, p.holes FROM filler_plate p JOIN equipment e ON e.id = p.equipment WHERE e.withdrawn = 0 LIMIT 1")
QUERY(BATCH_PLATE_INSERT, batch_plate, nothing, SQL_INSERT("batch_plate", BATCH_PLATE_FIELDS))
QUERY(BATCH_PLATE_BY_ID, batch_plate, batch_plate, SQL_SELECT("batch_plate", BATCH_PLATE_FIELDS) "WHERE id = :id")
QUERY(BATCH_PLATE_OF, batch_plate_line, batch_plate_line,
      "SELECT f.id, f.batch, e.code, e.name, p.capsule_size, p.holes FROM batch_plate f JOIN equipment e ON e.id = f.equipment "
      "JOIN filler_plate p ON p.equipment = e.id WHERE f.batch = :batch")
