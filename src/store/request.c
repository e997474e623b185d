#include "magistral/store/request.h"

#include "statement.h"

SHAPE(patient, PATIENT_FIELDS)
SHAPE(request, REQUEST_FIELDS)

QUERY(PATIENT_INSERT, patient, nothing, SQL_INSERT("patient", PATIENT_FIELDS))
QUERY(PATIENT_BY_ID, patient, patient, SQL_SELECT("patient", PATIENT_FIELDS) "WHERE id = :id")
QUERY(PATIENT_BY_PSEUDONYM, patient, patient, SQL_SELECT("patient", PATIENT_FIELDS) "WHERE pseudonym = :pseudonym")
QUERY(REQUEST_INSERT, request, nothing, SQL_INSERT("request", REQUEST_FIELDS))
QUERY(REQUEST_BY_ID, request, request, SQL_SELECT("request", REQUEST_FIELDS) "WHERE id = :id")
QUERY(REQUEST_BY_NUMBER, request, request, SQL_SELECT("request", REQUEST_FIELDS) "WHERE number = :number")
