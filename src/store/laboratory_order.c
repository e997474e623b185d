#include "magistral/store/laboratory_order.h"

#include "statement.h"

SHAPE(laboratory_order, LABORATORY_ORDER_FIELDS)
SHAPE(laboratory_order_line, LABORATORY_ORDER_LINE_FIELDS)

#define OWN SQL_SELECT("laboratory_order", LABORATORY_ORDER_FIELDS)
QUERY(LABORATORY_ORDER_INSERT, laboratory_order, nothing, SQL_INSERT("laboratory_order", LABORATORY_ORDER_FIELDS))
QUERY(LABORATORY_ORDER_BY_ID, laboratory_order, laboratory_order, OWN "WHERE id = :id")
QUERY(LABORATORY_ORDER_BY_NUMBER, laboratory_order, laboratory_order, OWN "WHERE number = :number")
QUERY(LABORATORY_ORDER_SENT, laboratory_order, laboratory_order, OWN "WHERE batch = :batch AND control = :control AND state = 'sent'")
QUERY(LABORATORY_ORDER_TO_ENTER, laboratory_order, laboratory_order,
      OWN "WHERE batch = :batch AND control = :control AND state = 'received' "
          "AND NOT EXISTS (SELECT 1 FROM result r WHERE r.laboratory_order = laboratory_order.id) ORDER BY id DESC LIMIT 1")
QUERY(LABORATORY_ORDER_RECEIVE, laboratory_order, nothing,
      "UPDATE laboratory_order SET state = 'received', received_on = :received_on, report = :report, received_by = :received_by, "
      "received_at = :received_at WHERE id = :id AND state = 'sent'")
QUERY(LABORATORY_ORDER_CANCEL, laboratory_order, nothing,
      "UPDATE laboratory_order SET state = 'cancelled', reason = :reason, cancelled_by = :cancelled_by, cancelled_at = :cancelled_at "
      "WHERE id = :id AND state = 'sent'")
#define ORDER_COLUMN(name) ", o." #name
#define LINES \
    "SELECT o.id" LABORATORY_ORDER_FIELDS(ORDER_COLUMN, ORDER_COLUMN) ", b.number AS batch_number, c.code, c.name, s.number AS sample_number, " \
    "p.identifier AS ordered_identifier, p.name AS ordered_name, q.identifier AS received_identifier, q.name AS received_name, x.identifier AS cancelled_identifier, " \
    "x.name AS cancelled_name, (SELECT r.number FROM result r WHERE r.laboratory_order = o.id) AS result_number FROM laboratory_order o JOIN batch b ON b.id = o.batch " \
    "JOIN formula_control c ON c.id = o.control JOIN person p ON p.id = o.ordered_by LEFT JOIN sample s ON s.id = o.sample LEFT JOIN person q ON q.id = o.received_by " \
    "LEFT JOIN person x ON x.id = o.cancelled_by "
QUERY(LABORATORY_ORDER_LINE, laboratory_order_line, laboratory_order_line, LINES "WHERE o.number = :number")
QUERY(LABORATORY_ORDERS_OF, laboratory_order_line, laboratory_order_line, LINES "WHERE o.batch = :batch ORDER BY o.id")
