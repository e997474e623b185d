/* Every query starts from what is not over yet, by the indexes of schema/0008_waiting.sql: none reads the journal or all batches. */
#include "magistral/store/home.h"

#include "magistral/store/batch.h"
#include "standing.h"
#include "statement.h"

SHAPE(home_line, HOME_LINE_FIELDS)
SHAPE(home_key, HOME_KEY_FIELDS)
SHAPE(home_result, HOME_RESULT_FIELDS)

#define LINE(identifier, sql) QUERY(identifier, home_key, home_line, sql)
#define PRODUCT "v.product || ' ' || v.strength"
#define OF_BATCH PRODUCT " || ', ' || b.number"
/* A bottle of the batch is here and nobody's. */
#define SOME_LEFT "EXISTS (SELECT 1 FROM bottle o WHERE o.batch = b.id AND o.destroyed = 0 AND o.ended IS NULL AND NOT EXISTS (SELECT 1 FROM dispensing_bottle h " \
    "JOIN dispensing d ON d.id = h.dispensing WHERE h.bottle = o.id AND d.state <> 'cancelled'))"

LINE(HOME_RECALLED_LOTS,
     "SELECT l.id, 'lot' AS kind, l.number, m.name AS about, 'destroy-recalled' AS task, l.recall_reason AS detail, "
     "coalesce(l.recalled_at, l.decided_at) AS since FROM lot l JOIN material m ON m.id = l.material WHERE l.state = 'recalled' ORDER BY l.id")
#define BOTTLES_HERE "FROM bottle o WHERE o.batch = b.id AND o.destroyed = 0 AND o.ended IS NULL AND NOT EXISTS (SELECT 1 FROM dispensing_bottle h JOIN dispensing d " \
    "ON d.id = h.dispensing WHERE h.bottle = o.id AND d.state = 'handed-over')"
/* A recalled batch is over once the rest of it is destroyed; where nothing was left, its dispensings are shown for a while. */
LINE(HOME_RECALLED_BATCHES,
     "SELECT b.id, 'batch' AS kind, b.number, " PRODUCT " AS about, 'destroy-recalled-batch' AS task, "
     "CAST((SELECT count(*) " BOTTLES_HERE ") AS TEXT) AS detail, x.at AS since FROM batch b JOIN formula_version v ON v.id = b.version "
     "JOIN decision x ON x.id = (SELECT max(id) FROM decision WHERE batch = b.id AND kind = 'recall') WHERE b.state = 'recalled' "
     "AND EXISTS (SELECT 1 " BOTTLES_HERE ") AND NOT EXISTS (SELECT 1 FROM destruction WHERE batch = b.id AND state = 'proposed') UNION ALL "
     "SELECT b.id, 'batch', b.number, " PRODUCT ", 'reach-recalled', "
     "(SELECT group_concat(d.number, ', ') FROM dispensing d WHERE d.batch = b.id AND d.state = 'handed-over'), x.at "
     "FROM batch b JOIN formula_version v ON v.id = b.version JOIN decision x ON x.id = (SELECT max(id) FROM decision WHERE batch = b.id "
     "AND kind = 'recall') WHERE b.state = 'recalled' AND EXISTS (SELECT 1 FROM dispensing d WHERE d.batch = b.id AND d.state = 'handed-over') "
     "AND (substr(x.at, 1, 10) >= :since OR EXISTS (SELECT 1 " BOTTLES_HERE ")) ORDER BY 7, 1")
/* Counted by another person, to be destroyed before this one. */
LINE(HOME_DESTRUCTIONS,
     "SELECT b.id, 'batch' AS kind, b.number, " PRODUCT " AS about, 'witness-destruction' AS task, x.reference AS detail, x.counted_at AS since "
     "FROM destruction x JOIN batch b ON b.id = x.batch JOIN formula_version v ON v.id = b.version WHERE x.state = 'proposed' AND x.counted_by <> :person "
     "ORDER BY x.counted_at")
LINE(HOME_DEVIATIONS,
     "SELECT d.id, 'deviation' AS kind, d.number, " OF_BATCH " AS about, 'decide-deviation' AS task, d.description AS detail, "
     "d.opened_at AS since FROM deviation d JOIN batch b ON b.id = d.batch JOIN formula_version v ON v.id = b.version WHERE d.state = 'open' "
     "AND " BATCH_OPERATED("b.id") " = 0 ORDER BY d.class = 'critical' DESC, d.class = 'major' DESC, d.opened_at")
LINE(HOME_HELD,
     "SELECT b.id, 'batch' AS kind, b.number, " PRODUCT " AS about, 'lift-hold' AS task, (SELECT group_concat(h.reason, ' ; ') FROM decision h WHERE h.batch = b.id AND h.kind = 'hold' "
     "AND h.id > (SELECT coalesce(max(id), 0) FROM decision WHERE batch = b.id AND kind = 'lift')) AS detail, x.at AS since "
     "FROM batch b JOIN formula_version v ON v.id = b.version LEFT JOIN decision x ON x.id = (SELECT max(id) FROM decision WHERE batch = b.id "
     "AND kind = 'hold') WHERE b.held = 1 AND b.state IN ('planned', 'in-preparation', 'quarantine', 'released') ORDER BY x.at, b.id")

LINE(HOME_EXCURSIONS,
     "SELECT e.id, 'excursion' AS kind, e.number, e.location AS about, 'assess-excursion' AS task, CAST(count(*) AS TEXT) AS detail, e.at AS since "
     "FROM excursion_container x JOIN excursion e ON e.id = x.excursion WHERE x.state = 'held' GROUP BY x.excursion ORDER BY x.excursion")
LINE(HOME_CONDEMNED,
     "SELECT c.id, 'container' AS kind, c.number, m.name AS about, 'destroy-condemned' AS task, e.number AS detail, x.decided_at AS since "
     "FROM excursion_container x CROSS JOIN excursion e ON e.id = x.excursion CROSS JOIN container c ON c.id = x.container JOIN lot l ON l.id = c.lot "
     "JOIN material m ON m.id = l.material WHERE x.state = 'condemned' AND l.state IN ('quarantine', 'accepted') "
     "AND (SELECT coalesce(sum(quantity), 0) FROM movement WHERE container = c.id) > 0 ORDER BY x.id")

/* Weighed by another person, within the tolerance or accepted for use: what this person may verify. */
/* Entered after the fact from paper, and not yet compared with the form by another person. */
LINE(HOME_LATE,
     "SELECT l.id, l.number, " OF_BATCH " AS about, 'verify-late' AS task, l.form AS detail, l.at AS since FROM late_entry l JOIN batch b ON b.id = l.batch "
     "JOIN formula_version v ON v.id = b.version WHERE l.verified_at IS NULL AND b.state IN ('in-preparation', 'quarantine') AND l.person <> :person ORDER BY l.id")
/* Counted into other bottles by another person: what this person may count and verify. */
LINE(HOME_OPENINGS,
     "SELECT o.id, f.number, " OF_BATCH " AS about, 'verify-opening' AS task, a.name AS detail, o.opened_at AS since FROM bottle_opening o JOIN bottle f ON f.id = o.bottle "
     "JOIN batch b ON b.id = o.batch JOIN formula_version v ON v.id = b.version JOIN work_area a ON a.id = o.work_area WHERE o.verified_at IS NULL "
     "AND o.opened_by <> :person ORDER BY o.opened_at")
/* A blank form that is not accounted for, once something is due of it: entries name it, its batch was to be made by it, or its formula is no
 * longer in force. The copies that lie ready for the next time the program is out of reach are no task. */
LINE(HOME_FORMS,
     "SELECT p.id, 'paper-form' AS kind, p.number, " PRODUCT " || coalesce(', ' || b.number, '') AS about, CASE WHEN EXISTS (SELECT 1 FROM late_entry l "
     "WHERE l.form = p.number) THEN 'form-entered' WHEN b.id IS NOT NULL THEN 'form-out' ELSE 'form-obsolete' END AS task, p.kept_at AS detail, "
     "p.issued_at AS since FROM paper_form p JOIN formula_version v ON v.id = p.version LEFT JOIN batch b ON b.id = p.batch WHERE p.state = 'issued' "
     "AND (p.batch IS NOT NULL OR v.state <> 'approved' OR EXISTS (SELECT 1 FROM late_entry l WHERE l.form = p.number)) ORDER BY p.id")
LINE(HOME_PORTIONS,
     "SELECT w.id, 'weighing' AS kind, w.number, m.name AS about, 'verify-weighing' AS task, c.number AS detail, w.recorded_at AS since "
     "FROM batch b JOIN weighing w ON w.batch = b.id JOIN container c ON c.id = w.container JOIN formula_component fc ON fc.id = w.component "
     "JOIN material m ON m.id = fc.material WHERE b.state IN ('in-preparation', 'quarantine') AND w.state = 'recorded' "
     "AND w.recorded_by <> :person AND w.opened_by <> :person AND NOT EXISTS (SELECT 1 FROM amendment a WHERE a.batch = b.id "
     "AND a.kind = 'weighing' AND a.subject = w.number AND a.person = :person) AND (w.within = 1 OR EXISTS (SELECT 1 FROM deviation d WHERE d.batch = b.id "
     "AND d.subject = w.number AND d.decision = 'accepted' AND d.decided_at > coalesce((SELECT max(a.at) FROM amendment a WHERE a.batch = b.id AND a.kind = 'weighing' "
     "AND a.subject = w.number), ''))) UNION ALL "
     "SELECT i.id, 'issue', i.number, m.name, 'verify-issue', c.number, i.issued_at "
     "FROM batch b JOIN issue i ON i.batch = b.id JOIN container c ON c.id = i.container JOIN formula_component fc ON fc.id = i.component "
     "JOIN material m ON m.id = fc.material WHERE b.state IN ('in-preparation', 'quarantine') AND i.verified_by IS NULL "
     "AND i.issued_by <> :person ORDER BY since")

LINE(HOME_DISPENSINGS,
     "SELECT d.id, 'dispensing' AS kind, d.number, " OF_BATCH " AS about, CASE WHEN d.state = 'checked' THEN 'hand-over' "
     "WHEN NOT EXISTS (SELECT 1 FROM label l WHERE l.kind = 'dispensing' AND l.subject = d.number AND l.state <> 'void') THEN 'print-dispensing' "
     "WHEN EXISTS (SELECT 1 FROM dispensing_bottle h WHERE h.dispensing = d.id AND h.scanned_at IS NULL) THEN 'scan-bottles' "
     "ELSE 'check-dispensing' END AS task, p.pseudonym AS detail, d.confirmed_at AS since FROM dispensing d JOIN batch b ON b.id = d.batch "
     "JOIN formula_version v ON v.id = b.version JOIN patient p ON p.id = d.patient WHERE d.state IN ('confirmed', 'checked') ORDER BY d.confirmed_at")
LINE(HOME_LOTS,
     "SELECT l.id, 'lot' AS kind, l.number, m.name AS about, CASE WHEN l.limit_day IS NULL OR l.limit_day < :day THEN 'refuse-lot' "
     "WHEN m.kind <> 'packaging-article' AND NOT EXISTS (SELECT 1 FROM lot_test t WHERE t.lot = l.id) THEN 'test-or-decide-lot' "
     "ELSE 'decide-lot' END AS task, l.received_on AS since FROM lot l JOIN material m ON m.id = l.material WHERE l.state = 'quarantine' "
     "ORDER BY l.received_on, l.id")
LINE(HOME_REQUESTS,
     "SELECT r.id, 'request' AS kind, r.number, f.name || ', ' || p.pseudonym AS about, "
     "CASE WHEN r.board_decision = 'favourable' THEN 'accept-request' ELSE 'refuse-request' END AS task, r.received_at AS since "
     "FROM request r JOIN formula f ON f.id = r.formula JOIN patient p ON p.id = r.patient WHERE r.state = 'received' ORDER BY r.received_at")
/* Accepted, and no batch stands that is made for it; or its batch is released and nobody has confirmed its dispensing. */
#define STANDING_BATCH "batch_request br JOIN batch b ON b.id = br.batch WHERE br.request = r.id AND NOT " BATCH_FELL " AND NOT (b.state = 'released' AND (b.expiry < :day OR NOT " SOME_LEFT "))"
#define REATTRIBUTED "reattribution x JOIN batch b ON b.id = x.batch WHERE x.request = r.id AND b.state = 'released' " \
    "AND (SELECT sum(units) FROM reattribution WHERE batch = b.id AND request = r.id) > (SELECT coalesce(sum(units), 0) FROM dispensing WHERE batch = b.id " \
    "AND request = r.id AND state <> 'cancelled')"
#define DISPENSED "(SELECT coalesce(sum(d.units), 0) FROM dispensing d WHERE d.request = r.id AND d.state <> 'cancelled')"
LINE(HOME_REQUESTS_TO_SERVE,
     "SELECT r.id, 'request' AS kind, r.number, f.name || ', ' || p.pseudonym AS about, "
     "CASE WHEN NOT EXISTS (SELECT 1 FROM " STANDING_BATCH ") AND NOT EXISTS (SELECT 1 FROM " REATTRIBUTED ") THEN 'plan-batch' ELSE 'confirm-dispensing' END AS task, "
     "CAST(r.units - " DISPENSED " AS TEXT) AS detail, r.decided_at AS since, f.code AS value FROM request r JOIN patient p ON p.id = r.patient JOIN formula f ON f.id = r.formula "
     "WHERE r.state = 'accepted' AND r.units > " DISPENSED " "
     "AND (NOT EXISTS (SELECT 1 FROM " STANDING_BATCH ") OR EXISTS (SELECT 1 FROM " STANDING_BATCH " AND b.state = 'released' AND b.held = 0) "
     "OR EXISTS (SELECT 1 FROM " REATTRIBUTED " AND b.held = 0)) "
     "ORDER BY r.decided_at")
/* One row for the labels of a kind on one thing: those of a batch together. */
LINE(HOME_LABELS,
     "SELECT min(l.id) AS id, CASE WHEN l.kind IN ('container', 'dispensing') THEN l.kind ELSE 'batch' END AS kind, coalesce(CASE WHEN l.kind IN "
     "('container', 'dispensing') THEN l.subject END, b.number, l.subject) AS number, l.kind || '-label' AS about, 'settle-labels' AS task, "
     "CAST(count(*) AS TEXT) AS detail, min(l.printed_at) AS since, group_concat(l.number, ' ') AS value FROM label l LEFT JOIN batch b ON b.id = l.batch "
     "WHERE l.state = 'printed' GROUP BY 2, 3, l.kind ORDER BY since")
LINE(HOME_BALANCES,
     "SELECT e.id, 'equipment' AS kind, e.code AS number, e.name AS about, CASE WHEN last.id IS NULL THEN 'check-balance' "
     "ELSE 'check-balance-again' END AS task, :day AS deadline FROM equipment e LEFT JOIN equipment_check last ON last.id = (SELECT max(id) "
     "FROM equipment_check WHERE equipment = e.id AND day = :day) WHERE e.kind = 'balance' AND e.withdrawn = 0 "
     "AND coalesce(last.conforms, 0) = 0 AND NOT EXISTS (SELECT 1 FROM logbook k WHERE k.equipment = e.id AND k.kind = 'breakdown' "
     "AND NOT EXISTS (SELECT 1 FROM logbook r WHERE r.equipment = e.id AND r.kind = 'repair' AND r.id > k.id)) ORDER BY e.code")
LINE(HOME_BROKEN,
     "SELECT e.id, 'equipment' AS kind, e.code AS number, e.name AS about, 'repair' AS task, k.text AS detail, k.day AS since FROM equipment e "
     "JOIN logbook k ON k.id = (SELECT max(id) FROM logbook WHERE equipment = e.id AND kind = 'breakdown') WHERE e.withdrawn = 0 "
     "AND NOT EXISTS (SELECT 1 FROM logbook r WHERE r.equipment = e.id AND r.kind = 'repair' AND r.id > k.id) ORDER BY e.code")
LINE(HOME_CALIBRATIONS,
     "SELECT e.id, 'equipment' AS kind, e.code AS number, e.name AS about, CASE WHEN e.calibration_due IS NULL THEN 'calibrate-first' "
     "WHEN e.calibration_due < :day THEN 'calibrate-overdue' ELSE 'calibrate' END AS task, e.calibration_due AS deadline FROM equipment e "
     "WHERE e.withdrawn = 0 AND (e.calibration_due IS NULL OR e.calibration_due <= :until) ORDER BY e.calibration_due, e.code")
/* Six months behind the last review, or behind the first habilitation. */
LINE(HOME_REVIEW,
     "SELECT 1 AS id, 'habilitations' AS number, '' AS about, 'review-habilitations' AS task, date(r.last, '+6 months') AS deadline "
     "FROM (SELECT coalesce((SELECT max(day) FROM habilitation_review), (SELECT min(substr(granted_at, 1, 10)) FROM habilitation)) AS last) r "
     "WHERE date(r.last, '+6 months') <= :until")
LINE(HOME_HABILITATIONS,
     "SELECT h.id, 'person' AS kind, p.identifier AS number, p.name AS about, 'renew-habilitation' AS task, h.role AS detail, h.ends AS deadline "
     "FROM habilitation h JOIN person p ON p.id = h.person WHERE p.ended IS NULL AND h.ends BETWEEN :day AND :until AND NOT EXISTS (SELECT 1 FROM habilitation x "
     "WHERE x.person = h.person AND x.role = h.role AND x.ends > h.ends) ORDER BY h.ends, h.id")
LINE(HOME_EXPIRING_LOTS,
     "SELECT l.id, 'lot' AS kind, l.number, m.name AS about, CASE WHEN l.limit_day < :day THEN 'destroy-expired' WHEN l.limit_kind = 'retest' "
     "THEN 'retest-lot' ELSE 'use-lot-first' END AS task, l.limit_day AS deadline FROM lot l JOIN material m ON m.id = l.material "
     "WHERE l.state = 'accepted' AND l.limit_day BETWEEN :since AND :until AND (SELECT coalesce(sum(mv.quantity), 0) FROM container c "
     "JOIN movement mv ON mv.container = c.id WHERE c.lot = l.id) > 0 ORDER BY l.limit_day, l.id")
LINE(HOME_EXPIRING_BATCHES,
     "SELECT b.id, 'batch' AS kind, b.number, " PRODUCT " AS about, CASE WHEN b.expiry < :day THEN 'set-bottles-aside' ELSE 'dispense-first' END AS task, "
     "b.expiry AS deadline FROM batch b JOIN formula_version v ON v.id = b.version WHERE b.state = 'released' "
     "AND b.expiry BETWEEN :since AND :until AND " SOME_LEFT " ORDER BY b.expiry, b.id")
/* From what is due: else it begins at all batches that were ever released. */
LINE(HOME_CONTROLS_DUE,
     "SELECT k.id, 'batch' AS kind, b.number, " PRODUCT " AS about, CASE WHEN k.last_day < :day THEN 'control-overdue' ELSE 'control-due' END AS task, "
     "c.name AS detail, k.last_day AS deadline, c.code AS value FROM control_due k CROSS JOIN batch b ON b.id = k.batch JOIN formula_version v ON v.id = b.version "
     "JOIN formula_control c ON c.id = k.control WHERE k.last_day <= :until AND b.state = 'released' AND NOT EXISTS (SELECT 1 FROM result r "
     "WHERE r.batch = k.batch AND r.control = k.control AND r.state <> 'invalidated') ORDER BY k.last_day, k.id")
LINE(HOME_INVESTIGATIONS,
     "SELECT i.id, 'investigation' AS kind, i.number, c.name || ', ' || b.number AS about, 'conclude-investigation' AS task, i.hypothesis AS detail, i.opened_at AS since "
     "FROM investigation i INDEXED BY investigation_under_way CROSS JOIN result r ON r.id = i.result JOIN formula_control c ON c.id = r.control JOIN batch b ON b.id = i.batch "
     "WHERE i.state = 'open' AND r.entered_by <> :person AND r.analyst IS NOT :person AND NOT EXISTS (SELECT 1 FROM result_value v WHERE v.result = r.id AND v.entered_by = :person) "
     "AND " BATCH_OPERATED("b.id") " = 0 ORDER BY i.opened_at, i.id")
/* Reports of outside laboratories: what is overdue, and what is due soon. */
LINE(HOME_ORDERS,
     "SELECT o.id, 'order' AS kind, o.number, c.name || ', ' || b.number AS about, CASE WHEN o.due_on < :day THEN 'order-overdue' ELSE 'order-awaited' END AS task, "
     "o.laboratory AS detail, o.due_on AS deadline FROM laboratory_order o INDEXED BY laboratory_order_awaited CROSS JOIN batch b ON b.id = o.batch "
     "JOIN formula_control c ON c.id = o.control WHERE o.state = 'sent' AND o.due_on <= :until ORDER BY o.due_on, o.id")
/* At the laboratory's door: what was drawn for it and is not received, for those who did not make the batch. */
LINE(HOME_SAMPLES,
     "SELECT s.id, 'sample' AS kind, s.number, " OF_BATCH " AS about, 'receive-sample' AS task, s.destinations AS detail, s.at AS since FROM batch b "
     "CROSS JOIN sample s ON s.batch = b.id CROSS JOIN formula_version v ON v.id = b.version WHERE b.state = 'quarantine' AND NOT EXISTS (SELECT 1 FROM sample_reception r "
     "WHERE r.sample = s.id) AND EXISTS (SELECT 1 FROM formula_control c WHERE c.version = b.version AND c.due <> 'in-process' "
     "AND instr(',' || s.destinations || ',', ',' || c.code || ',')) AND " BATCH_OPERATED("b.id") " = 0 ORDER BY s.at, s.id")
LINE(HOME_FORMULAS,
     "SELECT draft.id, 'formula' AS kind, draft.number, f.name AS about, 'approve-formula' AS task, draft.authored_at AS since FROM formula_version draft "
     "JOIN formula f ON f.id = draft.formula WHERE draft.state = 'draft' AND draft.author <> :person AND NOT EXISTS (SELECT 1 FROM emergency_approval e WHERE e.version = draft.id) ORDER BY draft.authored_at")
/* Approved in an emergency, and not completed: every pharmacist sees it, whoever may complete it or not. */
LINE(HOME_EMERGENCIES,
     "SELECT e.id, 'formula' AS kind, v.number, " PRODUCT " AS about, CASE WHEN :person IN (e.person, v.author) THEN 'emergency-open' ELSE 'complete-emergency' END AS task, "
     "coalesce((SELECT b.number FROM batch b WHERE b.version = v.id AND b.state <> 'cancelled' ORDER BY b.id LIMIT 1), '—') AS detail, e.at AS since "
     "FROM emergency_approval e CROSS JOIN formula_version v ON v.id = e.version WHERE e.withdrawn_at IS NULL AND v.state = 'draft' ORDER BY e.at")
LINE(HOME_TEMPLATES,
     "SELECT paper.id, 'template' AS kind, paper.name AS number, 'approve-template' AS task, CAST(paper.version AS TEXT) AS detail, paper.imported_at AS since, CAST(paper.version AS TEXT) AS value "
     "FROM template paper WHERE paper.approved_by IS NULL AND paper.imported_by <> :person AND NOT EXISTS (SELECT 1 FROM template o WHERE o.name = paper.name "
     "AND o.version > paper.version) ORDER BY paper.imported_at")
LINE(HOME_FALLEN_LOTS,
     "SELECT l.id, 'lot' AS kind, l.number, m.name AS about, 'destroy-lot' AS task, l.decided_at AS since FROM lot l JOIN material m ON m.id = l.material "
     "WHERE l.state = 'refused' ORDER BY l.decided_at")
LINE(HOME_FALLEN_BATCHES,
     "SELECT b.id, 'batch' AS kind, b.number, " PRODUCT " AS about, 'destroy-batch' AS task, "
     "(SELECT max(at) FROM decision WHERE batch = b.id) AS since FROM batch b JOIN formula_version v ON v.id = b.version "
     "WHERE b.state IN ('refused', 'abandoned') ORDER BY b.id")

QUERY(HOME_RESULTS, home_key, home_result,
      "SELECT r.id, r.number, r.batch, b.number AS batch_number, c.name, c.kind, c.due, c.replicates, r.state, r.stage, r.verdict, r.raw_document, "
      "r.entered_by, r.analyst, (SELECT count(*) FROM result_value x WHERE x.result = r.id) AS entered, (SELECT count(*) FROM result_value x "
      "WHERE x.result = r.id AND x.entered_by = :person) AS entered_values, coalesce(r.closed_at, r.opened_at) AS since FROM result r "
      "CROSS JOIN batch b ON b.id = r.batch JOIN formula_control c ON c.id = r.control WHERE r.state IN ('open', 'closed') "
      "AND b.state IN ('in-preparation', 'quarantine', 'released') ORDER BY r.opened_at")
QUERY(HOME_BATCHES, home_key, batch,
      SQL_SELECT("batch", BATCH_FIELDS) "WHERE state IN ('planned', 'in-preparation', 'quarantine') AND held = 0 ORDER BY id")
