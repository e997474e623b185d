#include "magistral/store/batch.h"

#include "magistral/store/lot.h"
#include "standing.h"
#include "statement.h"

SHAPE(batch, BATCH_FIELDS)
SHAPE(batch_standing, BATCH_STANDING_FIELDS)
SHAPE(batch_request, BATCH_REQUEST_FIELDS)
SHAPE(mass_result, MASS_RESULT_FIELDS)
SHAPE(label_count, LABEL_COUNT_FIELDS)
SHAPE(batch_request_line, BATCH_REQUEST_LINE_FIELDS)
SHAPE(clearance, CLEARANCE_FIELDS)
SHAPE(step_record, STEP_RECORD_FIELDS)
SHAPE(step_value, STEP_VALUE_FIELDS)
SHAPE(loss, LOSS_FIELDS)
SHAPE(sample, SAMPLE_FIELDS)
SHAPE(bottle, BOTTLE_FIELDS)
SHAPE(reconciliation, RECONCILIATION_FIELDS)
SHAPE(destruction, DESTRUCTION_FIELDS)

QUERY(BATCH_INSERT, batch, nothing, SQL_INSERT("batch", BATCH_FIELDS))
QUERY(BATCH_BY_ID, batch, batch, SQL_SELECT("batch", BATCH_FIELDS) "WHERE id = :id")
QUERY(BATCH_BY_NUMBER, batch, batch, SQL_SELECT("batch", BATCH_FIELDS) "WHERE number = :number")
QUERY(BATCH_REQUEST_INSERT, batch_request, nothing, "INSERT INTO batch_request (batch, request, units) VALUES (:batch, :request, :units)")
QUERY(CLEARANCE_INSERT, clearance, nothing, SQL_INSERT("clearance", CLEARANCE_FIELDS))
QUERY(CLEARANCE_BY_ID, clearance, clearance, SQL_SELECT("clearance", CLEARANCE_FIELDS) "WHERE id = :id")
QUERY(STEP_RECORD_INSERT, step_record, nothing, SQL_INSERT("step_record", STEP_RECORD_FIELDS))
QUERY(STEP_RECORD_BY_ID, step_record, step_record, SQL_SELECT("step_record", STEP_RECORD_FIELDS) "WHERE id = :id")
QUERY(STEP_VALUE_INSERT, step_value, nothing, SQL_INSERT("step_value", STEP_VALUE_FIELDS))
QUERY(STEP_VALUE_AMEND, step_value, nothing, "UPDATE step_value SET value = :value, within = :within WHERE id = :id")
QUERY(STEP_VALUE_BY_ID, step_value, step_value, SQL_SELECT("step_value", STEP_VALUE_FIELDS) "WHERE id = :id")
QUERY(LOSS_INSERT, loss, nothing, SQL_INSERT("loss", LOSS_FIELDS))
QUERY(LOSS_BY_ID, loss, loss, SQL_SELECT("loss", LOSS_FIELDS) "WHERE id = :id")
QUERY(SAMPLE_INSERT, sample, nothing, SQL_INSERT("sample", SAMPLE_FIELDS))
QUERY(SAMPLE_BY_ID, sample, sample, SQL_SELECT("sample", SAMPLE_FIELDS) "WHERE id = :id")
QUERY(SAMPLE_BY_NUMBER, sample, sample, SQL_SELECT("sample", SAMPLE_FIELDS) "WHERE number = :number")
QUERY(BOTTLE_INSERT, bottle, nothing, SQL_INSERT("bottle", BOTTLE_FIELDS))
QUERY(BOTTLE_BY_ID, bottle, bottle, SQL_SELECT("bottle", BOTTLE_FIELDS) "WHERE id = :id")
QUERY(BOTTLE_BY_NUMBER, bottle, bottle, SQL_SELECT("bottle", BOTTLE_FIELDS) "WHERE number = :number")
QUERY(DESTRUCTION_INSERT, destruction, nothing, SQL_INSERT("destruction", DESTRUCTION_FIELDS))
QUERY(DESTRUCTION_BY_ID, destruction, destruction, SQL_SELECT("destruction", DESTRUCTION_FIELDS) "WHERE id = :id")
QUERY(DESTRUCTIONS_OF, destruction, destruction, SQL_SELECT("destruction", DESTRUCTION_FIELDS) "WHERE batch = :batch ORDER BY id")
QUERY(DESTRUCTION_PROPOSED, destruction, destruction, SQL_SELECT("destruction", DESTRUCTION_FIELDS) "WHERE batch = :batch AND state = 'proposed'")
QUERY(DESTRUCTION_SETTLE, destruction, nothing,
      "UPDATE destruction SET state = :state, witnessed_by = :witnessed_by, witnessed_at = :witnessed_at WHERE id = :id AND state = 'proposed'")
QUERY(RECONCILIATION_INSERT, reconciliation, nothing, SQL_INSERT("reconciliation", RECONCILIATION_FIELDS))
QUERY(RECONCILIATION_BY_ID, reconciliation, reconciliation, SQL_SELECT("reconciliation", RECONCILIATION_FIELDS) "WHERE id = :id")
QUERY(BATCH_STANDING, batch_standing, batch_standing, "SELECT " BATCH_STANDING_STATE " AS state, b.expiry FROM batch b WHERE b.id = :id")
/* What was taken for a batch and did not come back whole is in it, or was thrown away for it. */
#define WITH_LOT(states)                                                                                                   \
    SQL_SELECT("batch", BATCH_FIELDS) "WHERE state IN (" states ") AND id IN (SELECT v.batch FROM container c "             \
    "JOIN movement v ON v.container = c.id WHERE c.lot = :id AND v.batch IS NOT NULL GROUP BY v.batch HAVING sum(v.quantity) < 0) ORDER BY id"
QUERY(BATCHES_WITH_LOT, lot, batch, WITH_LOT("'in-preparation', 'quarantine', 'released'"))
QUERY(BATCHES_TOLD_OF_LOT, lot, batch, WITH_LOT("'in-preparation', 'quarantine', 'released', 'recalled'"))
QUERY(RECALLED_LOTS_OF_BATCH, batch, lot,
      SQL_SELECT("lot", LOT_FIELDS) "WHERE recalled_at IS NOT NULL AND id IN (SELECT c.lot FROM movement v JOIN container c "
      "ON c.id = v.container WHERE v.batch = :id GROUP BY c.lot HAVING sum(v.quantity) < 0) ORDER BY id")
QUERY(BATCH_IN_AREA, batch, batch, SQL_SELECT("batch", BATCH_FIELDS) "WHERE work_area = :work_area AND state = 'in-preparation'")
QUERY(BATCH_START, batch, nothing,
      "UPDATE batch SET state = 'in-preparation', registration = :registration, made_on = :made_on, started_at = :started_at "
      "WHERE id = :id AND state = 'planned'")
QUERY(BATCH_MADE_ON, batch, nothing, "UPDATE batch SET made_on = :made_on, expiry = :expiry, expiry_cause = :expiry_cause WHERE id = :id")
QUERY(BATCH_FILL, batch, nothing,
      "UPDATE batch SET state = 'quarantine', filled = :filled, filled_at = :filled_at, expiry = :expiry, expiry_cause = :expiry_cause "
      "WHERE id = :id AND state = 'in-preparation'")
QUERY(BATCH_PACKAGE, batch, nothing, "UPDATE batch SET conforming = :conforming, packaged_at = :packaged_at WHERE id = :id AND state = 'quarantine'")
QUERY(BATCH_AMEND, batch, nothing, "UPDATE batch SET filled = :filled, conforming = :conforming WHERE id = :id")
QUERY(BATCH_HOLD, batch, nothing, "UPDATE batch SET held = :held WHERE id = :id AND held <> :held")
QUERY(BATCH_END, batch, nothing, "UPDATE batch SET state = :state WHERE id = :id AND state <> :state")
QUERY(BATCH_DESTROY, batch, nothing,
      "UPDATE batch SET state = 'destroyed', destroyed_units = :destroyed_units, destroyed_by = :destroyed_by, destroyed_at = :destroyed_at, "
      "destruction_reference = :destruction_reference WHERE id = :id AND state <> 'destroyed'")
QUERY(BATCH_REQUESTS_OF, batch_request_line, batch_request_line,
      "SELECT r.id, br.batch, r.number, r.patient, p.pseudonym, r.prescriber, r.daily_units, r.days, br.units FROM batch_request br "
      "JOIN request r ON r.id = br.request JOIN patient p ON p.id = r.patient WHERE br.batch = :batch ORDER BY r.id")
QUERY(CLEARANCES_OF, clearance, clearance, SQL_SELECT("clearance", CLEARANCE_FIELDS) "WHERE batch = :batch ORDER BY id")
QUERY(STEP_RECORDS_OF, step_record, step_record, SQL_SELECT("step_record", STEP_RECORD_FIELDS) "WHERE batch = :batch ORDER BY id")
QUERY(STEP_VALUES_OF, step_value, step_value, SQL_SELECT("step_value", STEP_VALUE_FIELDS) "WHERE record = :record ORDER BY rank")
QUERY(LOSSES_OF, loss, loss, SQL_SELECT("loss", LOSS_FIELDS) "WHERE batch = :batch ORDER BY id")
QUERY(BOTTLES_OF, bottle, bottle, SQL_SELECT("bottle", BOTTLE_FIELDS) "WHERE batch = :batch ORDER BY rank")
QUERY(BOTTLE_DESTROY, bottle, nothing, "UPDATE bottle SET destroyed = 1 WHERE id = :id AND destroyed = 0")
QUERY(RECONCILIATIONS_EVER, reconciliation, reconciliation, SQL_SELECT("reconciliation", RECONCILIATION_FIELDS) "WHERE batch = :batch ORDER BY id")
QUERY(RECONCILIATIONS_OF, reconciliation, reconciliation,
      SQL_SELECT("reconciliation", RECONCILIATION_FIELDS) "WHERE batch = :batch AND edition = (SELECT max(o.edition) FROM reconciliation o "
      "WHERE o.batch = :batch AND o.kind = reconciliation.kind) ORDER BY id")
QUERY(BATCH_ANALYSED, batch, nothing, "UPDATE batch SET analysed_on = :analysed_on WHERE id = :id")
QUERY(SAMPLE_AMEND, sample, nothing, "UPDATE sample SET units = :units WHERE id = :id")
QUERY(LOSS_AMEND, loss, nothing, "UPDATE loss SET quantity = :quantity WHERE id = :id")
QUERY(BOTTLE_AMEND, bottle, nothing, "UPDATE bottle SET units = :units WHERE id = :id")
QUERY(SAMPLE_USE, sample, nothing, "UPDATE sample SET used = :used WHERE id = :id")
QUERY(MASS_RESULT_OF, mass_result, mass_result,
      "SELECT r.id, r.number, r.computation FROM result r JOIN formula_control c ON c.id = r.control WHERE r.batch = :batch "
      "AND c.kind = 'mass-uniformity' AND r.state IN ('closed', 'verified') AND r.computation IS NOT NULL ORDER BY r.id DESC LIMIT 1")
QUERY(LABEL_COUNTS_OF, label_count, label_count,
      "SELECT state, count(*) AS labels FROM label WHERE batch = :batch GROUP BY state ORDER BY state")
