#include "magistral/store/weighing.h"

#include "statement.h"

SHAPE(weighing, WEIGHING_FIELDS)
SHAPE(weighing_line, WEIGHING_LINE_FIELDS)
SHAPE(issue_line, ISSUE_LINE_FIELDS)
SHAPE(returned, RETURNED_FIELDS)
SHAPE(issue, ISSUE_FIELDS)

QUERY(WEIGHING_INSERT, weighing, nothing, SQL_INSERT("weighing", WEIGHING_FIELDS))
QUERY(WEIGHING_BY_ID, weighing, weighing, SQL_SELECT("weighing", WEIGHING_FIELDS) "WHERE id = :id")
QUERY(WEIGHING_BY_NUMBER, weighing, weighing, SQL_SELECT("weighing", WEIGHING_FIELDS) "WHERE number = :number")
QUERY(ISSUE_INSERT, issue, nothing, SQL_INSERT("issue", ISSUE_FIELDS))
QUERY(ISSUE_BY_ID, issue, issue, SQL_SELECT("issue", ISSUE_FIELDS) "WHERE id = :id")
QUERY(ISSUE_BY_NUMBER, issue, issue, SQL_SELECT("issue", ISSUE_FIELDS) "WHERE number = :number")
QUERY(WEIGHING_RECORD, weighing, nothing,
      "UPDATE weighing SET state = 'recorded', tare = :tare, net = :net, gross = :gross, ticket = :ticket, within = :within, "
      "recorded_by = :recorded_by, recorded_at = :recorded_at WHERE id = :id AND state = 'open'")
QUERY(WEIGHING_VERIFY, weighing, nothing,
      "UPDATE weighing SET state = 'verified', verified_by = :verified_by, verified_at = :verified_at, deviation = :deviation "
      "WHERE id = :id AND state = 'recorded'")
QUERY(WEIGHING_AMEND, weighing, nothing,
      "UPDATE weighing SET state = 'recorded', tare = :tare, net = :net, gross = :gross, ticket = :ticket, within = :within, "
      "verified_by = NULL, verified_at = NULL, deviation = NULL WHERE id = :id AND state IN ('recorded', 'verified')")
QUERY(WEIGHING_DISCARD, weighing, nothing,
      "UPDATE weighing SET state = 'discarded', discarded_by = :discarded_by, discarded_at = :discarded_at, discard_reason = :discard_reason "
      "WHERE id = :id AND state <> 'discarded'")
#define COLUMN_OF(name) ", w." #name
#define COLUMNS_OF(FIELDS) "w.id" FIELDS(COLUMN_OF, COLUMN_OF)
#define NAMES_OF                                                                                                         \
    ", m.code AS material_code, m.name AS material_name, c.number AS container_number, c.end_of_use, l.id AS lot, l.number AS lot_number, " \
    "l.limit_kind, l.limit_day"
#define JOINS_OF                                                                                                         \
    " JOIN formula_component fc ON fc.id = w.component JOIN material m ON m.id = fc.material JOIN container c ON c.id = w.container " \
    "JOIN lot l ON l.id = c.lot "
QUERY(WEIGHINGS_OF, weighing, weighing_line,
      "SELECT " COLUMNS_OF(WEIGHING_FIELDS) NAMES_OF ", e.code AS balance, e.readability FROM weighing w" JOINS_OF
      "JOIN equipment e ON e.id = w.equipment WHERE w.batch = :batch ORDER BY w.rank")
QUERY(ISSUE_VERIFY, issue, nothing,
      "UPDATE issue SET verified_by = :verified_by, verified_at = :verified_at WHERE id = :id AND verified_by IS NULL")
QUERY(ISSUE_AMEND, issue, nothing, "UPDATE issue SET units = :units, verified_by = NULL, verified_at = NULL WHERE id = :id")
QUERY(ISSUES_OF, issue, issue_line,
      "SELECT " COLUMNS_OF(ISSUE_FIELDS) NAMES_OF ", m.kind AS material_kind FROM issue w" JOINS_OF "WHERE w.batch = :batch ORDER BY w.rank")
QUERY(RETURNED_OF, returned, returned,
      "SELECT coalesce(sum(mv.quantity), 0) AS units FROM movement mv JOIN container c ON c.id = mv.container JOIN lot l ON l.id = c.lot "
      "WHERE mv.batch = :batch AND mv.kind = 'return' AND l.material = :material")
