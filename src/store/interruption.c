#include "magistral/store/interruption.h"

#include "statement.h"

SHAPE(interruption, INTERRUPTION_FIELDS)
SHAPE(interruption_line, INTERRUPTION_LINE_FIELDS)

QUERY(INTERRUPTION_INSERT, interruption, nothing, SQL_INSERT("interruption", INTERRUPTION_FIELDS))
QUERY(INTERRUPTION_BY_ID, interruption, interruption, SQL_SELECT("interruption", INTERRUPTION_FIELDS) "WHERE id = :id")
QUERY(INTERRUPTION_LAST, interruption, interruption, SQL_SELECT("interruption", INTERRUPTION_FIELDS) "WHERE batch = :batch AND (:phase IS NULL OR phase = :phase) ORDER BY id DESC LIMIT 1")
QUERY(INTERRUPTION_RESUME, interruption, nothing,
      "UPDATE interruption SET resumed_by = :resumed_by, resumed_at = :resumed_at WHERE id = :id AND resumed_at IS NULL")
#define INTERRUPTION_COLUMN(name) ", i." #name
QUERY(INTERRUPTIONS_OF, interruption, interruption_line,
      "SELECT i.id" INTERRUPTION_FIELDS(INTERRUPTION_COLUMN, INTERRUPTION_COLUMN) ", s.identifier AS suspended_identifier, s.name AS suspended_name, "
      "r.identifier AS resumed_identifier, r.name AS resumed_name, b.state AS batch_state FROM interruption i JOIN batch b ON b.id = i.batch JOIN person s ON s.id = i.suspended_by "
      "LEFT JOIN person r ON r.id = i.resumed_by WHERE i.batch = :batch ORDER BY i.id")
