#include "magistral/store/result.h"

#include "standing.h"
#include "statement.h"

SHAPE(result, RESULT_FIELDS)
SHAPE(result_value, RESULT_VALUE_FIELDS)
SHAPE(result_line, RESULT_LINE_FIELDS)
SHAPE(control_due, CONTROL_DUE_FIELDS)
SHAPE(control_overdue, CONTROL_OVERDUE_FIELDS)
SHAPE(part, PART_FIELDS)
SHAPE(periodic, PERIODIC_FIELDS)

QUERY(RESULT_INSERT, result, nothing, SQL_INSERT("result", RESULT_FIELDS))
QUERY(RESULT_BY_ID, result, result, SQL_SELECT("result", RESULT_FIELDS) "WHERE id = :id")
QUERY(RESULT_BY_NUMBER, result, result, SQL_SELECT("result", RESULT_FIELDS) "WHERE number = :number")
QUERY(RESULT_VALUE_INSERT, result_value, nothing, SQL_INSERT("result_value", RESULT_VALUE_FIELDS))
QUERY(RESULT_VALUE_AMEND, result_value, nothing, "UPDATE result_value SET value = :value WHERE id = :id")
QUERY(RESULT_VALUE_BY_ID, result_value, result_value, SQL_SELECT("result_value", RESULT_VALUE_FIELDS) "WHERE id = :id")

QUERY(RESULT_STANDING, result, result, SQL_SELECT("result", RESULT_FIELDS) "WHERE batch = :batch AND control = :control AND state <> 'invalidated'")
QUERY(RESULT_CLOSE, result, nothing,
      "UPDATE result SET state = 'closed', closed_at = :closed_at, verdict = :verdict, stated = :stated, computation = :computation, "
      "verified_by = NULL, verified_at = NULL WHERE id = :id")
QUERY(RESULT_CONTINUE, result, nothing,
      "UPDATE result SET state = 'open', stage = 2, verified_by = NULL, verified_at = NULL WHERE id = :id AND stage = 1")
QUERY(RESULT_ATTACH, result, nothing, "UPDATE result SET raw_document = :raw_document WHERE id = :id")
QUERY(RESULT_VERIFY, result, nothing,
      "UPDATE result SET state = 'verified', verified_by = :verified_by, verified_at = :verified_at WHERE id = :id")
QUERY(RESULT_INVALIDATE, result, nothing, "UPDATE result SET state = 'invalidated', reason = :reason, invalidated_by = :invalidated_by, invalidated_at = :invalidated_at, deviation = :deviation WHERE id = :id")
#define RESULT_COLUMN(name) ", r." #name
QUERY(RESULTS_OF, result, result_line,
      "SELECT r.id" RESULT_FIELDS(RESULT_COLUMN, RESULT_COLUMN) ", c.code, c.name, c.kind, c.due, c.method, c.specification, c.reference, "
      "e.code AS equipment_code, p.identifier AS entered_identifier, v.identifier AS verified_identifier, "
      "a.identifier AS analyst_identifier, o.number AS order_number "
      "FROM result r JOIN formula_control c ON c.id = r.control JOIN person p ON p.id = r.entered_by "
      "LEFT JOIN person v ON v.id = r.verified_by LEFT JOIN equipment e ON e.id = r.equipment LEFT JOIN person a ON a.id = r.analyst LEFT JOIN laboratory_order o ON o.id = r.laboratory_order WHERE r.batch = :batch ORDER BY r.rank")
QUERY(RESULT_VALUES_OF, result_value, result_value,
      SQL_SELECT("result_value", RESULT_VALUE_FIELDS) "WHERE result = :result ORDER BY series, rank")
QUERY(CONTROL_DUE_INSERT, control_due, nothing, SQL_INSERT("control_due", CONTROL_DUE_FIELDS))
QUERY(CONTROL_OVERDUE, control_overdue, control_overdue,
      "SELECT k.id, k.batch, c.name, k.last_day FROM control_due k JOIN formula_control c ON c.id = k.control "
      "WHERE k.batch = :batch AND " CONTROL_OVERDUE_TODAY " ORDER BY k.last_day, k.id LIMIT 1")
/* Who started, filled or packaged it stands in the journal alone. */
QUERY(PART_OPERATED, part, part,
      "SELECT " BATCH_OPERATED(":batch") " + (SELECT count(*) FROM journal_subject s JOIN journal j ON j.sequence = s.sequence WHERE s.kind = 'batch' "
      "AND s.number = (SELECT number FROM batch WHERE id = :batch) AND j.act IN ('batch start', 'batch fill', 'batch package', 'batch amend-filled') "
      "AND j.person = (SELECT identifier FROM person WHERE id = :person)) AS parts")
QUERY(PART_CONTROLLED, part, part,
      "SELECT (SELECT count(*) FROM result r JOIN formula_control c ON c.id = r.control WHERE r.batch = :batch AND c.due <> 'in-process' "
      "AND r.state <> 'invalidated' AND (r.entered_by = :person OR r.analyst = :person OR EXISTS (SELECT 1 FROM result_value v WHERE v.result = r.id AND v.entered_by = :person))) "
      "+ (SELECT count(*) FROM document d JOIN batch b ON d.subject_kind = 'batch' AND d.subject = b.number "
      "WHERE b.id = :batch AND d.kind = 'certificate-of-analysis' AND d.meaning IS NOT NULL AND d.issued_by = :person) "
      "+ (SELECT count(*) FROM amendment WHERE batch = :batch AND kind = 'result' AND person = :person) AS parts")
QUERY(PART_VERIFIED, part, part,
      "SELECT (SELECT count(*) FROM weighing WHERE batch = :batch AND verified_by = :person) "
      "+ (SELECT count(*) FROM issue WHERE batch = :batch AND verified_by = :person) AS parts")
QUERY(PERIODIC_SINCE, periodic, periodic,
      "WITH own AS (SELECT v.formula FROM batch b JOIN formula_version v ON v.id = b.version WHERE b.id = :batch), "
      "done AS (SELECT max(r.batch) AS id FROM result r JOIN formula_control c ON c.id = r.control JOIN batch b ON b.id = r.batch "
      "JOIN formula_version v ON v.id = b.version WHERE c.code = :code AND v.formula IN (SELECT formula FROM own) "
      "AND r.state = 'verified' AND r.verdict = 'complies' AND r.batch < :batch) "
      "SELECT count(*) AS batches, (SELECT number FROM batch WHERE id = (SELECT id FROM done)) AS last FROM batch b "
      "JOIN formula_version v ON v.id = b.version WHERE v.formula IN (SELECT formula FROM own) AND b.registration IS NOT NULL "
      "AND b.id <= :batch AND b.id > coalesce((SELECT id FROM done), 0)")
