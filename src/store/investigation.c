#include "magistral/store/investigation.h"

#include "statement.h"

SHAPE(investigation, INVESTIGATION_FIELDS)
SHAPE(investigation_line, INVESTIGATION_LINE_FIELDS)

QUERY(INVESTIGATION_INSERT, investigation, nothing, SQL_INSERT("investigation", INVESTIGATION_FIELDS))
QUERY(INVESTIGATION_BY_ID, investigation, investigation, SQL_SELECT("investigation", INVESTIGATION_FIELDS) "WHERE id = :id")
QUERY(INVESTIGATION_BY_NUMBER, investigation, investigation, SQL_SELECT("investigation", INVESTIGATION_FIELDS) "WHERE number = :number")
/* What was amended since an investigation is another result: it is explained anew. */
QUERY(INVESTIGATION_LAST, investigation, investigation, SQL_SELECT("investigation", INVESTIGATION_FIELDS) "WHERE result = :result AND (state = 'open' OR NOT EXISTS (SELECT 1 FROM result r JOIN amendment a "
      "ON a.batch = r.batch AND a.kind = 'result' AND a.subject = r.number WHERE r.id = :result AND a.at > investigation.concluded_at)) ORDER BY id DESC LIMIT 1")
QUERY(INVESTIGATION_OPEN_OF, investigation, investigation,
      SQL_SELECT("investigation", INVESTIGATION_FIELDS) "WHERE batch = :batch AND state = 'open' ORDER BY id LIMIT 1")
QUERY(INVESTIGATION_CONCLUDE, investigation, nothing,
      "UPDATE investigation SET state = 'concluded', conclusion = :conclusion, evidence = :evidence, concluded_by = :concluded_by, "
      "concluded_at = :concluded_at, meaning = :meaning WHERE id = :id AND state = 'open'")
#define INVESTIGATION_COLUMN(name) ", i." #name
QUERY(INVESTIGATIONS_OF, investigation_line, investigation_line,
      "SELECT i.id" INVESTIGATION_FIELDS(INVESTIGATION_COLUMN, INVESTIGATION_COLUMN) ", r.number AS result_number, c.name AS control_name, r.stated, "
      "o.identifier AS opened_identifier, o.name AS opened_name, p.identifier AS concluded_identifier, p.name AS concluded_name FROM investigation i "
      "JOIN result r ON r.id = i.result JOIN formula_control c ON c.id = r.control JOIN person o ON o.id = i.opened_by LEFT JOIN person p ON p.id = i.concluded_by "
      "WHERE i.batch = :batch AND (:result IS NULL OR i.result = :result) ORDER BY i.id")
