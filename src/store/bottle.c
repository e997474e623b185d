#include "magistral/store/bottle.h"

#include "magistral/store/batch.h"
#include "statement.h"

SHAPE(bottle_opening, BOTTLE_OPENING_FIELDS)
SHAPE(opening_line, OPENING_LINE_FIELDS)
SHAPE(bottle_loss, BOTTLE_LOSS_FIELDS)
SHAPE(lost_bottle, LOST_BOTTLE_FIELDS)

QUERY(BOTTLE_OPENING_INSERT, bottle_opening, nothing, SQL_INSERT("bottle_opening", BOTTLE_OPENING_FIELDS))
QUERY(BOTTLE_OPENING_BY_ID, bottle_opening, bottle_opening, SQL_SELECT("bottle_opening", BOTTLE_OPENING_FIELDS) "WHERE id = :id")
QUERY(BOTTLE_OPENING_OF, bottle_opening, bottle_opening, SQL_SELECT("bottle_opening", BOTTLE_OPENING_FIELDS) "WHERE bottle = :bottle")
QUERY(BOTTLE_OPENING_IN_AREA, bottle_opening, bottle_opening,
      SQL_SELECT("bottle_opening", BOTTLE_OPENING_FIELDS) "WHERE work_area = :work_area AND verified_at IS NULL")
QUERY(BOTTLE_OPENING_VERIFY, bottle_opening, nothing,
      "UPDATE bottle_opening SET verified_by = :verified_by, verified_at = :verified_at WHERE id = :id AND verified_at IS NULL")
QUERY(BOTTLE_OPENING_AMEND, bottle_opening, nothing, "UPDATE bottle_opening SET units = :units, broken = :broken WHERE id = :id AND verified_at IS NULL")
#define COLUMN(name) ", x." #name
QUERY(OPENINGS_OF_BATCH, bottle_opening, opening_line,
      "SELECT x.id" BOTTLE_OPENING_FIELDS(COLUMN, COLUMN) ", f.number, f.units AS held, (SELECT group_concat(number || ' (' || units || ')', ', ') FROM (SELECT n.number, n.units "
      "FROM bottle n WHERE n.opening = x.id ORDER BY n.rank)) AS shared_into, a.name AS area, p.identifier, p.name, v.identifier AS verified_identifier, v.name AS verified_name "
      "FROM bottle_opening x JOIN bottle f ON f.id = x.bottle JOIN work_area a ON a.id = x.work_area JOIN person p ON p.id = x.opened_by "
      "LEFT JOIN person v ON v.id = x.verified_by WHERE x.batch = :batch ORDER BY x.id")
QUERY(BOTTLE_END, bottle, nothing, "UPDATE bottle SET ended = :ended WHERE id = :id AND ended IS NULL")
QUERY(BOTTLE_FOUND, bottle, nothing, "UPDATE bottle SET ended = NULL WHERE id = :id AND ended = 'lost'")
QUERY(BOTTLES_OF_OPENING, bottle, bottle, SQL_SELECT("bottle", BOTTLE_FIELDS) "WHERE opening = :opening ORDER BY rank")
QUERY(BOTTLE_LOSS_INSERT, bottle_loss, nothing, SQL_INSERT("bottle_loss", BOTTLE_LOSS_FIELDS))
QUERY(BOTTLE_LOSS_BY_ID, bottle_loss, bottle_loss, SQL_SELECT("bottle_loss", BOTTLE_LOSS_FIELDS) "WHERE id = :id")
QUERY(BOTTLE_LOSS_OPEN, bottle_loss, bottle_loss, SQL_SELECT("bottle_loss", BOTTLE_LOSS_FIELDS) "WHERE bottle = :bottle AND found_at IS NULL")
QUERY(BOTTLE_LOSS_FIND, bottle_loss, nothing,
      "UPDATE bottle_loss SET found_by = :found_by, found_at = :found_at, found_how = :found_how WHERE id = :id AND found_at IS NULL")
QUERY(LOST_BOTTLES_OF_BATCH, bottle_loss, lost_bottle,
      "SELECT x.id" BOTTLE_LOSS_FIELDS(COLUMN, COLUMN) ", b.number, b.units, p.identifier, p.name, f.identifier AS finder_identifier, f.name AS finder_name "
      "FROM bottle_loss x JOIN bottle b ON b.id = x.bottle JOIN person p ON p.id = x.person LEFT JOIN person f ON f.id = x.found_by WHERE x.batch = :batch ORDER BY x.id")
