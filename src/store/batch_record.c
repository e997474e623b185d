#include "magistral/store/batch_record.h"

#include "statement.h"

SHAPE(record_key, RECORD_KEY_FIELDS)
SHAPE(record_request, RECORD_REQUEST_FIELDS)
SHAPE(record_person, RECORD_PERSON_FIELDS)
SHAPE(record_component, RECORD_COMPONENT_FIELDS)
SHAPE(record_weighing, RECORD_WEIGHING_FIELDS)
SHAPE(record_line, RECORD_LINE_FIELDS)
SHAPE(record_step, RECORD_STEP_FIELDS)
SHAPE(record_reconciliation, RECORD_RECONCILIATION_FIELDS)
SHAPE(record_labels, RECORD_LABELS_FIELDS)
SHAPE(record_result, RECORD_RESULT_FIELDS)
SHAPE(record_value, RECORD_VALUE_FIELDS)
SHAPE(record_decision, RECORD_DECISION_FIELDS)
SHAPE(record_deviation, RECORD_DEVIATION_FIELDS)
SHAPE(record_check, RECORD_CHECK_FIELDS)
SHAPE(record_certificate, RECORD_CERTIFICATE_FIELDS)
SHAPE(record_dispensing, RECORD_DISPENSING_FIELDS)

QUERY(RECORD_REQUESTS, record_key, record_request,
      "SELECT r.number, p.pseudonym, r.prescriber, r.prescribed_on, r.daily_units, r.days, b.units, d.name AS accepted_by, "
      "r.decided_at AS accepted_at, r.posology, r.board_name, r.board_day, r.board_number, r.board_decision, r.legal_basis FROM batch_request b JOIN request r ON r.id = b.request "
      "JOIN patient p ON p.id = r.patient LEFT JOIN person d ON d.id = r.decided_by WHERE b.batch = :id ORDER BY r.number")
QUERY(RECORD_PEOPLE, record_key, record_person,
      "SELECT p.identifier, p.name, min(j.at) AS first_at, group_concat(DISTINCT j.act) AS acts "
      "FROM (SELECT sequence FROM journal_subject WHERE kind = 'batch' AND number = :number "
      "UNION SELECT s.sequence FROM batch_request b JOIN request r ON r.id = b.request JOIN journal_subject s ON s.kind = 'request' AND s.number = r.number "
      "JOIN journal j ON j.sequence = s.sequence AND j.act = 'request accept' WHERE b.batch = :id "
      "UNION SELECT s.sequence FROM batch b JOIN formula_version f ON f.id = b.version JOIN journal_subject s ON s.kind = 'formula' AND s.number = f.number "
      "JOIN journal j ON j.sequence = s.sequence AND j.act = 'formula approve' WHERE b.id = :id) s "
      "JOIN journal j ON j.sequence = s.sequence JOIN person p ON p.identifier = j.person GROUP BY p.id ORDER BY min(j.sequence)")
#define KINDS_HELD "'weighing', 'issue', 'sample', 'retained-sample', 'intermediate', 'result', 'bottle'"
QUERY(RECORD_JOURNAL, record_key, record_line,
      "SELECT j.sequence AS rank, j.act AS number, (SELECT group_concat(number, ', ') FROM (SELECT DISTINCT number FROM journal_subject x "
      "WHERE x.sequence = j.sequence AND x.kind IN (" KINDS_HELD ", 'container', 'equipment', 'request', 'dispensing', 'deviation') ORDER BY number LIMIT 4)) AS what, "
      "p.name AS person, j.at FROM (SELECT sequence FROM journal_subject WHERE kind = 'batch' AND number = :number "
      "UNION SELECT sequence FROM journal_subject WHERE kind IN (" KINDS_HELD ") AND number > :number || '/' AND number < :number || '0' "
      "UNION SELECT s.sequence FROM dispensing d JOIN journal_subject s ON s.kind = 'dispensing' AND s.number = d.number WHERE d.batch = :id "
      "UNION SELECT s.sequence FROM movement m JOIN container c ON c.id = m.container JOIN journal_subject s ON s.kind = 'container' AND s.number = c.number "
      "JOIN journal o ON o.sequence = s.sequence AND o.act = 'container open' WHERE m.batch = :id) e "
      "JOIN journal j ON j.sequence = e.sequence LEFT JOIN person p ON p.identifier = j.person ORDER BY j.sequence")
/* A lot that was accepted again since has another date and assay now: the record tells those that its batch was made with. */
QUERY(RECORD_COMPONENTS, record_key, record_component,
      "SELECT m.name AS material, m.kind, m.unit, l.number AS lot, l.supplier_lot, s.name AS supplier, "
      "iif(t.id IS NULL, l.limit_day, t.former_day) AS limit_day, iif(t.id IS NULL, l.assay, t.former_assay) AS assay, l.limit_kind, min(c.end_of_use) AS end_of_use, "
      "iif(t.id IS NULL, l.assay_basis, t.former_basis) AS assay_basis, iif(t.id IS NULL, l.water, t.former_water) AS water, "
      "d.name AS accepted_by, l.decided_at AS accepted_at, r.name AS recalled_by, l.recalled_at, l.recall_reason, -sum(v.quantity) AS used, sum(iif(v.kind = 'return', v.quantity, 0)) AS back, (SELECT sum(w.target) FROM weighing w JOIN container o ON o.id = w.container WHERE w.batch = :id "
      "AND o.lot = l.id AND w.state = 'verified') AS due FROM movement v JOIN container c ON c.id = v.container JOIN lot l ON l.id = c.lot "
      "JOIN material m ON m.id = l.material JOIN supplier s ON s.id = l.supplier LEFT JOIN person d ON d.id = l.decided_by "
      "LEFT JOIN person r ON r.id = l.recalled_by "
      "LEFT JOIN lot_retest t ON t.id = (SELECT min(x.id) FROM lot_retest x WHERE x.lot = l.id AND x.at > (SELECT max(y.at) FROM movement y "
      "JOIN container z ON z.id = y.container WHERE y.batch = :id AND z.lot = l.id)) WHERE v.batch = :id GROUP BY l.id ORDER BY min(v.id)")
QUERY(RECORD_WEIGHINGS, record_key, record_weighing,
      "SELECT w.rank, m.name AS material, l.number AS lot, c.number AS container, e.code AS balance, e.readability, w.target, w.low, w.high, "
      "w.formula, w.tare, w.net, w.ticket, w.state, o.name AS opened_by, w.opened_at, r.name AS recorded_by, w.recorded_at, v.name AS verified_by, "
      "w.verified_at, d.name AS discarded_by, w.discarded_at, w.discard_reason, w.other_lot_reason FROM weighing w JOIN formula_component f ON f.id = w.component "
      "JOIN material m ON m.id = f.material JOIN container c ON c.id = w.container JOIN lot l ON l.id = c.lot "
      "JOIN equipment e ON e.id = w.equipment JOIN person o ON o.id = w.opened_by LEFT JOIN person r ON r.id = w.recorded_by "
      "LEFT JOIN person v ON v.id = w.verified_by LEFT JOIN person d ON d.id = w.discarded_by WHERE w.batch = :id ORDER BY w.rank")
QUERY(RECORD_CHECKS, record_key, record_check,
      "SELECT DISTINCT k.id, e.code AS balance, e.readability, k.weight, k.reading, k.tolerance, k.conforms, p.name AS person, k.at, NULL AS form, k.day FROM weighing w "
      "JOIN equipment e ON e.id = w.equipment JOIN equipment_check k ON k.id = (SELECT max(id) FROM equipment_check WHERE equipment = w.equipment "
      "AND form IS NULL AND at <= w.opened_at) JOIN person p ON p.id = k.person WHERE w.batch = :id UNION "
      "SELECT k.id, e.code, e.readability, k.weight, k.reading, k.tolerance, k.conforms, p.name, k.at, k.form, k.day FROM equipment_check k "
      "JOIN equipment e ON e.id = k.equipment JOIN person p ON p.id = k.person WHERE k.form IN (SELECT form FROM late_entry WHERE batch = :id) ORDER BY 1")
QUERY(RECORD_ISSUES, record_key, record_line,
      "SELECT i.rank, i.number, m.name AS what, l.number AS detail, i.units AS quantity, p.name AS person, i.issued_at AS at, "
      "v.name AS verified_by, i.verified_at FROM issue i JOIN formula_component f ON f.id = i.component JOIN material m ON m.id = f.material "
      "JOIN container c ON c.id = i.container JOIN lot l ON l.id = c.lot JOIN person p ON p.id = i.issued_by "
      "LEFT JOIN person v ON v.id = i.verified_by WHERE i.batch = :id ORDER BY i.rank")
QUERY(RECORD_CLEARANCES, record_key, record_line,
      "SELECT c.phase AS number, a.name AS what, c.remarks AS detail, p.name AS person, c.at FROM clearance c "
      "JOIN work_area a ON a.id = c.work_area JOIN person p ON p.id = c.person WHERE c.batch = :id ORDER BY c.id")
QUERY(RECORD_STEPS, record_key, record_step,
      "SELECT f.rank, f.title, f.instruction, f.entries, s.id AS record, s.remarks, p.name AS person, s.at "
      "FROM step_record s JOIN formula_step f ON f.id = s.step JOIN person p ON p.id = s.person WHERE s.batch = :id ORDER BY f.rank")
QUERY(RECORD_LOSSES, record_key, record_line,
      "SELECT l.kind AS number, l.cause AS what, l.quantity, p.name AS person, l.at FROM loss l JOIN person p ON p.id = l.person "
      "WHERE l.batch = :id ORDER BY l.id")
/* A batch destroyed before its row could say so has it in the journal alone. */
QUERY(RECORD_DESTRUCTIONS, record_key, record_line,
      "SELECT b.destruction_reference AS what, b.destroyed_units AS quantity, p.name AS person, b.destroyed_at AS at "
      "FROM batch b JOIN person p ON p.id = b.destroyed_by WHERE b.id = :id "
      "UNION ALL SELECT d.reference, d.units, p.name || ', ' || w.name, d.witnessed_at FROM destruction d JOIN person p ON p.id = d.counted_by "
      "JOIN person w ON w.id = d.witnessed_by WHERE d.batch = :id AND d.state = 'witnessed' "
      "UNION ALL SELECT json_extract(j.inputs, '$.reference'), CAST(json_extract(j.inputs, '$.units') AS INTEGER), p.name, j.at "
      "FROM journal_subject s JOIN journal j ON j.sequence = s.sequence JOIN person p ON p.identifier = j.person "
      "WHERE s.kind = 'batch' AND s.number = :number AND j.act = 'batch destroy' AND (SELECT destroyed_by FROM batch WHERE id = :id) IS NULL "
      "AND NOT EXISTS (SELECT 1 FROM destruction WHERE batch = :id)")
QUERY(RECORD_RECONCILIATIONS, record_key, record_reconciliation,
      "SELECT r.kind, r.name, r.value, nullif(f.value, r.value) AS former, r.unit, r.formula, r.limit_text, r.within, p.name AS person, r.at FROM reconciliation r "
      "JOIN person p ON p.id = r.person LEFT JOIN reconciliation f ON f.batch = r.batch AND f.kind = r.kind AND f.name = r.name AND f.edition = r.edition - 1 "
      "WHERE r.batch = :id AND r.edition = (SELECT max(o.edition) FROM reconciliation o WHERE o.batch = :id AND o.kind = r.kind) ORDER BY r.id")
QUERY(RECORD_LABEL_COUNTS, record_key, record_labels,
      "SELECT kind, coalesce(printed_at > (SELECT min(at) FROM decision WHERE batch = :id AND kind IN ('release', 'refusal')), 0) AS after_decision, count(*) AS printed, sum(state = 'applied' OR (state = 'void' AND reason IS NULL)) AS applied, sum(state = 'specimen') AS specimen, "
      "sum(state = 'spoiled') AS spoiled, sum(state = 'destroyed' OR (state = 'void' AND reason IS NOT NULL)) AS destroyed FROM label WHERE batch = :id "
      "GROUP BY after_decision, kind ORDER BY after_decision, kind")
QUERY(RECORD_BOTTLES, record_key, record_line,
      "SELECT o.rank, o.number, o.ended AS what, o.opening AS used, o.units AS quantity, l.number AS detail, p.name AS person, l.printed_at AS at FROM bottle o "
      "LEFT JOIN label l ON l.id = (SELECT max(id) FROM label WHERE kind = 'bottle' AND subject = o.number AND state <> 'specimen') "
      "LEFT JOIN person p ON p.id = l.printed_by WHERE o.batch = :id ORDER BY o.rank")
QUERY(RECORD_RESULTS, record_key, record_result,
      "SELECT c.code, c.name, c.kind, c.method, c.reference, c.specification, c.limit_text, c.unit, c.due, c.justification, r.id AS result, "
      "r.number, r.state, r.stage, r.stated, r.verdict, r.computation, r.laboratory, r.reference_standard, r.analysed_on, "
      "e.name AS entered_by, r.closed_at, v.name AS verified_by, r.verified_at, r.reason, "
      "i.name AS invalidated_by, r.invalidated_at, d.number AS deviation, "
      "r.chromatographic_column, r.standard_expiry, r.suitability, a.name AS analyst, q.code AS equipment, o.number AS laboratory_order FROM batch b JOIN formula_control c ON c.version = b.version "
      "LEFT JOIN result r ON r.batch = b.id AND r.control = c.id LEFT JOIN person e ON e.id = r.entered_by "
      "LEFT JOIN person v ON v.id = r.verified_by LEFT JOIN person i ON i.id = r.invalidated_by LEFT JOIN deviation d ON d.id = r.deviation "
      "LEFT JOIN person a ON a.id = r.analyst LEFT JOIN equipment q ON q.id = r.equipment LEFT JOIN laboratory_order o ON o.id = r.laboratory_order "
      "WHERE b.id = :id ORDER BY c.rank, r.rank")
QUERY(RECORD_VALUES, record_value, record_value,
      "SELECT series, rank, value, unit, result FROM result_value WHERE result = :result ORDER BY series, rank")
QUERY(RECORD_DECISIONS, record_key, record_decision,
      "SELECT d.kind, d.meaning, d.reason, p.name AS person, p.identifier, d.at, d.sequence, d.head, d.exceptions FROM decision d "
      "JOIN person p ON p.id = d.person WHERE d.batch = :id UNION ALL "
      "SELECT 'reattribution', x.meaning, x.reason, p.name, p.identifier, x.at, x.sequence, x.head, x.exceptions FROM reattribution x "
      "JOIN person p ON p.id = x.person WHERE x.batch = :id ORDER BY 7, 6")
QUERY(RECORD_DEVIATIONS, record_key, record_deviation,
      "SELECT d.number, d.subject, d.class, d.description, o.name AS opened_by, d.opened_at, d.state, d.decision, d.impact, "
      "p.name AS decided_by, d.decided_at FROM deviation d JOIN person o ON o.id = d.opened_by LEFT JOIN person p ON p.id = d.decided_by "
      "WHERE d.batch = :id ORDER BY d.id")
QUERY(RECORD_CERTIFICATES, record_key, record_certificate,
      "SELECT d.number, d.issue, d.meaning, p.name AS person, p.identifier, d.issued_at AS at, d.drawn_from, d.head FROM document d "
      "JOIN person p ON p.id = d.issued_by WHERE d.kind = 'certificate-of-analysis' AND d.subject_kind = 'batch' AND d.subject = :number ORDER BY d.issue")
QUERY(RECORD_DISPENSINGS, record_key, record_dispensing,
      "SELECT d.number, t.pseudonym, d.units, (SELECT group_concat(number, ', ') FROM (SELECT b.number FROM dispensing_bottle o JOIN bottle b ON b.id = o.bottle "
      "WHERE o.dispensing = d.id ORDER BY b.rank)) AS bottles, d.state, p.name AS confirmed_by, d.confirmed_at, h.name AS handed_over_by, "
      "d.handed_over_at FROM dispensing d JOIN patient t ON t.id = d.patient JOIN person p ON p.id = d.confirmed_by "
      "LEFT JOIN person h ON h.id = d.handed_over_by WHERE d.batch = :id ORDER BY d.id")
QUERY(RECORD_ACTS, record_key, record_line,
      "SELECT substr(j.act, 7) AS number, p.name AS person, j.at FROM journal_subject s JOIN journal j ON j.sequence = s.sequence "
      "JOIN person p ON p.identifier = j.person WHERE s.kind = 'batch' AND s.number = :number AND j.act IN ('batch fill', 'batch package') ORDER BY j.sequence")
