#include "magistral/store/late_entry.h"

#include "statement.h"

SHAPE(late_entry, LATE_ENTRY_FIELDS)
SHAPE(late_entry_line, LATE_ENTRY_LINE_FIELDS)
SHAPE(late_thing, LATE_THING_FIELDS)
SHAPE(late_entry_last, LATE_ENTRY_LAST_FIELDS)

QUERY(LATE_ENTRY_INSERT, late_entry, nothing, SQL_INSERT("late_entry", LATE_ENTRY_FIELDS))
QUERY(LATE_ENTRY_BY_ID, late_entry, late_entry, SQL_SELECT("late_entry", LATE_ENTRY_FIELDS) "WHERE id = :id")
QUERY(LATE_ENTRY_BY_NUMBER, late_entry, late_entry, SQL_SELECT("late_entry", LATE_ENTRY_FIELDS) "WHERE number = :number")
QUERY(LATE_ENTRY_OF_SEQUENCE, late_entry, late_entry, SQL_SELECT("late_entry", LATE_ENTRY_FIELDS) "WHERE sequence = :sequence")
QUERY(LATE_ENTRY_TO_VERIFY, late_entry, late_entry,
      SQL_SELECT("late_entry", LATE_ENTRY_FIELDS) "WHERE batch = :batch AND verified_at IS NULL ORDER BY id LIMIT 1")
QUERY(LATE_ENTRY_VERIFY, late_entry, nothing,
      "UPDATE late_entry SET verified_by = :verified_by, verified_at = :verified_at WHERE id = :id AND verified_at IS NULL")
QUERY(LATE_ENTRY_AMEND, late_entry, nothing, "UPDATE late_entry SET done_at = :done_at, form = :form, verified_by = NULL, verified_at = NULL WHERE id = :id")
#define LATE_COLUMN(name) ", l." #name
QUERY(LATE_ENTRIES_OF, late_entry, late_entry_line,
      "SELECT l.id" LATE_ENTRY_FIELDS(LATE_COLUMN, LATE_COLUMN) ", b.number AS batch_number, p.identifier, p.name, v.identifier AS verified_identifier, "
      "v.name AS verified_name, (SELECT group_concat(s.number, ', ') FROM journal_subject s WHERE s.sequence = l.sequence AND s.kind IN "
      "('weighing', 'issue', 'sample', 'result')) AS things, j.at AS entered_at FROM late_entry l JOIN journal j ON j.sequence = l.sequence JOIN batch b ON b.id = l.batch JOIN person p ON p.id = l.person "
      "LEFT JOIN person v ON v.id = l.verified_by WHERE l.batch = :batch ORDER BY l.id")
QUERY(LATE_THING, late_thing, late_thing,
      "SELECT l.number FROM journal_subject s JOIN late_entry l ON l.sequence = s.sequence WHERE s.kind = :kind AND s.number = :thing ORDER BY l.id LIMIT 1")
QUERY(LATE_ENTRY_MAY_BE, late_entry_last, late_entry_last,
      "SELECT j.sequence, j.act FROM journal_subject s JOIN journal j ON j.sequence = s.sequence WHERE s.kind = 'batch' AND s.number = :number "
      "AND j.person = :person ORDER BY s.sequence DESC")
