#include "magistral/store/dispensing.h"

#include "statement.h"

SHAPE(register_line, REGISTER_LINE_FIELDS)
SHAPE(dispensing, DISPENSING_FIELDS)
SHAPE(dispensing_bottle, DISPENSING_BOTTLE_FIELDS)

QUERY(REGISTER_LINE_INSERT, register_line, nothing, SQL_INSERT("register_line", REGISTER_LINE_FIELDS))
QUERY(REGISTER_LINE_BY_ID, register_line, register_line, SQL_SELECT("register_line", REGISTER_LINE_FIELDS) "WHERE id = :id")
QUERY(DISPENSING_INSERT, dispensing, nothing, SQL_INSERT("dispensing", DISPENSING_FIELDS))
QUERY(DISPENSING_BY_ID, dispensing, dispensing, SQL_SELECT("dispensing", DISPENSING_FIELDS) "WHERE id = :id")
QUERY(DISPENSING_BY_NUMBER, dispensing, dispensing, SQL_SELECT("dispensing", DISPENSING_FIELDS) "WHERE number = :number")
QUERY(DISPENSING_BOTTLE_INSERT, dispensing_bottle, nothing, "INSERT INTO dispensing_bottle (dispensing, bottle, scanned_at) VALUES (:dispensing, :bottle, :scanned_at)")
QUERY(REGISTER_LINE_LAST, register_line, register_line,
      SQL_SELECT("register_line", REGISTER_LINE_FIELDS) "WHERE book = :book AND year = :year ORDER BY ordinal DESC LIMIT 1")
