#include "magistral/store/room.h"

#include "statement.h"

SHAPE(room_reading, ROOM_READING_FIELDS)
SHAPE(room_reading_line, ROOM_READING_LINE_FIELDS)
SHAPE(area_batch, AREA_BATCH_FIELDS)

QUERY(ROOM_READING_INSERT, room_reading, nothing, SQL_INSERT("room_reading", ROOM_READING_FIELDS))
QUERY(ROOM_READING_BY_ID, room_reading, room_reading, SQL_SELECT("room_reading", ROOM_READING_FIELDS) "WHERE id = :id")
QUERY(ROOM_READING_LAST, room_reading, room_reading,
      SQL_SELECT("room_reading", ROOM_READING_FIELDS) "WHERE area = :area AND day = :day AND kind = :kind ORDER BY id DESC LIMIT 1")
QUERY(ROOM_READINGS_OF_AREA, room_reading_line, room_reading_line,
      "SELECT r.id, r.area, r.day, r.kind, r.value, r.unit, p.identifier, p.name, r.at FROM room_reading r JOIN person p ON p.id = r.person "
      "WHERE r.area = :area ORDER BY r.id DESC")
/* What ended without packaging ended by its last step: a decision or the abandonment, which the journal names. */
QUERY(ROOM_READINGS_OF_BATCH, room_reading_line, room_reading_line,
      "SELECT r.id, r.area, b.id AS batch, r.day, r.kind, r.value, r.unit, c.id IS NOT NULL AS asked, c.low, c.high, p.identifier, p.name, r.at "
      "FROM batch b JOIN room_reading r ON r.area = b.work_area JOIN person p ON p.id = r.person "
      "LEFT JOIN formula_condition c ON c.version = b.version AND c.kind = r.kind WHERE b.id = :batch AND r.day >= b.made_on "
      "AND r.at <= coalesce(b.packaged_at, CASE WHEN b.state NOT IN ('in-preparation', 'quarantine') THEN "
      "(SELECT max(j.at) FROM journal_subject s JOIN journal j ON j.sequence = s.sequence WHERE s.kind = 'batch' AND s.number = b.number "
      "AND j.act IN ('batch refuse', 'batch abandon')) END, '9') ORDER BY r.id")
QUERY(AREA_BATCHES, area_batch, area_batch,
      "SELECT b.id, b.work_area AS area, b.number, v.product, v.strength, b.state, b.started_at, b.packaged_at FROM batch b "
      "JOIN formula_version v ON v.id = b.version WHERE b.work_area = :area ORDER BY b.id DESC")
