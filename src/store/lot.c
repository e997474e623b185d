#include "magistral/store/lot.h"

#include "statement.h"

SHAPE(lot, LOT_FIELDS)
SHAPE(lot_test, LOT_TEST_FIELDS)
SHAPE(container, CONTAINER_FIELDS)
SHAPE(movement, MOVEMENT_FIELDS)

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
