#include "magistral/store/deviation.h"

#include "statement.h"

SHAPE(deviation, DEVIATION_FIELDS)
SHAPE(decision, DECISION_FIELDS)

QUERY(DEVIATION_INSERT, deviation, nothing, SQL_INSERT("deviation", DEVIATION_FIELDS))
QUERY(DEVIATION_BY_ID, deviation, deviation, SQL_SELECT("deviation", DEVIATION_FIELDS) "WHERE id = :id")
QUERY(DEVIATION_BY_NUMBER, deviation, deviation, SQL_SELECT("deviation", DEVIATION_FIELDS) "WHERE number = :number")
QUERY(DECISION_INSERT, decision, nothing, SQL_INSERT("decision", DECISION_FIELDS))
QUERY(DECISION_BY_ID, decision, decision, SQL_SELECT("decision", DECISION_FIELDS) "WHERE id = :id")
