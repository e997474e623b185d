#include "magistral/store/sample.h"

#include "statement.h"

SHAPE(sample_reception, SAMPLE_RECEPTION_FIELDS)
SHAPE(sample_exit, SAMPLE_EXIT_FIELDS)
SHAPE(sample_line, SAMPLE_LINE_FIELDS)
SHAPE(sample_exit_line, SAMPLE_EXIT_LINE_FIELDS)

QUERY(SAMPLE_RECEPTION_INSERT, sample_reception, nothing, SQL_INSERT("sample_reception", SAMPLE_RECEPTION_FIELDS))
QUERY(SAMPLE_RECEPTION_BY_ID, sample_reception, sample_reception, SQL_SELECT("sample_reception", SAMPLE_RECEPTION_FIELDS) "WHERE id = :id")
QUERY(SAMPLE_EXIT_INSERT, sample_exit, nothing, SQL_INSERT("sample_exit", SAMPLE_EXIT_FIELDS))
QUERY(SAMPLE_EXIT_BY_ID, sample_exit, sample_exit, SQL_SELECT("sample_exit", SAMPLE_EXIT_FIELDS) "WHERE id = :id")
#define SAMPLE_COLUMN(name) ", s." #name
#define EXITED "(SELECT coalesce(sum(x.units), 0) FROM sample_exit x WHERE x.sample = s.id)"
#define LINES \
    "SELECT s.id" SAMPLE_FIELDS(SAMPLE_COLUMN, SAMPLE_COLUMN) ", r.units AS received, r.reason AS difference, r.at AS received_at, p.identifier AS receiver, " \
    "p.name AS receiver_name, d.number AS deviation_number, " EXITED " AS exited, o.identifier AS drawer, o.name AS drawer_name, b.number AS batch_number, " \
    "b.state AS batch_state, b.expiry, date(b.expiry, '+1 year') AS kept_until FROM sample s JOIN batch b ON b.id = s.batch JOIN person o ON o.id = s.person " \
    "LEFT JOIN sample_reception r ON r.sample = s.id LEFT JOIN person p ON p.id = r.person LEFT JOIN deviation d ON d.id = r.deviation "
QUERY(SAMPLES_OF, sample_line, sample_line, LINES "WHERE s.batch = :batch ORDER BY s.rank")
QUERY(SAMPLE_LINE, sample_line, sample_line, LINES "WHERE s.number = :number")
QUERY(SAMPLE_EXITS_OF, sample_exit_line, sample_exit_line,
      "SELECT x.id, x.sample, x.units, x.destination, x.reason, x.person, x.at, s.number, s.batch, p.identifier, p.name FROM sample s JOIN sample_exit x ON x.sample = s.id "
      "JOIN person p ON p.id = x.person WHERE s.batch = :batch AND (:sample IS NULL OR s.id = :sample) ORDER BY x.id")
