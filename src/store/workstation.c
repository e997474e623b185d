#include "magistral/store/workstation.h"

#include "statement.h"

SHAPE(workstation, WORKSTATION_FIELDS)
SHAPE(badge, BADGE_FIELDS)
SHAPE(pin, PIN_FIELDS)
SHAPE(pin_secret, PIN_SECRET_FIELDS)
SHAPE(workstation_line, WORKSTATION_LINE_FIELDS)
SHAPE(badge_line, BADGE_LINE_FIELDS)

QUERY(WORKSTATION_INSERT, workstation, nothing, SQL_INSERT("workstation", WORKSTATION_FIELDS))
QUERY(WORKSTATION_WITHDRAW, workstation, nothing,
      "UPDATE workstation SET withdrawn_by = :withdrawn_by, withdrawn_at = :withdrawn_at, withdrawn_reason = :withdrawn_reason WHERE id = :id")
QUERY(WORKSTATION_BY_TOKEN, workstation, workstation,
      SQL_SELECT("workstation", WORKSTATION_FIELDS) "WHERE token_digest = :token_digest AND withdrawn_at IS NULL")
QUERY(WORKSTATION_BY_NAME, workstation, workstation, SQL_SELECT("workstation", WORKSTATION_FIELDS) "WHERE name = :name AND withdrawn_at IS NULL")
QUERY(WORKSTATION_LINES, nothing, workstation_line,
      "SELECT w.name, w.place, d.identifier AS declared_by, w.declared_at, x.identifier AS withdrawn_by, w.withdrawn_at, w.withdrawn_reason "
      "FROM workstation w JOIN person d ON d.id = w.declared_by LEFT JOIN person x ON x.id = w.withdrawn_by ORDER BY w.id DESC")
QUERY(BADGE_INSERT, badge, nothing, SQL_INSERT("badge", BADGE_FIELDS))
QUERY(BADGE_WITHDRAW, badge, nothing,
      "UPDATE badge SET withdrawn_by = :withdrawn_by, withdrawn_at = :withdrawn_at, withdrawn_reason = :withdrawn_reason WHERE id = :id")
QUERY(BADGE_BY_TOKEN, badge, badge, SQL_SELECT("badge", BADGE_FIELDS) "WHERE token_digest = :token_digest AND withdrawn_at IS NULL")
QUERY(BADGE_OF, badge, badge, SQL_SELECT("badge", BADGE_FIELDS) "WHERE person = :person AND withdrawn_at IS NULL")
QUERY(BADGE_LINES, nothing, badge_line,
      "SELECT p.identifier AS person, p.name, g.identifier AS given_by, b.given_at, n.set_at AS pin_set_at, x.identifier AS withdrawn_by, "
      "b.withdrawn_at, b.withdrawn_reason FROM badge b JOIN person p ON p.id = b.person JOIN person g ON g.id = b.given_by "
      "LEFT JOIN person x ON x.id = b.withdrawn_by LEFT JOIN pin n ON n.person = b.person ORDER BY b.id DESC")
QUERY(PIN_INSERT, pin, nothing, "INSERT INTO pin (person, digest, set_at) VALUES (:person, :digest, :set_at)")
QUERY(PIN_UPDATE, pin, nothing, "UPDATE pin SET digest = :digest, set_at = :set_at WHERE person = :person")
QUERY(PIN_OF, pin, pin, "SELECT person, digest, set_at FROM pin WHERE person = :person")
QUERY(PIN_SECRET_INSERT, pin_secret, nothing, "INSERT INTO pin_secret (person, pin) VALUES (:person, :pin)")
QUERY(PIN_SECRET_UPDATE, pin_secret, nothing, "UPDATE pin_secret SET pin = :pin WHERE person = :person")
QUERY(PIN_SECRET_OF, pin_secret, pin_secret, "SELECT person, pin FROM pin_secret WHERE person = :person")
