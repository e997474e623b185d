#include "magistral/store/lot.h"

#include "standing.h"
#include "statement.h"

SHAPE(lot, LOT_FIELDS)
SHAPE(lot_retest, LOT_RETEST_FIELDS)
SHAPE(lot_test, LOT_TEST_FIELDS)
SHAPE(container, CONTAINER_FIELDS)
SHAPE(movement, MOVEMENT_FIELDS)
SHAPE(lot_line, LOT_LINE_FIELDS)
SHAPE(lot_test_line, LOT_TEST_LINE_FIELDS)
SHAPE(stock_line, STOCK_LINE_FIELDS)
SHAPE(count_movement, COUNT_MOVEMENT_FIELDS)
SHAPE(stock_count, STOCK_COUNT_FIELDS)
SHAPE(movement_line, MOVEMENT_LINE_FIELDS)

QUERY(LOT_INSERT, lot, nothing, SQL_INSERT("lot", LOT_FIELDS))
QUERY(LOT_BY_ID, lot, lot, SQL_SELECT("lot", LOT_FIELDS) "WHERE id = :id")
QUERY(LOT_BY_NUMBER, lot, lot, SQL_SELECT("lot", LOT_FIELDS) "WHERE number = :number")
QUERY(LOT_TEST_INSERT, lot_test, nothing, SQL_INSERT("lot_test", LOT_TEST_FIELDS))
QUERY(LOT_TEST_BY_ID, lot_test, lot_test, SQL_SELECT("lot_test", LOT_TEST_FIELDS) "WHERE id = :id")
QUERY(CONTAINER_INSERT, container, nothing, SQL_INSERT("container", CONTAINER_FIELDS))
QUERY(CONTAINER_BY_ID, container, container, SQL_SELECT("container", CONTAINER_FIELDS) "WHERE id = :id")
QUERY(CONTAINER_BY_NUMBER, container, container, SQL_SELECT("container", CONTAINER_FIELDS) "WHERE number = :number")
QUERY(MOVEMENT_INSERT, movement, nothing, SQL_INSERT("movement", MOVEMENT_FIELDS))
QUERY(MOVEMENT_BY_ID, movement, movement, SQL_SELECT("movement", MOVEMENT_FIELDS) "WHERE id = :id")

QUERY(LOT_ACCEPT, lot, nothing,
      "UPDATE lot SET state = :state, assay = :assay, assay_basis = :assay_basis, water = :water, correction_source = :correction_source, "
      "own_control = :own_control, decided_by = :decided_by, decided_at = :decided_at WHERE id = :id")
QUERY(LOT_RETEST, lot, nothing,
      "UPDATE lot SET limit_day = :limit_day, assay = :assay, assay_basis = :assay_basis, water = :water, correction_source = :correction_source, "
      "own_control = :own_control WHERE id = :id AND state = 'accepted'")
QUERY(LOT_RETEST_INSERT, lot_retest, nothing, SQL_INSERT("lot_retest", LOT_RETEST_FIELDS))
QUERY(LOT_RETEST_BY_ID, lot_retest, lot_retest, SQL_SELECT("lot_retest", LOT_RETEST_FIELDS) "WHERE id = :id")
QUERY(LOT_RETESTS_OF, lot_retest, lot_retest, SQL_SELECT("lot_retest", LOT_RETEST_FIELDS) "WHERE lot = :lot ORDER BY id")
QUERY(LOT_REFUSE, lot, nothing,
      "UPDATE lot SET state = :state, decided_by = :decided_by, decided_at = :decided_at, decision_reason = :decision_reason WHERE id = :id")
QUERY(LOT_RECALL, lot, nothing,
      "UPDATE lot SET state = 'recalled', recalled_by = :recalled_by, recalled_at = :recalled_at, recall_reason = :recall_reason WHERE id = :id")
QUERY(LOT_DESTROY, lot, nothing, "UPDATE lot SET state = :state WHERE id = :id")
QUERY(LOT_AMEND, lot, nothing,
      "UPDATE lot SET manufacturer = :manufacturer, supplier_lot = :supplier_lot, quantity = :quantity, price = :price, limit_kind = :limit_kind, "
      "limit_day = :limit_day, certificate_reference = :certificate_reference WHERE id = :id")
QUERY(LOT_SAME, lot, lot,
      SQL_SELECT("lot", LOT_FIELDS) "WHERE material = :material AND supplier = :supplier AND supplier_lot = :supplier_lot AND received_on = :received_on")
QUERY(CONTAINER_OPEN, container, nothing, "UPDATE container SET opened_on = :opened_on, end_of_use = :end_of_use WHERE id = :id")

#define LOT_COLUMNS                                                                                                                \
    "SELECT id, number, material, material_name, unit, supplier, supplier_name, supplier_lot, received_on, limit_kind, limit_day, "  \
    "shown_state AS state, quantity, stock FROM "                                                                                  \
    "(SELECT l.*, " LOT_STANDING_STATE("l.stock") " AS shown_state FROM "                                                          \
    "(SELECT l.id, l.number, m.code AS material, m.name AS material_name, m.unit, s.code AS supplier, s.name AS supplier_name, "   \
    "l.supplier_lot, l.received_on, l.limit_kind, l.limit_day, l.state, l.quantity, " LOT_STOCK_SUM " AS stock "                   \
    "FROM lot l JOIN material m ON m.id = l.material JOIN supplier s ON s.id = l.supplier "                                       \
    "WHERE (:number IS NULL OR l.number = :number) AND (:material IS NULL OR m.code = :material) "                                \
    "AND (:supplier IS NULL OR s.code = :supplier)) l) "

QUERY(LOT_LINES, lot_line, lot_line, LOT_COLUMNS "WHERE :state IS NULL OR shown_state = :state ORDER BY id")
/* What may be used first, then the rest; in each, the first to expire first. */
QUERY(LOTS_IN_STOCK, lot_line, lot_line,
      LOT_COLUMNS "WHERE stock <> 0 ORDER BY material, shown_state <> 'accepted', limit_day IS NULL, limit_day, id")

QUERY(LOT_TEST_LINES, lot_test_line, lot_test_line,
      "SELECT t.id, t.test, t.method, t.result, t.conforms, t.raw_document, d.type AS raw_type, d.size AS raw_size, p.identifier AS person, t.at "
      "FROM lot_test t JOIN person p ON p.id = t.person LEFT JOIN content d ON d.digest = t.raw_document WHERE t.lot = :lot ORDER BY t.id")

#define STOCK_COLUMNS                                                                                             \
    "SELECT c.id, c.number AS container, c.rank, c.lot, l.number AS lot_number, l.material, l.limit_kind, l.limit_day, c.opened_on, " \
    "c.end_of_use, CASE WHEN c.end_of_use < l.limit_day THEN c.end_of_use ELSE l.limit_day END AS last_day, c.location, "             \
    "coalesce(sum(m.quantity), 0) AS quantity FROM lot l JOIN container c ON c.lot = l.id LEFT JOIN movement m ON m.container = c.id "

QUERY(CONTAINER_STOCK, stock_line, stock_line, "SELECT coalesce(sum(quantity), 0) AS quantity FROM movement WHERE container = :id")
QUERY(LOT_STOCK, stock_line, stock_line, STOCK_COLUMNS "WHERE l.id = :lot GROUP BY c.id ORDER BY c.rank")
/* First to expire, first out; what is open before what is closed. */
QUERY(STOCK_USABLE, stock_line, stock_line,
      STOCK_COLUMNS "WHERE l.material = :material AND l.state = 'accepted' AND l.limit_day >= :day AND (c.end_of_use IS NULL OR c.end_of_use >= :day) "
                    "AND NOT EXISTS (SELECT 1 FROM excursion_container x WHERE x.container = c.id AND x.state IN ('held', 'condemned')) "
                    "GROUP BY c.id HAVING sum(m.quantity) > 0 ORDER BY last_day, l.id, c.opened_on IS NULL, c.rank")

QUERY(COUNT_MOVEMENT_INSERT, count_movement, nothing,
      "INSERT INTO movement (id, container, kind, quantity, person, second_person, at, reason) "
      "VALUES (nullif(:id, 0), :container, 'count', :quantity, :person, :second_person, :at, :reason)")

QUERY(STOCK_COUNT_INSERT, stock_count, nothing, SQL_INSERT("stock_count", STOCK_COUNT_FIELDS))
QUERY(STOCK_COUNT_BY_ID, stock_count, stock_count, SQL_SELECT("stock_count", STOCK_COUNT_FIELDS) "WHERE id = :id")
QUERY(STOCK_COUNT_PROPOSED, stock_count, stock_count,
      SQL_SELECT("stock_count", STOCK_COUNT_FIELDS) "WHERE container = :container AND state = 'proposed'")
QUERY(STOCK_COUNT_SETTLE, stock_count, nothing,
      "UPDATE stock_count SET state = :state, verified_by = :verified_by, verified_at = :verified_at WHERE id = :id AND state = 'proposed'")
QUERY(CONTAINER_RECEIVED, stock_line, stock_line,
      "SELECT coalesce(sum(quantity), 0) AS quantity FROM movement WHERE container = :id AND (kind = 'receipt' OR (kind = 'amendment' AND batch IS NULL))")

#define MOVEMENT_COLUMNS                                                                                                       \
    "SELECT m.id, c.number AS container_number, m.kind, m.quantity, b.number AS batch, p.identifier AS person, "              \
    "s.identifier AS second_person, m.at, m.reason FROM movement m JOIN container c ON c.id = m.container "                   \
    "JOIN person p ON p.id = m.person LEFT JOIN person s ON s.id = m.second_person LEFT JOIN batch b ON b.id = m.batch "

QUERY(MOVEMENTS_OF_CONTAINER, movement_line, movement_line, MOVEMENT_COLUMNS "WHERE m.container = :container ORDER BY m.id")
QUERY(MOVEMENTS_OF_LOT, movement_line, movement_line, MOVEMENT_COLUMNS "WHERE c.lot = :lot ORDER BY m.id")
QUERY(BATCH_HOLDS, movement, stock_line,
      "SELECT -coalesce(sum(quantity), 0) AS quantity FROM movement WHERE batch = :batch AND container = :container AND kind IN ('issue', 'return', 'amendment')")
QUERY(SHELLS_RECONCILED, movement, stock_line, "SELECT count(*) AS quantity FROM reconciliation WHERE batch = :batch AND kind = 'shells'")
