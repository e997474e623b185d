#include "magistral/store/deviation.h"

#include "statement.h"

SHAPE(deviation, DEVIATION_FIELDS)
SHAPE(decision, DECISION_FIELDS)
SHAPE(decision_line, DECISION_LINE_FIELDS)

QUERY(DEVIATION_INSERT, deviation, nothing, SQL_INSERT("deviation", DEVIATION_FIELDS))
QUERY(DEVIATION_BY_ID, deviation, deviation, SQL_SELECT("deviation", DEVIATION_FIELDS) "WHERE id = :id")
QUERY(DEVIATION_BY_NUMBER, deviation, deviation, SQL_SELECT("deviation", DEVIATION_FIELDS) "WHERE number = :number")
QUERY(DECISION_INSERT, decision, nothing, SQL_INSERT("decision", DECISION_FIELDS))
QUERY(DECISION_BY_ID, decision, decision, SQL_SELECT("decision", DECISION_FIELDS) "WHERE id = :id")
QUERY(DEVIATION_DECIDE, deviation, nothing,
      "UPDATE deviation SET state = 'decided', decision = :decision, impact = :impact, decided_by = :decided_by, decided_at = :decided_at "
      "WHERE id = :id AND state = 'open'")
QUERY(DEVIATIONS_OF, deviation, deviation, SQL_SELECT("deviation", DEVIATION_FIELDS) "WHERE batch = :batch ORDER BY id")
QUERY(DECISIONS_OF, decision, decision_line,
      "SELECT d.id, d.batch, d.kind, d.lot, d.reason, d.exceptions, d.person, d.at, d.meaning, d.sequence, d.head, p.identifier, p.name "
      "FROM decision d JOIN person p ON p.id = d.person WHERE d.batch = :batch UNION ALL "
      "SELECT x.id, x.batch, 'reattribution', NULL, x.reason, x.exceptions, x.person, x.at, x.meaning, x.sequence, x.head, p.identifier, p.name "
      "FROM reattribution x JOIN person p ON p.id = x.person WHERE x.batch = :batch ORDER BY 10, 1")
