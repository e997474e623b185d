#include "magistral/store/emergency.h"

#include "statement.h"

SHAPE(emergency, EMERGENCY_FIELDS)
SHAPE(emergency_line, EMERGENCY_LINE_FIELDS)
SHAPE(emergency_key, EMERGENCY_KEY_FIELDS)

QUERY(EMERGENCY_INSERT, emergency, nothing, SQL_INSERT("emergency_approval", EMERGENCY_FIELDS))
QUERY(EMERGENCY_WITHDRAW, emergency, nothing,
      "UPDATE emergency_approval SET withdrawn_by = :withdrawn_by, withdrawn_at = :withdrawn_at, withdrawn_reason = :withdrawn_reason "
      "WHERE id = :id AND withdrawn_at IS NULL")
#define EMERGENCY_COLUMN(name) ", e." #name
#define BEFORE_COMPLETED "(v.approved_at IS NULL OR b.planned_at < v.approved_at) "
#define LINE                                                                                                                       \
    "SELECT e.id" EMERGENCY_FIELDS(EMERGENCY_COLUMN, EMERGENCY_COLUMN) ", v.number, v.state, p.identifier, p.name, c.name AS completed_by, "     \
    "v.approved_at AS completed_at, (SELECT b.number FROM batch b WHERE b.version = v.id AND b.state <> 'cancelled' AND " BEFORE_COMPLETED        \
    "ORDER BY b.id LIMIT 1) AS batch FROM emergency_approval e JOIN formula_version v ON v.id = e.version JOIN person p ON p.id = e.person "    \
    "LEFT JOIN person c ON c.id = v.approved_by "
QUERY(EMERGENCY_OF_VERSION, emergency, emergency_line, LINE "WHERE e.version = :version")
QUERY(EMERGENCY_OPEN_OF_FORMULA, emergency_key, emergency_line, LINE "WHERE v.formula = :formula AND v.state = 'draft' AND e.withdrawn_at IS NULL ORDER BY e.id LIMIT 1")
QUERY(EMERGENCY_OF_BATCH, emergency_key, emergency_line, LINE "JOIN batch b ON b.version = e.version WHERE b.id = :batch AND " BEFORE_COMPLETED)
