/* The lists, page by page: every order that a heading offers, among all rows or among those that an index finds. A page begins behind
 * the last row of the one before it, by (order, id); what else was asked for is a column, `fits`, so that whoever reads knows how far
 * was looked. CROSS JOIN keeps the list itself outermost, because its index gives the order: tests/store/plan_test.c pins that. */
#include "magistral/store/list.h"

#include "standing.h"
#include "statement.h"

SHAPE(list_wanted, LIST_WANTED_FIELDS)
SHAPE(list_line, LIST_LINE_FIELDS)
SHAPE(listed_batch, LISTED_BATCH_FIELDS)
SHAPE(listed_lot, LISTED_LOT_FIELDS)
SHAPE(listed_request, LISTED_REQUEST_FIELDS)
SHAPE(listed_dispensing, LISTED_DISPENSING_FIELDS)
SHAPE(listed_deviation, LISTED_DEVIATION_FIELDS)
SHAPE(listed_result, LISTED_RESULT_FIELDS)
SHAPE(listed_investigation, LISTED_INVESTIGATION_FIELDS)
SHAPE(listed_order, LISTED_ORDER_FIELDS)
SHAPE(listed_sample, LISTED_SAMPLE_FIELDS)
SHAPE(listed_document, LISTED_DOCUMENT_FIELDS)
SHAPE(listed_label, LISTED_LABEL_FIELDS)
SHAPE(listed_event, LISTED_EVENT_FIELDS)
SHAPE(listed_entry, LISTED_ENTRY_FIELDS)

#define PAIR(name)                            \
    extern const query name##_UP, name##_DOWN; \
    const list_order name = {&name##_UP, &name##_DOWN};

/* In the order of the id alone: `among` is what the index finds. */
#define BY_ID(name, line, id, columns, from, fits, among)                                                                     \
    PAIR(name)                                                                                                                \
    QUERY(name##_UP, list_wanted, line, "SELECT " id " AS id, (" fits ") AS fits, " columns from "WHERE " among               \
          id " > coalesce(:id, -1) ORDER BY " id)                                                                             \
    QUERY(name##_DOWN, list_wanted, line, "SELECT " id " AS id, (" fits ") AS fits, " columns from "WHERE " among             \
          id " < coalesce(:id, 9223372036854775807) ORDER BY " id " DESC")

/* In the order of a value, then of the id, between two bounds: what is left of the value at which the page before ended, then the rest;
 * an index does not find a pair (value, id) in one step. A value of bytes stands behind every text, and every number. */
#define PART(id, columns, from, fits, among, order) \
    "SELECT " id " AS id, " order " AS list_order, coalesce(" order ", '') AS list_key, (" fits ") AS fits, " columns from "WHERE " among order
#define BY_VALUE(name, line, id, columns, from, fits, among, order, least, most, low, high)                                       \
    PAIR(name)                                                                                                                   \
    QUERY(name##_UP, list_wanted, line,                                                                                          \
          PART(id, columns, from, fits, among, order) " = " low " AND " id " > coalesce(:id, -1) UNION ALL "                     \
          PART(id, columns, from, fits, among, order) " > " low " AND " order " < " most " ORDER BY 2, 1")                       \
    QUERY(name##_DOWN, list_wanted, line,                                                                                        \
          PART(id, columns, from, fits, among, order) " = " high " AND " id " < coalesce(:id, -1) UNION ALL "                    \
          PART(id, columns, from, fits, among, order) " < " high " AND " order " >= " least " ORDER BY 2 DESC, 1 DESC")
/* The same of a value that may not be there: such rows stand first, as if it were an empty text. */
#define BY_SOME(name, line, id, columns, from, fits, order)                                                                        \
    PAIR(name)                                                                                                                     \
    QUERY(name##_UP, list_wanted, line,                                                                                            \
          PART(id, columns, from, fits, "", order) " IS NULL AND " id " > iif(coalesce(:key, '') = '', coalesce(:id, -1), 9223372036854775807) UNION ALL " \
          PART(id, columns, from, fits, "", order) " = :key AND " id " > coalesce(:id, -1) UNION ALL "                            \
          PART(id, columns, from, fits, "", order) " > coalesce(:key, '') ORDER BY 2, 1")                                          \
    QUERY(name##_DOWN, list_wanted, line,                                                                                          \
          PART(id, columns, from, fits, "", order) " = :key AND " id " < coalesce(:id, -1) UNION ALL "                            \
          PART(id, columns, from, fits, "", order) " < coalesce(:key, x'') UNION ALL "                                             \
          PART(id, columns, from, fits, "", order) " IS NULL AND " id " < iif(:key = '', coalesce(:id, -1), 9223372036854775807) ORDER BY 2 DESC, 1 DESC")
#define BY_KEY(name, line, id, columns, from, fits, among, order, first, last)                                    \
    BY_VALUE(name, line, id, columns, from, fits, among, order, "coalesce(" first ", '')", "coalesce(" last ", x'')", \
             "coalesce(:key, " first ", '')", "coalesce(:key, " last ", x'')")

#define FOUND(number) "(:find IS NULL OR (" number " >= :find AND " number " < :find_end)) "
#define IN_PERIOD(at) "(:since IS NULL OR " at " >= :since) AND (:until IS NULL OR " at " < :until) "

#define BATCH "b.number, v.number AS version, v.product, v.strength, " BATCH_STANDING_STATE " AS state, b.units, b.conforming, b.registration, b.made_on, b.expiry "
#define FROM_BATCH "FROM batch b CROSS JOIN formula_version v ON v.id = b.version CROSS JOIN formula f ON f.id = v.formula "
#define BATCH_FITS "(:state IS NULL OR (" BATCH_STANDING_STATE ") = :state) AND (:formula IS NULL OR f.code = :formula) AND " FOUND("b.number")
BY_ID(LIST_BATCHES, listed_batch, "b.id", BATCH, FROM_BATCH, BATCH_FITS, "")
BY_ID(LIST_BATCHES_OF_STATE, listed_batch, "b.id", BATCH, FROM_BATCH, BATCH_FITS, "b.state = :record_state AND ")
BY_ID(LIST_BATCHES_ON_HOLD, listed_batch, "b.id", BATCH, FROM_BATCH, BATCH_FITS, "b.held = 1 AND :held IS NOT NULL AND ")
BY_KEY(LIST_BATCHES_FOUND, listed_batch, "b.id", BATCH, FROM_BATCH, BATCH_FITS, "", "b.number", ":find", ":find_end")
BY_SOME(LIST_BATCHES_BY_MADE_ON, listed_batch, "b.id", BATCH, FROM_BATCH, BATCH_FITS, "b.made_on")
BY_SOME(LIST_BATCHES_BY_EXPIRY, listed_batch, "b.id", BATCH, FROM_BATCH, BATCH_FITS, "b.expiry")
BY_KEY(LIST_BATCHES_OF_STATE_BY_EXPIRY, listed_batch, "b.id", BATCH, FROM_BATCH, BATCH_FITS, "b.state = :record_state AND ", "b.expiry", ":since", ":until")

/* Lots are thousands, not millions: one is found by what its supplier calls it, too. The stock of what is not is not summed. */
#define LOT_SOUGHT "(:material IS NULL OR m.code = :material) AND (:find IS NULL OR instr(upper(l.number || char(10) || l.supplier_lot || char(10) || " \
    "m.code || char(10) || m.name), upper(:find))) "
#define LOT "l.number, m.code AS material, m.name AS material_name, m.unit, s.code AS supplier, l.supplier_lot, l.received_on, l.limit_kind, " \
    "l.limit_day, iif(" LOT_SOUGHT ", " LOT_STANDING_STATE(LOT_STOCK_SUM) ", NULL) AS state, l.quantity, iif(" LOT_SOUGHT ", " LOT_STOCK_SUM ", NULL) AS stock "
#define FROM_LOT "FROM lot l CROSS JOIN material m ON m.id = l.material CROSS JOIN supplier s ON s.id = l.supplier "
#define LOT_FITS LOT_SOUGHT "AND (:state IS NULL OR (" LOT_STANDING_STATE(LOT_STOCK_SUM) ") = :state) "
BY_ID(LIST_LOTS, listed_lot, "l.id", LOT, FROM_LOT, LOT_FITS, "")
BY_KEY(LIST_LOTS_BY_RECEIVED_ON, listed_lot, "l.id", LOT, FROM_LOT, LOT_FITS, "", "l.received_on", "NULL", "NULL")
BY_SOME(LIST_LOTS_BY_LIMIT_DAY, listed_lot, "l.id", LOT, FROM_LOT, LOT_FITS, "l.limit_day")

#define REQUEST "r.number, p.pseudonym AS patient, f.code AS formula, r.prescribed_on, r.daily_units, r.days, r.units, r.state, "                    \
    "coalesce((SELECT b.number FROM batch_request br JOIN batch b ON b.id = br.batch WHERE br.request = r.id "                                \
    "AND NOT " BATCH_FELL "), (SELECT b.number FROM reattribution x JOIN batch b ON b.id = x.batch WHERE x.request = r.id AND NOT " BATCH_FELL ")) AS batch "
#define FROM_REQUEST "FROM request r CROSS JOIN patient p ON p.id = r.patient CROSS JOIN formula f ON f.id = r.formula "
#define REQUEST_FITS "(:state IS NULL OR r.state = :state) AND (:patient IS NULL OR p.pseudonym = :patient) AND (:formula IS NULL OR f.code = :formula) AND " FOUND("r.number")
BY_ID(LIST_REQUESTS, listed_request, "r.id", REQUEST, FROM_REQUEST, REQUEST_FITS, "")
BY_ID(LIST_REQUESTS_OF_STATE, listed_request, "r.id", REQUEST, FROM_REQUEST, REQUEST_FITS, "r.state = :state AND ")
BY_ID(LIST_REQUESTS_OF_PATIENT, listed_request, "r.id", REQUEST, FROM_REQUEST, REQUEST_FITS, "r.patient = (SELECT id FROM patient WHERE pseudonym = :patient) AND ")
BY_KEY(LIST_REQUESTS_FOUND, listed_request, "r.id", REQUEST, FROM_REQUEST, REQUEST_FITS, "", "r.number", ":find", ":find_end")
BY_KEY(LIST_REQUESTS_BY_PRESCRIBED_ON, listed_request, "r.id", REQUEST, FROM_REQUEST, REQUEST_FITS, "", "r.prescribed_on", "NULL", "NULL")

#define DISPENSING "d.number, d.state, d.confirmed_at, b.number AS batch, r.number AS request, p.pseudonym AS patient, d.units, d.charged "
#define FROM_DISPENSING "FROM dispensing d CROSS JOIN batch b ON b.id = d.batch CROSS JOIN request r ON r.id = d.request CROSS JOIN patient p ON p.id = d.patient "
#define DISPENSING_FITS                                                                                                            \
    "(:state IS NULL OR d.state = :state) AND (:batch IS NULL OR b.number = :batch) AND (:request IS NULL OR r.number = :request) " \
    "AND (:patient IS NULL OR p.pseudonym = :patient) AND " IN_PERIOD("d.confirmed_at") "AND " FOUND("d.number")
BY_ID(LIST_DISPENSINGS, listed_dispensing, "d.id", DISPENSING, FROM_DISPENSING, DISPENSING_FITS, "")
BY_ID(LIST_DISPENSINGS_OF_BATCH, listed_dispensing, "d.id", DISPENSING, FROM_DISPENSING, DISPENSING_FITS, "d.batch = (SELECT id FROM batch WHERE number = :batch) AND ")
BY_ID(LIST_DISPENSINGS_OF_REQUEST, listed_dispensing, "d.id", DISPENSING, FROM_DISPENSING, DISPENSING_FITS, "d.request = (SELECT id FROM request WHERE number = :request) AND ")
BY_ID(LIST_DISPENSINGS_OF_PATIENT, listed_dispensing, "d.id", DISPENSING, FROM_DISPENSING, DISPENSING_FITS, "d.patient = (SELECT id FROM patient WHERE pseudonym = :patient) AND ")
BY_ID(LIST_DISPENSINGS_OF_STATE, listed_dispensing, "d.id", DISPENSING, FROM_DISPENSING, DISPENSING_FITS, "d.state = :state AND ")
BY_KEY(LIST_DISPENSINGS_FOUND, listed_dispensing, "d.id", DISPENSING, FROM_DISPENSING, DISPENSING_FITS, "", "d.number", ":find", ":find_end")
BY_KEY(LIST_DISPENSINGS_BY_AT, listed_dispensing, "d.id", DISPENSING, FROM_DISPENSING, DISPENSING_FITS, "", "d.confirmed_at", ":since", ":until")
/* By batch is by its id: batches are numbered in that order. */
BY_VALUE(LIST_DISPENSINGS_BY_BATCH, listed_dispensing, "d.id", DISPENSING, FROM_DISPENSING, DISPENSING_FITS, "", "d.batch", "0", "9223372036854775807",
         "CAST(coalesce(:key, 0) AS INTEGER)", "CAST(coalesce(:key, 9223372036854775807) AS INTEGER)")

#define DEVIATION "d.number, b.number AS batch, d.subject, d.class, o.identifier AS opened_by, d.opened_at, d.state, d.decision, p.identifier AS decided_by "
#define FROM_DEVIATION "FROM deviation d CROSS JOIN batch b ON b.id = d.batch CROSS JOIN person o ON o.id = d.opened_by LEFT JOIN person p ON p.id = d.decided_by "
#define DEVIATION_FITS "(:state IS NULL OR d.state = :state) AND (:batch IS NULL OR b.number = :batch) AND " FOUND("d.number")
BY_ID(LIST_DEVIATIONS, listed_deviation, "d.id", DEVIATION, FROM_DEVIATION, DEVIATION_FITS, "")
BY_ID(LIST_DEVIATIONS_OF_STATE, listed_deviation, "d.id", DEVIATION, FROM_DEVIATION, DEVIATION_FITS, "d.state = :state AND ")
BY_ID(LIST_DEVIATIONS_OF_BATCH, listed_deviation, "d.id", DEVIATION, FROM_DEVIATION, DEVIATION_FITS, "d.batch = (SELECT id FROM batch WHERE number = :batch) AND ")
BY_KEY(LIST_DEVIATIONS_FOUND, listed_deviation, "d.id", DEVIATION, FROM_DEVIATION, DEVIATION_FITS, "", "d.number", ":find", ":find_end")

#define RESULT "r.number, c.code, c.name, c.specification, r.state, r.stated, r.verdict, r.analysed_on, e.identifier AS entered_by, v.identifier AS verified_by "
#define FROM_RESULT "FROM result r CROSS JOIN formula_control c ON c.id = r.control CROSS JOIN person e ON e.id = r.entered_by LEFT JOIN person v ON v.id = r.verified_by "
#define RESULT_FITS "(:state IS NULL OR r.state = :state) AND (:batch IS NULL OR r.batch = (SELECT id FROM batch WHERE number = :batch)) AND " FOUND("r.number")
BY_ID(LIST_RESULTS, listed_result, "r.id", RESULT, FROM_RESULT, RESULT_FITS, "")
BY_ID(LIST_RESULTS_OF_STATE, listed_result, "r.id", RESULT, FROM_RESULT, RESULT_FITS, "r.state = :state AND ")
/* The few of one batch, sorted. */
BY_ID(LIST_RESULTS_OF_BATCH, listed_result, "r.id", RESULT, FROM_RESULT, RESULT_FITS, "r.batch = (SELECT id FROM batch WHERE number = :batch) AND ")
BY_KEY(LIST_RESULTS_FOUND, listed_result, "r.id", RESULT, FROM_RESULT, RESULT_FITS, "", "r.number", ":find", ":find_end")

#define INVESTIGATION "i.number, b.number AS batch, r.number AS result, c.name, i.state, i.conclusion, o.identifier AS opened_by, i.opened_at, p.identifier AS concluded_by "
#define FROM_INVESTIGATION "FROM investigation i CROSS JOIN batch b ON b.id = i.batch CROSS JOIN result r ON r.id = i.result " \
    "CROSS JOIN formula_control c ON c.id = r.control CROSS JOIN person o ON o.id = i.opened_by LEFT JOIN person p ON p.id = i.concluded_by "
#define INVESTIGATION_FITS "(:state IS NULL OR i.state = :state) AND (:batch IS NULL OR b.number = :batch) AND " FOUND("i.number")
BY_ID(LIST_INVESTIGATIONS, listed_investigation, "i.id", INVESTIGATION, FROM_INVESTIGATION, INVESTIGATION_FITS, "")
BY_ID(LIST_INVESTIGATIONS_OF_BATCH, listed_investigation, "i.id", INVESTIGATION, FROM_INVESTIGATION, INVESTIGATION_FITS, "i.batch = (SELECT id FROM batch WHERE number = :batch) AND ")
BY_KEY(LIST_INVESTIGATIONS_FOUND, listed_investigation, "i.id", INVESTIGATION, FROM_INVESTIGATION, INVESTIGATION_FITS, "", "i.number", ":find", ":find_end")

#define ORDERED "o.number, b.number AS batch, c.name, o.laboratory, o.sent_on, o.due_on, o.state, o.received_on, r.number AS result "
#define FROM_ORDER "FROM laboratory_order o CROSS JOIN batch b ON b.id = o.batch CROSS JOIN formula_control c ON c.id = o.control LEFT JOIN result r ON r.laboratory_order = o.id "
#define ORDER_FITS "(:state IS NULL OR o.state = :state) AND (:batch IS NULL OR b.number = :batch) AND " FOUND("o.number")
BY_ID(LIST_ORDERS, listed_order, "o.id", ORDERED, FROM_ORDER, ORDER_FITS, "")
BY_ID(LIST_ORDERS_OF_BATCH, listed_order, "o.id", ORDERED, FROM_ORDER, ORDER_FITS, "o.batch = (SELECT id FROM batch WHERE number = :batch) AND ")
BY_KEY(LIST_ORDERS_FOUND, listed_order, "o.id", ORDERED, FROM_ORDER, ORDER_FITS, "", "o.number", ":find", ":find_end")

#define SAMPLE_EXITED "(SELECT coalesce(sum(x.units), 0) FROM sample_exit x WHERE x.sample = s.id)"
#define SAMPLE "s.number, b.number AS batch, b.state, s.purpose AS kind, s.at AS drawn_at, s.units, r.at AS received_at, s.used, " SAMPLE_EXITED " AS exited, " \
    "coalesce(r.units, s.units) - s.used - " SAMPLE_EXITED " AS left, date(b.expiry, '+1 year') AS kept_until "
#define FROM_SAMPLE "FROM sample s CROSS JOIN batch b ON b.id = s.batch LEFT JOIN sample_reception r ON r.sample = s.id "
#define SAMPLE_FITS "(:kind IS NULL OR s.purpose = :kind) AND (:batch IS NULL OR s.batch = (SELECT id FROM batch WHERE number = :batch)) AND " FOUND("s.number")
BY_ID(LIST_SAMPLES, listed_sample, "s.id", SAMPLE, FROM_SAMPLE, SAMPLE_FITS, "")
BY_ID(LIST_SAMPLES_OF_BATCH, listed_sample, "s.id", SAMPLE, FROM_SAMPLE, SAMPLE_FITS, "s.batch = (SELECT id FROM batch WHERE number = :batch) AND ")
BY_KEY(LIST_SAMPLES_FOUND, listed_sample, "s.id", SAMPLE, FROM_SAMPLE, SAMPLE_FITS, "", "s.number", ":find", ":find_end")

#define DOCUMENT "d.number, d.kind, d.subject_kind, d.subject, d.issue, d.pages, d.issued_at, d.reason "
#define DOCUMENT_FITS "(:subject IS NULL OR d.subject = :subject) AND (:kind IS NULL OR d.kind = :kind) AND " FOUND("d.number")
BY_ID(LIST_DOCUMENTS, listed_document, "d.id", DOCUMENT, "FROM document d ", DOCUMENT_FITS, "")
BY_ID(LIST_DOCUMENTS_OF_SUBJECT, listed_document, "d.id", DOCUMENT, "FROM document d ", DOCUMENT_FITS, "d.subject = :subject AND ")
BY_ID(LIST_DOCUMENTS_OF_KIND, listed_document, "d.id", DOCUMENT, "FROM document d ", DOCUMENT_FITS, "d.kind = :kind AND ")
BY_KEY(LIST_DOCUMENTS_FOUND, listed_document, "d.id", DOCUMENT, "FROM document d ", DOCUMENT_FITS, "", "d.number", ":find", ":find_end")

#define LABEL "l.number, l.kind, l.subject, l.shown_state, l.state, l.printed_at, l.reason, l.token "
#define LABEL_FITS                                                                                                               \
    "(:batch IS NULL OR l.batch = (SELECT id FROM batch WHERE number = :batch)) AND (:kind IS NULL OR l.kind = :kind) "          \
    "AND (:number IS NULL OR l.subject = :number) AND (:state IS NULL OR l.state = :state) AND " FOUND("l.number")
BY_ID(LIST_LABELS, listed_label, "l.id", LABEL, "FROM label l ", LABEL_FITS, "")
BY_ID(LIST_LABELS_OF_BATCH, listed_label, "l.id", LABEL, "FROM label l ", LABEL_FITS, "l.batch = (SELECT id FROM batch WHERE number = :batch) AND ")
BY_ID(LIST_LABELS_OF_SUBJECT, listed_label, "l.id", LABEL, "FROM label l ", LABEL_FITS, "l.subject = :number AND ")
BY_ID(LIST_LABELS_OF_KIND, listed_label, "l.id", LABEL, "FROM label l ", LABEL_FITS, "l.kind = :kind AND ")
BY_KEY(LIST_LABELS_FOUND, listed_label, "l.id", LABEL, "FROM label l ", LABEL_FITS, "", "l.number", ":find", ":find_end")

#define EVENT "e.at, e.kind, e.person, e.subject, e.detail "
#define EVENT_FITS "(:kind IS NULL OR e.kind = :kind) AND (:person IS NULL OR e.person = :person) AND (:subject IS NULL OR e.subject = :subject) "
BY_KEY(LIST_EVENTS, listed_event, "e.id", EVENT, "FROM event e ", EVENT_FITS, "", "e.at", ":since", ":until")
BY_KEY(LIST_EVENTS_OF_KIND, listed_event, "e.id", EVENT, "FROM event e ", EVENT_FITS, "e.kind = :kind AND ", "e.at", ":since", ":until")

#define ENTRY                                                     \
    "j.at, j.zone, j.person, j.act, j.reason, j.meaning, "        \
    "(SELECT group_concat(DISTINCT s.number) FROM journal_subject s WHERE s.sequence = j.sequence) AS subjects "
#define ENTRY_FITS                                                                                                                     \
    "(:person IS NULL OR j.person = :person) AND (:act IS NULL OR j.act = :act) AND " IN_PERIOD("j.at")                                \
    "AND ((:kind IS NULL AND :number IS NULL) OR EXISTS (SELECT 1 FROM journal_subject s WHERE s.sequence = j.sequence "               \
    "AND (:kind IS NULL OR s.kind = :kind) AND (:number IS NULL OR s.number = :number))) "
/* The kinds that occur, by one step through the index for each: a number is looked up under all of them. */
#define OF_NUMBER                                                                                                                    \
    "j.sequence IN (WITH RECURSIVE kinds (kind) AS (SELECT min(kind) FROM journal_subject UNION ALL "                                \
    "SELECT (SELECT min(s.kind) FROM journal_subject s WHERE s.kind > kinds.kind) FROM kinds WHERE kinds.kind IS NOT NULL) "         \
    "SELECT n.sequence FROM journal_subject n WHERE n.kind IN (SELECT kind FROM kinds) AND n.number = :number) AND "
BY_ID(LIST_ENTRIES, listed_entry, "j.sequence", ENTRY, "FROM journal j ", ENTRY_FITS, "")
BY_ID(LIST_ENTRIES_OF_NUMBER, listed_entry, "j.sequence", ENTRY, "FROM journal j ", ENTRY_FITS, OF_NUMBER)
BY_ID(LIST_ENTRIES_OF_PERSON, listed_entry, "j.sequence", ENTRY, "FROM journal j ", ENTRY_FITS, "j.person = :person AND ")
BY_ID(LIST_ENTRIES_OF_ACT, listed_entry, "j.sequence", ENTRY, "FROM journal j ", ENTRY_FITS, "j.act = :act AND ")
BY_KEY(LIST_ENTRIES_BY_AT, listed_entry, "j.sequence", ENTRY, "FROM journal j ", ENTRY_FITS, "", "j.at", ":since", ":until")
