#include "magistral/store/dispensing.h"

#include "statement.h"

SHAPE(patient_return, PATIENT_RETURN_FIELDS)
SHAPE(return_line, RETURN_LINE_FIELDS)
SHAPE(patient_loss, PATIENT_LOSS_FIELDS)
SHAPE(patient_loss_line, PATIENT_LOSS_LINE_FIELDS)
SHAPE(register_line, REGISTER_LINE_FIELDS)
SHAPE(dispensing, DISPENSING_FIELDS)
SHAPE(dispensing_bottle, DISPENSING_BOTTLE_FIELDS)
SHAPE(register_row, REGISTER_ROW_FIELDS)
SHAPE(register_request, REGISTER_REQUEST_FIELDS)
SHAPE(composition, COMPOSITION_FIELDS)
SHAPE(engaged, ENGAGED_FIELDS)
SHAPE(dispensed, DISPENSED_FIELDS)
SHAPE(dispensing_row, DISPENSING_ROW_FIELDS)
SHAPE(taken_bottle, TAKEN_BOTTLE_FIELDS)

QUERY(REGISTER_LINE_INSERT, register_line, nothing, SQL_INSERT("register_line", REGISTER_LINE_FIELDS))
QUERY(REGISTER_LINE_BY_ID, register_line, register_line, SQL_SELECT("register_line", REGISTER_LINE_FIELDS) "WHERE id = :id")
QUERY(DISPENSING_INSERT, dispensing, nothing, SQL_INSERT("dispensing", DISPENSING_FIELDS))
QUERY(DISPENSING_BY_ID, dispensing, dispensing, SQL_SELECT("dispensing", DISPENSING_FIELDS) "WHERE id = :id")
QUERY(DISPENSING_BY_NUMBER, dispensing, dispensing, SQL_SELECT("dispensing", DISPENSING_FIELDS) "WHERE number = :number")
QUERY(DISPENSING_BOTTLE_INSERT, dispensing_bottle, nothing, "INSERT INTO dispensing_bottle (dispensing, bottle) VALUES (:dispensing, :bottle)")

QUERY(DISPENSING_CHECK, dispensing, nothing,
      "UPDATE dispensing SET state = 'checked', checked_by = :checked_by, checked_at = :checked_at WHERE id = :id")
QUERY(DISPENSING_HAND_OVER, dispensing, nothing,
      "UPDATE dispensing SET state = 'handed-over', handed_over_by = :handed_over_by, handed_over_at = :handed_over_at, "
      "collected_by = :collected_by WHERE id = :id")
QUERY(DISPENSING_CANCEL, dispensing, nothing,
      "UPDATE dispensing SET state = 'cancelled', cancelled_by = :cancelled_by, cancelled_at = :cancelled_at, "
      "cancel_reason = :cancel_reason WHERE id = :id")
QUERY(DISPENSINGS_OF_BATCH, dispensing, dispensing, SQL_SELECT("dispensing", DISPENSING_FIELDS) "WHERE batch = :batch ORDER BY id")

#define TAKEN "SELECT coalesce(sum(units), 0) AS units, coalesce(sum(charged), 0) AS charged FROM dispensing WHERE state <> 'cancelled' AND "
QUERY(DISPENSED_OF_BATCH, dispensed, dispensed, TAKEN "batch = :batch")
QUERY(DISPENSED_OF_REQUEST, dispensed, dispensed, TAKEN "request = :request")

#define ROW                                                                                                        \
    "SELECT d.id, d.number, d.state, d.confirmed_at, b.number AS batch, r.number AS request, p.pseudonym AS patient, " \
    "d.units, d.charged FROM dispensing d JOIN batch b ON b.id = d.batch JOIN request r ON r.id = d.request "          \
    "JOIN patient p ON p.id = d.patient "
#define ROW_FILTER "(:state IS NULL OR d.state = :state) ORDER BY d.id DESC"
QUERY(DISPENSING_ROWS_OF_BATCH, dispensing_row, dispensing_row,
      ROW "WHERE d.batch = (SELECT id FROM batch WHERE number = :batch) AND " ROW_FILTER)
QUERY(DISPENSING_ROWS_OF_REQUEST, dispensing_row, dispensing_row,
      ROW "WHERE d.request = (SELECT id FROM request WHERE number = :request) AND " ROW_FILTER)

QUERY(DISPENSING_BOTTLE_SCAN, dispensing_bottle, nothing,
      "UPDATE dispensing_bottle SET scanned_at = :scanned_at, label = :label WHERE dispensing = :dispensing AND bottle = :bottle")
#define UNVERIFIED "EXISTS (SELECT 1 FROM bottle_opening o WHERE o.id = b.opening AND o.verified_at IS NULL) AS unverified"
QUERY(BOTTLES_OF_BATCH, taken_bottle, taken_bottle,
      "SELECT b.id, b.number, b.batch, b.rank, b.units, b.destroyed, b.ended, " UNVERIFIED ", h.dispensing, h.taken_by, h.scanned_at FROM bottle b "
      "LEFT JOIN (SELECT t.bottle, t.dispensing, t.scanned_at, d.number AS taken_by FROM dispensing d "
      "JOIN dispensing_bottle t ON t.dispensing = d.id WHERE d.batch = :batch AND d.state <> 'cancelled') h ON h.bottle = b.id "
      "WHERE b.batch = :batch ORDER BY b.rank")
QUERY(BOTTLES_OF_DISPENSING, taken_bottle, taken_bottle,
      "SELECT b.id, b.number, b.batch, b.rank, b.units, b.destroyed, b.ended, " UNVERIFIED ", t.dispensing, t.scanned_at, l.number AS label, l.state AS label_state "
      "FROM dispensing_bottle t JOIN bottle b ON b.id = t.bottle LEFT JOIN label l ON l.id = t.label WHERE t.dispensing = :dispensing ORDER BY b.rank")
QUERY(BOTTLE_SCANNED, taken_bottle, taken_bottle,
      "SELECT b.id, b.number, b.batch, b.rank, b.units, b.destroyed, b.ended, " UNVERIFIED ", h.dispensing, h.taken_by FROM bottle b "
      "LEFT JOIN (SELECT t.bottle, t.dispensing, d.number AS taken_by FROM dispensing_bottle t JOIN dispensing d ON d.id = t.dispensing WHERE d.state <> 'cancelled') h "
      "ON h.bottle = b.id WHERE b.number = :number")

QUERY(REGISTER_LAST, register_line, register_line,
      "SELECT max(l.ordinal) AS ordinal, (SELECT e.number FROM register_line e WHERE e.book = :book AND e.year = :year AND e.kind = 'entry' "
      "ORDER BY e.ordinal DESC LIMIT 1) AS number FROM register_line l WHERE l.book = :book AND l.year = :year")
QUERY(REGISTER_ENTRY, register_line, register_line,
      SQL_SELECT("register_line", REGISTER_LINE_FIELDS) "WHERE book = :book AND number = :number AND kind = 'entry'")

#define REGISTER_WHERE                                                                                   \
    "l.book = :book AND l.year = :year AND (:since IS NULL OR l.at >= :since) AND (:until IS NULL OR l.at < :until) "
QUERY(REGISTER_ROWS, register_row, register_row,
      "SELECT l.id, l.book, l.year, l.ordinal, l.number, l.kind, l.reason, l.at, p.name AS person, l.batch, b.number AS batch_number, b.version, "
      "v.product, v.strength, v.form, v.content_mass, coalesce(d.units, b.filled, iif(b.state IN ('planned', 'in-preparation'), NULL, 0)) AS units, l.dispensing, "
      "(SELECT o.ordinal FROM register_line o WHERE o.book = l.book AND o.number = l.number AND o.kind <> l.kind) AS other "
      "FROM register_line l JOIN person p ON p.id = l.person JOIN batch b ON b.id = l.batch JOIN formula_version v ON v.id = b.version "
      "LEFT JOIN dispensing d ON d.id = l.dispensing WHERE " REGISTER_WHERE "ORDER BY l.ordinal")
QUERY(REGISTER_COUNT, register_row, register_row, "SELECT count(*) AS units FROM register_line l WHERE " REGISTER_WHERE)
QUERY(REGISTER_REQUESTS, register_request, register_request,
      "SELECT r.id, r.number, r.prescriber, r.prescriber_address, p.pseudonym AS patient FROM request r JOIN patient p ON p.id = r.patient "
      "WHERE r.id IN (SELECT request FROM dispensing WHERE id = :dispensing "
      "UNION ALL SELECT request FROM batch_request WHERE batch = :batch AND :dispensing IS NULL) ORDER BY r.id")
QUERY(COMPOSITION_OF_BATCH, composition, composition,
      "SELECT b.id AS batch, c.rank, m.name AS material, m.kind, c.amount, c.per_capsule, l.number AS lot, s.name AS supplier FROM batch b "
      "JOIN formula_component c ON c.version = b.version JOIN material m ON m.id = c.material "
      "LEFT JOIN lot l ON l.material = m.id AND l.id IN (SELECT k.lot FROM movement v JOIN container k ON k.id = v.container "
      "WHERE v.batch = :batch AND v.kind IN ('weighing', 'issue')) LEFT JOIN supplier s ON s.id = l.supplier "
      "WHERE b.id = :batch ORDER BY c.rank, l.id")
QUERY(ENGAGED_IN_BATCH, engaged, engaged,
      "SELECT w.net, w.purity FROM weighing w JOIN formula_component c ON c.id = w.component "
      "WHERE w.batch = :batch AND w.state = 'verified' AND c.amount = 'dose' ORDER BY w.rank")
QUERY(PATIENT_RETURN_INSERT, patient_return, nothing, SQL_INSERT("patient_return", PATIENT_RETURN_FIELDS))
QUERY(PATIENT_RETURN_BY_ID, patient_return, patient_return, SQL_SELECT("patient_return", PATIENT_RETURN_FIELDS) "WHERE id = :id")
#define RETURNS                                                                                                          \
    "SELECT r.id, r.dispensing, r.units, r.reason, r.person, r.at, p.identifier, p.name, d.number, d.batch FROM dispensing d " \
    "JOIN patient_return r ON r.dispensing = d.id JOIN person p ON p.id = r.person "
QUERY(PATIENT_RETURNS_OF, return_line, return_line, RETURNS "WHERE d.id = :dispensing ORDER BY r.id")
QUERY(PATIENT_RETURNS_OF_BATCH, return_line, return_line, RETURNS "WHERE d.batch = :batch ORDER BY r.id")
QUERY(PATIENT_LOSS_INSERT, patient_loss, nothing, SQL_INSERT("patient_loss", PATIENT_LOSS_FIELDS))
QUERY(PATIENT_RETURN_AMEND, patient_return, nothing, "UPDATE patient_return SET units = :units WHERE id = :id")
QUERY(PATIENT_LOSS_AMEND, patient_loss, nothing, "UPDATE patient_loss SET units = :units WHERE id = :id")
QUERY(PATIENT_LOSS_BY_ID, patient_loss, patient_loss, SQL_SELECT("patient_loss", PATIENT_LOSS_FIELDS) "WHERE id = :id")
#define PATIENT_LOSSES                                                                                                                 \
    "SELECT l.id, l.dispensing, l.units, l.reason, l.reported_by, l.person, l.at, p.identifier, p.name, d.number, d.batch FROM dispensing d " \
    "JOIN patient_loss l ON l.dispensing = d.id JOIN person p ON p.id = l.person "
QUERY(PATIENT_LOSSES_OF, patient_loss_line, patient_loss_line, PATIENT_LOSSES "WHERE d.id = :dispensing ORDER BY l.id")
QUERY(PATIENT_LOSSES_OF_BATCH, patient_loss_line, patient_loss_line, PATIENT_LOSSES "WHERE d.batch = :batch ORDER BY l.id")
