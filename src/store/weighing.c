#include "magistral/store/weighing.h"

#include "statement.h"

SHAPE(weighing, WEIGHING_FIELDS)
SHAPE(issue, ISSUE_FIELDS)

QUERY(WEIGHING_INSERT, weighing, nothing, SQL_INSERT("weighing", WEIGHING_FIELDS))
QUERY(WEIGHING_BY_ID, weighing, weighing, SQL_SELECT("weighing", WEIGHING_FIELDS) "WHERE id = :id")
QUERY(WEIGHING_BY_NUMBER, weighing, weighing, SQL_SELECT("weighing", WEIGHING_FIELDS) "WHERE number = :number")
QUERY(ISSUE_INSERT, issue, nothing, SQL_INSERT("issue", ISSUE_FIELDS))
QUERY(ISSUE_BY_ID, issue, issue, SQL_SELECT("issue", ISSUE_FIELDS) "WHERE id = :id")
QUERY(ISSUE_BY_NUMBER, issue, issue, SQL_SELECT("issue", ISSUE_FIELDS) "WHERE number = :number")
