#include "magistral/store/paper_form.h"

#include "statement.h"

SHAPE(paper_form, PAPER_FORM_FIELDS)
SHAPE(paper_form_line, PAPER_FORM_LINE_FIELDS)
SHAPE(paper_form_entered, PAPER_FORM_ENTERED_FIELDS)

QUERY(PAPER_FORM_INSERT, paper_form, nothing, SQL_INSERT("paper_form", PAPER_FORM_FIELDS))
QUERY(PAPER_FORM_BY_ID, paper_form, paper_form, SQL_SELECT("paper_form", PAPER_FORM_FIELDS) "WHERE id = :id")
QUERY(PAPER_FORM_BY_NUMBER, paper_form, paper_form, SQL_SELECT("paper_form", PAPER_FORM_FIELDS) "WHERE number = :number")
QUERY(PAPER_FORM_SETTLE, paper_form, nothing,
      "UPDATE paper_form SET state = :state, labels_used = :labels_used, reason = :reason, settled_by = :settled_by, settled_at = :settled_at "
      "WHERE id = :id AND state = 'issued'")

#define FORM_COLUMN(name) ", p." #name
#define FORM_LINE                                                                                                            \
    "SELECT p.id" PAPER_FORM_FIELDS(FORM_COLUMN, FORM_COLUMN) ", v.number AS formula, b.number AS batch_number, d.number AS document_number, " \
    "i.identifier AS issuer, s.identifier AS settler FROM paper_form p JOIN formula_version v ON v.id = p.version "        \
    "JOIN document d ON d.id = p.document JOIN person i ON i.id = p.issued_by LEFT JOIN batch b ON b.id = p.batch "        \
    "LEFT JOIN person s ON s.id = p.settled_by "
/* Made out for the batch, or what was entered late names it. */
#define OF_BATCH "p.batch = :batch OR p.number IN (SELECT form FROM late_entry WHERE batch = :batch) "
QUERY(PAPER_FORM_LINES, paper_form, paper_form_line, FORM_LINE "WHERE :state IS NULL OR p.state = :state ORDER BY p.id DESC")
QUERY(PAPER_FORM_LINE, paper_form, paper_form_line, FORM_LINE "WHERE p.number = :number")
QUERY(PAPER_FORMS_OF, paper_form, paper_form_line, FORM_LINE "WHERE " OF_BATCH "ORDER BY p.id")
QUERY(PAPER_FORM_WAITING, paper_form, paper_form, SQL_SELECT("paper_form", PAPER_FORM_FIELDS) "p WHERE p.state = 'issued' AND (" OF_BATCH ") ORDER BY p.id LIMIT 1")
QUERY(PAPER_FORM_ENTERED, paper_form_entered, paper_form_entered,
      "SELECT max(l.id) AS id, count(*) AS entries, coalesce(sum(l.verified_at IS NULL AND b.state IN ('in-preparation', 'quarantine')), 0) AS unverified, "
      "max(l.batch) AS batch, max(b.number) AS batch_number FROM late_entry l JOIN batch b ON b.id = l.batch WHERE l.form = :form")
