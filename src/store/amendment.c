#include "magistral/store/amendment.h"

#include "statement.h"

SHAPE(amendment, AMENDMENT_FIELDS)
SHAPE(amendment_line, AMENDMENT_LINE_FIELDS)
SHAPE(entry_author, ENTRY_AUTHOR_FIELDS)
SHAPE(addendum, ADDENDUM_FIELDS)
SHAPE(addendum_line, ADDENDUM_LINE_FIELDS)

QUERY(AMENDMENT_INSERT, amendment, nothing, SQL_INSERT("amendment", AMENDMENT_FIELDS))
QUERY(AMENDMENT_BY_ID, amendment, amendment, SQL_SELECT("amendment", AMENDMENT_FIELDS) "WHERE id = :id")
QUERY(AMENDMENT_LAST, amendment, amendment,
      SQL_SELECT("amendment", AMENDMENT_FIELDS) "WHERE (batch = :batch OR lot = :lot) AND (:kind IS NULL OR kind = :kind) AND subject = :subject AND (:entry IS NULL OR entry = :entry) "
      "ORDER BY id DESC LIMIT 1")
QUERY(AMENDMENT_OF_DEVIATION, amendment, amendment,
      SQL_SELECT("amendment", AMENDMENT_FIELDS) "WHERE batch = (SELECT batch FROM deviation WHERE id = :deviation) AND deviation = :deviation AND person = :person LIMIT 1")
QUERY(AMENDMENT_BY, amendment, amendment,
      SQL_SELECT("amendment", AMENDMENT_FIELDS) "WHERE batch = :batch AND kind = :kind AND subject = :subject AND (:entry IS NULL OR entry = :entry) AND person = :person LIMIT 1")
#define AMENDMENT_COLUMN(name) ", a." #name
#define AMENDMENT_LINES                                                                                                    \
    "SELECT a.id" AMENDMENT_FIELDS(AMENDMENT_COLUMN, AMENDMENT_COLUMN) ", e.identifier AS entered_identifier, e.name AS entered_name, p.identifier, p.name, d.number AS deviation_number, " \
    "q.readability, s.title AS step_title, c.name AS control_name FROM amendment a LEFT JOIN batch b ON b.id = a.batch JOIN person e ON e.id = a.entered_by " \
    "JOIN person p ON p.id = a.person LEFT JOIN deviation d ON d.id = a.deviation "                                         \
    "LEFT JOIN weighing w ON a.kind = 'weighing' AND w.number = a.subject LEFT JOIN equipment q ON q.id = w.equipment "      \
    "LEFT JOIN formula_step s ON a.kind = 'step' AND s.version = b.version AND s.code = a.subject "                          \
    "LEFT JOIN result r ON a.kind = 'result' AND r.number = a.subject LEFT JOIN formula_control c ON c.id = r.control "
QUERY(AMENDMENTS_OF, amendment, amendment_line, AMENDMENT_LINES "WHERE a.batch = :batch AND (:subject IS NULL OR a.subject = :subject) ORDER BY a.id")
QUERY(AMENDMENTS_OF_LOT, amendment, amendment_line, AMENDMENT_LINES "WHERE a.lot = :lot ORDER BY a.id")
QUERY(AUTHOR_OF, entry_author, entry_author,
      "SELECT p.id, j.at FROM journal_subject s JOIN journal j ON j.sequence = s.sequence JOIN person p ON p.identifier = j.person "
      "WHERE s.kind = :kind AND s.number = :number AND j.act = :act ORDER BY j.sequence DESC LIMIT 1")
QUERY(ADDENDUM_INSERT, addendum, nothing, SQL_INSERT("addendum", ADDENDUM_FIELDS))
QUERY(ADDENDUM_BY_ID, addendum, addendum, SQL_SELECT("addendum", ADDENDUM_FIELDS) "WHERE id = :id")
QUERY(ADDENDA_OF, addendum, addendum_line,
      "SELECT a.id, a.batch, a.text, a.person, a.at, p.identifier, p.name FROM addendum a JOIN person p ON p.id = a.person WHERE a.batch = :batch ORDER BY a.id")
