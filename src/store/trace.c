/* Both queries walk by CROSS JOIN from the few (the lots or batches reached) to the many, which SQLite keeps in that order:
 * left to itself it once began with the largest table and took 590 times as long. */
#include "magistral/store/trace.h"

#include "standing.h"
#include "statement.h"

SHAPE(trace_start, TRACE_START_FIELDS)
SHAPE(trace_down, TRACE_DOWN_FIELDS)
SHAPE(trace_up, TRACE_UP_FIELDS)

QUERY(TRACE_START, trace_start, trace_start,
      "SELECT 'lot' AS kind, number, id AS lot, NULL AS container, NULL AS batch, NULL AS bottle, NULL AS dispensing FROM lot WHERE number = :number "
      "UNION ALL SELECT 'container', number, lot, id, NULL, NULL, NULL FROM container WHERE number = :number "
      "UNION ALL SELECT 'batch', number, NULL, NULL, id, NULL, NULL FROM batch WHERE number = :number "
      "UNION ALL SELECT 'bottle', number, NULL, NULL, batch, id, NULL FROM bottle WHERE number = :number "
      "UNION ALL SELECT 'dispensing', number, NULL, NULL, batch, NULL, id FROM dispensing WHERE number = :number "
      "UNION ALL SELECT 'sample', number, NULL, NULL, batch, NULL, NULL FROM sample WHERE number = :number "
      "UNION ALL SELECT 'weighing', number, NULL, NULL, batch, NULL, NULL FROM weighing WHERE number = :number "
      "UNION ALL SELECT 'result', number, NULL, NULL, batch, NULL, NULL FROM result WHERE number = :number "
      "LIMIT 1")

/* The bottle that was opened to fill this one. */
#define FROM_BOTTLE "(SELECT f.number FROM bottle_opening w CROSS JOIN bottle f ON f.id = w.bottle WHERE w.id = o.opening)"
/* Capsules of a dispensing that came back, or that a patient lost. */
#define GONE(table) "(SELECT sum(x.units) FROM " table " x WHERE x.dispensing = d.id)"
/* The columns of trace_down, in order; each section names only the first select's. */
QUERY(TRACE_DOWN, trace_start, trace_down,
      "WITH RECURSIVE inside (id) AS (SELECT :bottle UNION ALL SELECT n.id FROM inside x CROSS JOIN bottle_opening p ON p.bottle = x.id "
      "CROSS JOIN bottle n ON n.opening = p.id), taken (id) AS (SELECT id FROM container WHERE id = :container "
      "UNION ALL SELECT id FROM container WHERE lot = :lot AND :container IS NULL), "
      "used (batch, quantity) AS MATERIALIZED (SELECT batch, -sum(quantity) FROM movement WHERE container IN (SELECT id FROM taken) "
      "AND batch IS NOT NULL GROUP BY batch UNION ALL SELECT :batch, NULL WHERE :batch IS NOT NULL) "
      /* the lot */
      "SELECT 0 AS section, l.number, NULL AS batch, m.name, s.name || ', ' || l.supplier_lot AS detail, " LOT_STANDING_STATE(LOT_STOCK_SUM) " AS state, l.received_on AS at, "
      "l.quantity, m.unit, NULL AS dispensing, NULL AS taken_by, NULL AS taken_state, NULL AS patient, NULL AS pseudonym, NULL AS returned, NULL AS lost "
      "FROM lot l CROSS JOIN material m ON m.id = l.material CROSS JOIN supplier s ON s.id = l.supplier WHERE l.id = :lot "
      /* its containers, with what is still in them */
      "UNION ALL SELECT 1, c.number, NULL, c.location, NULL, NULL, c.opened_on, (SELECT coalesce(sum(v.quantity), 0) FROM movement v "
      "WHERE v.container = c.id), m.unit, NULL, NULL, NULL, NULL, NULL, NULL, NULL "
      "FROM taken CROSS JOIN container c ON c.id = taken.id CROSS JOIN lot l ON l.id = c.lot CROSS JOIN material m ON m.id = l.material "
      /* the batches made of it, with how much went into each */
      "UNION ALL SELECT 2, b.number, b.id, f.product || ' ' || f.strength, b.registration, " BATCH_STANDING_STATE ", b.made_on, u.quantity, "
      "(SELECT m.unit FROM lot l CROSS JOIN material m ON m.id = l.material WHERE l.id = :lot), NULL, NULL, NULL, NULL, NULL, NULL, NULL "
      "FROM used u CROSS JOIN batch b ON b.id = u.batch CROSS JOIN formula_version f ON f.id = b.version "
      /* their bottles, each with the dispensing that took it */
      "UNION ALL SELECT 3, o.number, o.batch, NULL, " FROM_BOTTLE ", iif(o.destroyed, 'destroyed', o.ended), d.confirmed_at, o.units, NULL, d.id, d.number, "
      "d.state, p.id, p.pseudonym, " GONE("patient_return") ", " GONE("patient_loss") " FROM used u CROSS JOIN bottle o ON o.batch = u.batch "
      "LEFT JOIN dispensing_bottle t ON t.bottle = o.id LEFT JOIN dispensing d ON d.id = t.dispensing "
      "LEFT JOIN patient p ON p.id = d.patient WHERE (:bottle IS NULL OR o.id IN (SELECT id FROM inside x)) AND (:dispensing IS NULL OR d.id = :dispensing) "
      /* their samples, with what is left of them */
      "UNION ALL SELECT 5, e.number, e.batch, e.destinations, NULL, e.purpose, e.at, iif(e.purpose = 'reserve', iif(b.state = 'destroyed', 0, "
      "coalesce((SELECT r.units FROM sample_reception r WHERE r.sample = e.id), e.units) - e.used - (SELECT coalesce(sum(x.units), 0) FROM sample_exit x WHERE x.sample = e.id)), NULL), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL "
      "FROM used u CROSS JOIN batch b ON b.id = u.batch CROSS JOIN sample e ON e.batch = b.id WHERE :bottle IS NULL AND :dispensing IS NULL "
      /* papers about the lot, its containers, the batches; labels are counted elsewhere */
      "UNION ALL SELECT 6, q.number, NULL, q.subject, NULL, q.kind, q.issued_at, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM lot l "
      "CROSS JOIN document q ON q.subject_kind = 'lot' AND q.subject = l.number WHERE l.id = :lot "
      "UNION ALL SELECT 6, q.number, NULL, q.subject, NULL, q.kind, q.issued_at, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM taken "
      "CROSS JOIN container c ON c.id = taken.id CROSS JOIN document q ON q.subject_kind = 'container' AND q.subject = c.number "
      "UNION ALL SELECT 6, q.number, b.id, q.subject, NULL, q.kind, q.issued_at, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM used u "
      "CROSS JOIN batch b ON b.id = u.batch CROSS JOIN document q ON q.subject_kind = 'batch' AND q.subject = b.number "
      "UNION ALL SELECT 6, q.number, d.batch, q.subject, NULL, q.kind, q.issued_at, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL "
      "FROM dispensing d CROSS JOIN document q ON q.subject_kind = 'dispensing' AND q.subject = d.number WHERE d.id = :dispensing")

QUERY(TRACE_UP, trace_start, trace_up,
      "WITH used (container, quantity) AS MATERIALIZED (SELECT container, -sum(quantity) FROM movement WHERE batch = :batch GROUP BY container "
      "UNION ALL SELECT id, NULL FROM container WHERE id = :container "
      "UNION ALL SELECT id, NULL FROM container WHERE lot = :lot AND :container IS NULL), "
      "lots (id, quantity) AS MATERIALIZED (SELECT c.lot, sum(u.quantity) FROM used u CROSS JOIN container c ON c.id = u.container GROUP BY c.lot) "
      /* the dispensing and its bottles */
      "SELECT 4 AS section, d.number, r.number AS of, p.pseudonym AS name, r.prescriber AS detail, d.state, d.confirmed_at AS at, d.units AS quantity, "
      "NULL AS unit, a.identifier AS person, c.identifier AS second FROM dispensing d CROSS JOIN request r ON r.id = d.request "
      "CROSS JOIN patient p ON p.id = r.patient CROSS JOIN person a ON a.id = d.confirmed_by LEFT JOIN person c ON c.id = d.checked_by "
      "WHERE d.id = :dispensing "
      "UNION ALL SELECT 3, o.number, " FROM_BOTTLE ", NULL, NULL, iif(o.destroyed, 'destroyed', coalesce(o.ended, (SELECT e.state FROM dispensing_bottle t "
      "CROSS JOIN dispensing e ON e.id = t.dispensing WHERE t.bottle = o.id AND e.state <> 'cancelled'), b.state)), NULL, o.units, NULL, NULL, NULL "
      "FROM bottle o CROSS JOIN batch b ON b.id = o.batch WHERE o.id = :bottle "
      "UNION ALL SELECT 3, o.number, " FROM_BOTTLE ", NULL, NULL, iif(o.destroyed, 'destroyed', e.state), t.scanned_at, o.units, NULL, NULL, NULL "
      "FROM dispensing_bottle t CROSS JOIN bottle o ON o.id = t.bottle CROSS JOIN dispensing e ON e.id = t.dispensing WHERE t.dispensing = :dispensing "
      /* the batch, and for whom it was made */
      "UNION ALL SELECT 2, b.number, f.number, f.product || ' ' || f.strength, b.registration, " BATCH_STANDING_STATE ", b.made_on, b.filled, NULL, "
      "a.identifier, NULL FROM batch b CROSS JOIN formula_version f ON f.id = b.version CROSS JOIN person a ON a.id = b.planned_by "
      "WHERE b.id = :batch "
      "UNION ALL SELECT 7, r.number, NULL, p.pseudonym, r.prescriber, r.state, r.decided_at, g.units, NULL, a.identifier, c.identifier "
      "FROM batch_request g CROSS JOIN request r ON r.id = g.request CROSS JOIN patient p ON p.id = r.patient "
      "CROSS JOIN person a ON a.id = r.received_by LEFT JOIN person c ON c.id = r.decided_by WHERE g.batch = :batch AND :dispensing IS NULL "
      "UNION ALL SELECT 7, r.number, NULL, p.pseudonym, r.prescriber, r.state, r.decided_at, g.units, NULL, a.identifier, c.identifier "
      "FROM reattribution g CROSS JOIN request r ON r.id = g.request CROSS JOIN patient p ON p.id = r.patient "
      "CROSS JOIN person a ON a.id = r.received_by LEFT JOIN person c ON c.id = r.decided_by WHERE g.batch = :batch AND :dispensing IS NULL "
      /* the lots that went into it, where they come from, and their own controls */
      "UNION ALL SELECT 0, l.number, m.name, s.name || ', ' || l.supplier_lot, coalesce(l.certificate_reference, l.certificate), " LOT_STANDING_STATE(LOT_STOCK_SUM) ", l.limit_day, x.quantity, m.unit, a.identifier, "
      "c.identifier FROM lots x CROSS JOIN lot l ON l.id = x.id CROSS JOIN material m ON m.id = l.material "
      "CROSS JOIN supplier s ON s.id = l.supplier CROSS JOIN person a ON a.id = l.received_by LEFT JOIN person c ON c.id = l.decided_by "
      "UNION ALL SELECT 1, c.number, l.number, c.location, NULL, NULL, c.opened_on, u.quantity, m.unit, NULL, NULL FROM used u "
      "CROSS JOIN container c ON c.id = u.container CROSS JOIN lot l ON l.id = c.lot CROSS JOIN material m ON m.id = l.material "
      "UNION ALL SELECT 8, NULL, l.number, e.test, e.result, iif(e.conforms, 'conforms', 'does-not-conform'), e.at, NULL, NULL, a.identifier, NULL "
      "FROM lots x CROSS JOIN lot l ON l.id = x.id CROSS JOIN lot_test e ON e.lot = l.id CROSS JOIN person a ON a.id = e.person "
      /* its making */
      "UNION ALL SELECT 9, NULL, w.code, w.name, k.remarks, k.phase, k.at, NULL, NULL, a.identifier, NULL FROM clearance k "
      "CROSS JOIN work_area w ON w.id = k.work_area CROSS JOIN person a ON a.id = k.person WHERE k.batch = :batch "
      "UNION ALL SELECT 10, w.number, c.number, m.name, q.code, w.state, w.recorded_at, w.net, 'mass', a.identifier, v.identifier FROM weighing w "
      "CROSS JOIN container c ON c.id = w.container CROSS JOIN formula_component f ON f.id = w.component CROSS JOIN material m ON m.id = f.material "
      "CROSS JOIN equipment q ON q.id = w.equipment CROSS JOIN person a ON a.id = w.opened_by LEFT JOIN person v ON v.id = w.verified_by "
      "WHERE w.batch = :batch "
      "UNION ALL SELECT 11, i.number, c.number, m.name, NULL, NULL, i.issued_at, i.units, NULL, a.identifier, v.identifier FROM issue i "
      "CROSS JOIN container c ON c.id = i.container CROSS JOIN formula_component f ON f.id = i.component CROSS JOIN material m ON m.id = f.material "
      "CROSS JOIN person a ON a.id = i.issued_by LEFT JOIN person v ON v.id = i.verified_by WHERE i.batch = :batch "
      "UNION ALL SELECT 12, NULL, f.code, f.title, t.remarks, NULL, t.at, NULL, NULL, a.identifier, NULL FROM step_record t "
      "CROSS JOIN formula_step f ON f.id = t.step CROSS JOIN person a ON a.id = t.person WHERE t.batch = :batch "
      "UNION ALL SELECT 13, NULL, NULL, k.cause, NULL, k.kind, k.at, k.quantity, iif(k.kind LIKE 'powder%', 'mass', 'count'), a.identifier, NULL "
      "FROM loss k CROSS JOIN person a ON a.id = k.person WHERE k.batch = :batch "
      /* its controls and what was decided */
      "UNION ALL SELECT 5, e.number, NULL, e.destinations, NULL, e.purpose, e.at, e.units, NULL, a.identifier, NULL FROM sample e "
      "CROSS JOIN person a ON a.id = e.person WHERE e.batch = :batch "
      "UNION ALL SELECT 14, r.number, r.laboratory, f.name, r.stated, coalesce(r.verdict, r.state), r.analysed_on, NULL, NULL, a.identifier, "
      "v.identifier FROM result r CROSS JOIN formula_control f ON f.id = r.control CROSS JOIN person a ON a.id = r.entered_by "
      "LEFT JOIN person v ON v.id = r.verified_by WHERE r.batch = :batch "
      "UNION ALL SELECT 15, d.number, d.subject, d.description, d.decision, d.state, d.opened_at, NULL, NULL, a.identifier, v.identifier "
      "FROM deviation d CROSS JOIN person a ON a.id = d.opened_by LEFT JOIN person v ON v.id = d.decided_by WHERE d.batch = :batch "
      "UNION ALL SELECT 16, NULL, NULL, d.meaning, d.reason, CASE d.kind WHEN 'release' THEN 'released' WHEN 'refusal' THEN 'refused' "
      "WHEN 'hold' THEN 'held' WHEN 'recall' THEN 'recalled' ELSE d.kind END, d.at, NULL, NULL, a.identifier, NULL FROM decision d "
      "CROSS JOIN person a ON a.id = d.person WHERE d.batch = :batch "
      "UNION ALL SELECT 16, NULL, NULL, x.meaning, x.reason, 'reattribution', x.at, NULL, NULL, a.identifier, NULL FROM reattribution x "
      "CROSS JOIN person a ON a.id = x.person WHERE x.batch = :batch "
      /* papers, equipment, people */
      "UNION ALL SELECT 6, q.number, NULL, q.subject, q.reason, q.kind, q.issued_at, NULL, NULL, a.identifier, NULL FROM batch b "
      "CROSS JOIN document q ON q.subject_kind = 'batch' AND q.subject = b.number CROSS JOIN person a ON a.id = q.issued_by WHERE b.id = :batch "
      "UNION ALL SELECT 6, q.number, NULL, q.subject, q.reason, q.kind, q.issued_at, NULL, NULL, a.identifier, NULL FROM lots x "
      "CROSS JOIN lot l ON l.id = x.id CROSS JOIN document q ON q.subject_kind = 'lot' AND q.subject = l.number "
      "CROSS JOIN person a ON a.id = q.issued_by "
      "UNION ALL SELECT 17, NULL, e.code, e.name, e.calibration_reference, NULL, e.calibration_due, NULL, NULL, NULL, NULL FROM equipment e "
      "WHERE e.id IN (SELECT equipment FROM weighing WHERE batch = :batch UNION SELECT equipment FROM result WHERE batch = :batch) "
      "UNION ALL SELECT 18, NULL, NULL, p.name, p.professional_number, NULL, NULL, NULL, NULL, p.identifier, NULL FROM person p WHERE p.id IN ("
      "SELECT planned_by FROM batch WHERE id = :batch "
      "UNION SELECT author FROM formula_version WHERE id = (SELECT version FROM batch WHERE id = :batch) "
      "UNION SELECT approved_by FROM formula_version WHERE id = (SELECT version FROM batch WHERE id = :batch) "
      "UNION SELECT received_by FROM request WHERE id IN (SELECT request FROM batch_request WHERE batch = :batch) "
      "UNION SELECT decided_by FROM request WHERE id IN (SELECT request FROM batch_request WHERE batch = :batch) "
      "UNION SELECT person FROM loss WHERE batch = :batch UNION SELECT opened_by FROM deviation WHERE batch = :batch "
      "UNION SELECT person FROM clearance WHERE batch = :batch "
      "UNION SELECT opened_by FROM weighing WHERE batch = :batch UNION SELECT recorded_by FROM weighing WHERE batch = :batch "
      "UNION SELECT verified_by FROM weighing WHERE batch = :batch UNION SELECT issued_by FROM issue WHERE batch = :batch "
      "UNION SELECT verified_by FROM issue WHERE batch = :batch UNION SELECT person FROM step_record WHERE batch = :batch "
      "UNION SELECT person FROM sample WHERE batch = :batch UNION SELECT entered_by FROM result WHERE batch = :batch "
      "UNION SELECT verified_by FROM result WHERE batch = :batch UNION SELECT decided_by FROM deviation WHERE batch = :batch "
      "UNION SELECT person FROM decision WHERE batch = :batch UNION SELECT person FROM reattribution WHERE batch = :batch UNION SELECT issued_by FROM document WHERE subject_kind = 'batch' "
      "AND subject = (SELECT number FROM batch WHERE id = :batch) UNION SELECT received_by FROM lot WHERE id IN (SELECT id FROM lots) "
      "UNION SELECT decided_by FROM lot WHERE id IN (SELECT id FROM lots) "
      "UNION SELECT recalled_by FROM lot WHERE id IN (SELECT id FROM lots) UNION SELECT person FROM lot_test WHERE lot IN (SELECT id FROM lots) "
      "UNION SELECT confirmed_by FROM dispensing WHERE id = :dispensing UNION SELECT checked_by FROM dispensing WHERE id = :dispensing "
      "UNION SELECT handed_over_by FROM dispensing WHERE id = :dispensing)")
