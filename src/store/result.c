#include "magistral/store/result.h"

#include "statement.h"

SHAPE(result, RESULT_FIELDS)
SHAPE(result_value, RESULT_VALUE_FIELDS)

QUERY(RESULT_INSERT, result, nothing, SQL_INSERT("result", RESULT_FIELDS))
QUERY(RESULT_BY_ID, result, result, SQL_SELECT("result", RESULT_FIELDS) "WHERE id = :id")
QUERY(RESULT_BY_NUMBER, result, result, SQL_SELECT("result", RESULT_FIELDS) "WHERE number = :number")
QUERY(RESULT_VALUE_INSERT, result_value, nothing, SQL_INSERT("result_value", RESULT_VALUE_FIELDS))
QUERY(RESULT_VALUE_BY_ID, result_value, result_value, SQL_SELECT("result_value", RESULT_VALUE_FIELDS) "WHERE id = :id")
