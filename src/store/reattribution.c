#include "magistral/store/reattribution.h"

#include "standing.h"
#include "statement.h"

SHAPE(reattribution, REATTRIBUTION_FIELDS)
SHAPE(reattribution_line, REATTRIBUTION_LINE_FIELDS)
SHAPE(share, SHARE_FIELDS)
SHAPE(awaited, AWAITED_FIELDS)
SHAPE(made_again, MADE_AGAIN_FIELDS)

QUERY(REATTRIBUTION_INSERT, reattribution, nothing, SQL_INSERT("reattribution", REATTRIBUTION_FIELDS))
QUERY(REATTRIBUTION_BY_ID, reattribution, reattribution, SQL_SELECT("reattribution", REATTRIBUTION_FIELDS) "WHERE id = :id")
#define COLUMN(name) ", x." #name
#define LINES                                                                                                                  \
    "SELECT x.id" REATTRIBUTION_FIELDS(COLUMN, COLUMN) ", b.number AS batch_number, r.number AS request_number, t.pseudonym AS patient, " \
    "f.number AS from_number, p.identifier, p.name FROM reattribution x JOIN batch b ON b.id = x.batch JOIN request r ON r.id = x.request "  \
    "JOIN patient t ON t.id = r.patient LEFT JOIN request f ON f.id = x.from_request JOIN person p ON p.id = x.person "
QUERY(REATTRIBUTIONS_OF_BATCH, reattribution, reattribution_line, LINES "WHERE x.batch = :batch ORDER BY x.id")
QUERY(REATTRIBUTIONS_OF_REQUEST, reattribution, reattribution_line, LINES "WHERE x.request = :request ORDER BY x.id")

#define SUM(table, condition) "(SELECT coalesce(sum(units), 0) FROM " table " WHERE " condition ")"
#define SHARE                                                                                                       \
    "SELECT r.id, :batch AS batch, r.id AS request, r.number, r.state, r.units AS asked, "                           \
    SUM("batch_request", "batch = :batch AND request = r.id") " + " SUM("reattribution", "batch = :batch AND request = r.id") " - " \
    SUM("reattribution", "from_request = r.id AND batch = :batch") " AS promised, "                                  \
    SUM("dispensing", "batch = :batch AND request = r.id AND state <> 'cancelled'") " AS given, "                    \
    SUM("dispensing", "request = r.id AND state <> 'cancelled'") " AS everywhere FROM request r "                    \
    "WHERE r.id IN (SELECT request FROM batch_request WHERE batch = :batch UNION SELECT request FROM reattribution WHERE batch = :batch) "
QUERY(SHARES_OF_BATCH, share, share, SHARE "ORDER BY r.id")
QUERY(SHARE_OF_REQUEST, share, share, SHARE "AND r.id = :request")
QUERY(AWAITED_BY_REQUEST, awaited, awaited,
      "SELECT :request AS request, coalesce(sum(max(0, x.units - " SUM("dispensing", "batch = x.batch AND request = :request AND state <> 'cancelled'")
      ")), 0) AS units FROM (SELECT batch, sum(units) AS units FROM reattribution WHERE request = :request GROUP BY batch) x "
      "JOIN batch b ON b.id = x.batch WHERE b.state = 'released'")
QUERY(MADE_AGAIN_OF_BATCH, made_again, made_again,
      "SELECT :batch AS batch, :day AS day, coalesce(sum(max(0, br.units - " SUM("dispensing", "batch = b.id AND request = br.request AND state <> 'cancelled'")
      ")), 0) AS units FROM batch_request br JOIN batch b ON b.id = br.batch WHERE b.id > :batch AND NOT " BATCH_FELL " AND (b.expiry IS NULL OR b.expiry >= :day) "
      "AND br.request IN (SELECT request FROM batch_request WHERE batch = :batch)")
