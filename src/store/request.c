#include "magistral/store/request.h"

#include "standing.h"
#include "statement.h"

SHAPE(patient, PATIENT_FIELDS)
SHAPE(request, REQUEST_FIELDS)
SHAPE(batch_of_request, BATCH_OF_REQUEST_FIELDS)
SHAPE(request_replacement, REQUEST_REPLACEMENT_FIELDS)
SHAPE(replacement_line, REPLACEMENT_LINE_FIELDS)

QUERY(PATIENT_INSERT, patient, nothing, SQL_INSERT("patient", PATIENT_FIELDS))
QUERY(PATIENT_BY_ID, patient, patient, SQL_SELECT("patient", PATIENT_FIELDS) "WHERE id = :id")
QUERY(PATIENT_BY_PSEUDONYM, patient, patient, SQL_SELECT("patient", PATIENT_FIELDS) "WHERE pseudonym = :pseudonym")
QUERY(REQUEST_INSERT, request, nothing, SQL_INSERT("request", REQUEST_FIELDS))
QUERY(REQUEST_BY_ID, request, request, SQL_SELECT("request", REQUEST_FIELDS) "WHERE id = :id")
QUERY(REQUEST_BY_NUMBER, request, request, SQL_SELECT("request", REQUEST_FIELDS) "WHERE number = :number")
QUERY(REQUEST_WITHDRAW, request, nothing,
      "UPDATE request SET state = 'withdrawn', withdrawn_by = :withdrawn_by, withdrawn_at = :withdrawn_at, withdrawn_reason = :withdrawn_reason "
      "WHERE id = :id AND state = 'accepted'")
QUERY(REQUEST_SERVE, request, nothing,
      "UPDATE request SET state = 'served' WHERE id = :id AND state = 'accepted'")
QUERY(REQUEST_SAME, request, request,
      SQL_SELECT("request", REQUEST_FIELDS) "WHERE patient = :patient AND formula = :formula AND prescribed_on = :prescribed_on "
      "AND state NOT IN ('refused', 'withdrawn') ORDER BY id LIMIT 1")
QUERY(REQUEST_DECIDE, request, nothing,
      "UPDATE request SET state = :state, legal_basis = :legal_basis, reason = :reason, decided_by = :decided_by, decided_at = :decided_at "
      "WHERE id = :id AND state = 'received'")
QUERY(BATCHES_OF_REQUEST, batch_of_request, batch_of_request,
      "SELECT b.id, br.request, b.number, " BATCH_STANDING_STATE " AS state, br.units, 0 AS reattributed FROM batch_request br JOIN batch b ON b.id = br.batch WHERE br.request = :request "
      "UNION ALL SELECT b.id, :request, b.number, " BATCH_STANDING_STATE ", x.units, iif(x.units > (SELECT coalesce(sum(units), 0) FROM dispensing WHERE batch = b.id "
      "AND request = :request AND state <> 'cancelled'), 1, -1) FROM (SELECT batch, sum(units) AS units FROM reattribution WHERE request = :request GROUP BY batch) x "
      "JOIN batch b ON b.id = x.batch ORDER BY 6 DESC, 1 DESC")
QUERY(REQUEST_REPLACEMENT_INSERT, request_replacement, nothing, SQL_INSERT("request_replacement", REQUEST_REPLACEMENT_FIELDS))
QUERY(REQUEST_REPLACEMENT_BY_ID, request_replacement, request_replacement, SQL_SELECT("request_replacement", REQUEST_REPLACEMENT_FIELDS) "WHERE id = :id")
#define REPLACEMENTS                                                                                                                    \
    "SELECT x.id, x.request, x.dispensing, x.reason, d.batch, r.number, r.state, d.number AS dispensing_number, p.name, r.received_at AS at FROM dispensing d " \
    "JOIN request_replacement x ON x.dispensing = d.id JOIN request r ON r.id = x.request JOIN person p ON p.id = r.received_by "
QUERY(REPLACED_BY_REQUEST, replacement_line, replacement_line, REPLACEMENTS "WHERE x.request = :request")
QUERY(REPLACEMENTS_OF_DISPENSING, replacement_line, replacement_line, REPLACEMENTS "WHERE d.id = :dispensing ORDER BY x.id")
QUERY(REPLACEMENTS_OF_BATCH, replacement_line, replacement_line, REPLACEMENTS "WHERE d.batch = :batch ORDER BY x.id")
