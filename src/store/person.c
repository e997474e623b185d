#include "magistral/store/person.h"

#include "statement.h"

SHAPE(habilitation_review, HABILITATION_REVIEW_FIELDS)
SHAPE(person, PERSON_FIELDS)
SHAPE(person_secret, SECRET_FIELDS)
SHAPE(sign_in_counter, COUNTER_FIELDS)
SHAPE(habilitation, HABILITATION_FIELDS)
SHAPE(habilitation_line, HABILITATION_LINE_FIELDS)

QUERY(PERSON_INSERT, person, nothing, SQL_INSERT("person", PERSON_FIELDS))
QUERY(PERSON_SET_PASSWORD, person, nothing, "UPDATE person SET password_digest = :password_digest, password_first = :password_first WHERE id = :id")
QUERY(PERSON_SET_LANGUAGE, person, nothing, "UPDATE person SET language = :language WHERE id = :id")
QUERY(PERSON_END, person, nothing, "UPDATE person SET ended = :ended WHERE id = :id AND ended IS NULL")
QUERY(PERSON_BY_IDENTIFIER, person, person, SQL_SELECT("person", PERSON_FIELDS) "WHERE identifier = :identifier")
QUERY(PERSON_BY_ID, person, person, SQL_SELECT("person", PERSON_FIELDS) "WHERE id = :id")
QUERY(PERSON_LIST, nothing, person, SQL_SELECT("person", PERSON_FIELDS) "ORDER BY identifier")
QUERY(SECRET_INSERT, person_secret, nothing, "INSERT INTO person_secret (person, password) VALUES (:person, :password)")
QUERY(SECRET_UPDATE, person_secret, nothing, "UPDATE person_secret SET password = :password WHERE person = :person")
QUERY(SECRET_OF, person_secret, person_secret, "SELECT person, password FROM person_secret WHERE person = :person")
QUERY(COUNTER_OF, sign_in_counter, sign_in_counter, "SELECT person, failures, locked_until FROM sign_in_counter WHERE person = :person")
QUERY(COUNTER_INSERT, sign_in_counter, nothing,
      "INSERT INTO sign_in_counter (person, failures, locked_until) VALUES (:person, :failures, :locked_until)")
QUERY(COUNTER_UPDATE, sign_in_counter, nothing,
      "UPDATE sign_in_counter SET failures = :failures, locked_until = :locked_until WHERE person = :person")
QUERY(HABILITATION_INSERT, habilitation, nothing, SQL_INSERT("habilitation", HABILITATION_FIELDS))
QUERY(HABILITATION_SHORTEN, habilitation, nothing, "UPDATE habilitation SET ends = :ends WHERE id = :id")
QUERY(HABILITATION_OF, habilitation, habilitation,
      SQL_SELECT("habilitation", HABILITATION_FIELDS) "WHERE person = :person ORDER BY starts, id")
QUERY(HABILITATION_OTHER, habilitation, habilitation,
      "SELECT h.id, h.person, h.role, h.starts, h.ends, h.delegation, h.granted_by, h.granted_at FROM habilitation h "
      "JOIN person p ON p.id = h.person WHERE p.ended IS NULL AND h.role = :role AND :starts BETWEEN h.starts AND h.ends "
      "AND h.id IS NOT :id AND h.person IS NOT :person LIMIT 1")
QUERY(HABILITATION_LINES, habilitation_line, habilitation_line,
      "SELECT p.identifier, p.name, h.role, h.starts, h.ends, h.delegation, g.identifier AS granted_by, h.granted_at "
      "FROM habilitation h JOIN person p ON p.id = h.person JOIN person g ON g.id = h.granted_by "
      "WHERE (:day IS NULL OR :day BETWEEN h.starts AND h.ends) AND (:identifier IS NULL OR p.identifier = :identifier) "
      "ORDER BY p.identifier, h.starts, h.id")
QUERY(HABILITATION_REVIEW_INSERT, habilitation_review, nothing, SQL_INSERT("habilitation_review", HABILITATION_REVIEW_FIELDS))
QUERY(HABILITATION_REVIEW_BY_ID, habilitation_review, habilitation_review, SQL_SELECT("habilitation_review", HABILITATION_REVIEW_FIELDS) "WHERE id = :id")
QUERY(HABILITATION_REVIEWS, nothing, habilitation_review, SQL_SELECT("habilitation_review", HABILITATION_REVIEW_FIELDS) "ORDER BY id DESC")
