#include "magistral/store/excursion.h"

#include "statement.h"

SHAPE(batch_location, BATCH_LOCATION_FIELDS)
SHAPE(container_move, CONTAINER_MOVE_FIELDS)
SHAPE(excursion, EXCURSION_FIELDS)
SHAPE(excursion_container, EXCURSION_CONTAINER_FIELDS)
SHAPE(excursion_batch, EXCURSION_BATCH_FIELDS)
SHAPE(excursion_container_line, EXCURSION_CONTAINER_LINE_FIELDS)
SHAPE(excursion_batch_line, EXCURSION_BATCH_LINE_FIELDS)
SHAPE(excursion_line, EXCURSION_LINE_FIELDS)

QUERY(BATCH_LOCATION_INSERT, batch_location, nothing, SQL_INSERT("batch_location", BATCH_LOCATION_FIELDS))
QUERY(BATCH_LOCATION_BY_ID, batch_location, batch_location, SQL_SELECT("batch_location", BATCH_LOCATION_FIELDS) "WHERE id = :id")
QUERY(BATCH_LOCATION_LAST, batch_location, batch_location,
      SQL_SELECT("batch_location", BATCH_LOCATION_FIELDS) "WHERE batch = :batch ORDER BY id DESC LIMIT 1")
QUERY(CONTAINER_MOVE_INSERT, container_move, nothing, SQL_INSERT("container_move", CONTAINER_MOVE_FIELDS))
QUERY(CONTAINER_MOVE_BY_ID, container_move, container_move, SQL_SELECT("container_move", CONTAINER_MOVE_FIELDS) "WHERE id = :id")
QUERY(CONTAINER_MOVE_TO, container, nothing, "UPDATE container SET location = :location WHERE id = :id")

QUERY(EXCURSION_INSERT, excursion, nothing, SQL_INSERT("excursion", EXCURSION_FIELDS))
QUERY(EXCURSION_BY_ID, excursion, excursion, SQL_SELECT("excursion", EXCURSION_FIELDS) "WHERE id = :id")
QUERY(EXCURSION_BY_NUMBER, excursion, excursion, SQL_SELECT("excursion", EXCURSION_FIELDS) "WHERE number = :number")
QUERY(EXCURSION_CONTAINER_INSERT, excursion_container, nothing, SQL_INSERT("excursion_container", EXCURSION_CONTAINER_FIELDS))
QUERY(EXCURSION_CONTAINER_BY_ID, excursion_container, excursion_container, SQL_SELECT("excursion_container", EXCURSION_CONTAINER_FIELDS) "WHERE id = :id")
QUERY(EXCURSION_CONTAINER_DECIDE, excursion_container, nothing,
      "UPDATE excursion_container SET state = :state, reason = :reason, decided_by = :decided_by, decided_at = :decided_at, meaning = :meaning "
      "WHERE id = :id AND state = 'held'")
QUERY(EXCURSION_BATCH_INSERT, excursion_batch, nothing, SQL_INSERT("excursion_batch", EXCURSION_BATCH_FIELDS))
QUERY(EXCURSION_BATCH_BY_ID, excursion_batch, excursion_batch, SQL_SELECT("excursion_batch", EXCURSION_BATCH_FIELDS) "WHERE id = :id")

/* When a container came to where it is, or to where the move `m` took it from. */
#define CAME_IN "(SELECT min(r.at) FROM movement r WHERE r.container = c.id)"
#define CAME_HERE "coalesce((SELECT max(p.at) FROM container_move p WHERE p.container = c.id), " CAME_IN ")"
#define CAME_THERE "coalesce((SELECT max(p.at) FROM container_move p WHERE p.container = c.id AND p.id < m.id), " CAME_IN ")"
#define WAS_THERE(came) came " <= coalesce(:until_at, '9')"
QUERY(EXCURSION_CONTAINERS_THERE, excursion, container,
      "SELECT c.id, c.number, c.lot, c.rank, c.containers, c.location, c.opened_on, c.end_of_use FROM container c JOIN lot l ON l.id = c.lot "
      "WHERE l.state IN ('quarantine', 'accepted', 'recalled') AND c.id IN (SELECT id FROM container WHERE location = :location UNION "
      "SELECT container FROM container_move WHERE former = :location) "
      "AND ((c.location = :location AND " WAS_THERE(CAME_HERE) ") OR EXISTS (SELECT 1 FROM container_move m WHERE m.container = c.id AND m.former = :location "
      "AND m.at >= :from_at AND " WAS_THERE(CAME_THERE) ")) "
      "AND ((SELECT coalesce(sum(quantity), 0) FROM movement WHERE container = c.id) > 0 "
      "OR EXISTS (SELECT 1 FROM movement WHERE container = c.id AND at >= :from_at AND kind IN ('weighing', 'issue'))) ORDER BY c.id")
QUERY(EXCURSION_BATCHES_THERE, excursion, batch,
      SQL_SELECT("batch", BATCH_FIELDS) "WHERE state IN ('in-preparation', 'quarantine', 'released') AND id IN (SELECT s.batch FROM batch_location s "
      "WHERE s.location = :location AND s.at <= coalesce(:until_at, '9') AND coalesce((SELECT min(n.at) FROM batch_location n "
      "WHERE n.batch = s.batch AND n.id > s.id), '9') >= :from_at) ORDER BY id")
QUERY(PLACES, nothing, excursion,
      "SELECT 0 AS id, location FROM container WHERE location IS NOT NULL UNION SELECT 0, s.location FROM batch_location s "
      "WHERE s.id = (SELECT max(id) FROM batch_location WHERE batch = s.batch) ORDER BY location LIMIT 50")

QUERY(EXCURSION_LASTING, excursion, excursion,
      SQL_SELECT("excursion", EXCURSION_FIELDS) "WHERE location = :location AND until_at IS NULL AND (EXISTS (SELECT 1 FROM excursion_container c "
      "WHERE c.excursion = excursion.id AND c.state = 'held') OR EXISTS (SELECT 1 FROM excursion_batch x JOIN batch b ON b.id = x.batch "
      "WHERE x.excursion = excursion.id AND b.held = 1)) ORDER BY id DESC LIMIT 1")

#define CONTAINER_COLUMNS \
    "SELECT x.id, x.excursion, x.container, e.number AS excursion_number, c.number, l.number AS lot, m.name AS material_name, m.unit, " \
    "(SELECT coalesce(sum(quantity), 0) FROM movement WHERE container = c.id) AS stock, c.location, x.state, x.reason, p.identifier, x.decided_at " \
    "FROM excursion_container x JOIN excursion e ON e.id = x.excursion JOIN container c ON c.id = x.container JOIN lot l ON l.id = c.lot " \
    "JOIN material m ON m.id = l.material LEFT JOIN person p ON p.id = x.decided_by "
QUERY(EXCURSION_CONTAINERS_OF, excursion_container_line, excursion_container_line, CONTAINER_COLUMNS "WHERE x.excursion = :excursion ORDER BY x.id")
QUERY(EXCURSIONS_OF_CONTAINER, excursion_container_line, excursion_container_line, CONTAINER_COLUMNS "WHERE x.container = :container ORDER BY x.id")
QUERY(EXCURSION_BATCHES_OF, excursion_batch_line, excursion_batch_line,
      "SELECT x.id, x.excursion, x.batch, b.number, b.state, (SELECT location FROM batch_location WHERE batch = b.id ORDER BY id DESC LIMIT 1) AS location, "
      "d.reason, p.identifier, d.at FROM excursion_batch x JOIN excursion e ON e.id = x.excursion JOIN batch b ON b.id = x.batch "
      "LEFT JOIN decision d ON d.id = (SELECT min(id) FROM decision WHERE batch = b.id AND kind IN ('lift', 'refusal', 'recall') AND at > e.at) "
      "LEFT JOIN person p ON p.id = d.person WHERE x.excursion = :excursion ORDER BY x.id")
QUERY(EXCURSION_TAKEN, excursion_batch_line, excursion_batch_line,
      "SELECT v.id, x.excursion, b.id AS batch, b.number, b.state, c.number AS container, v.at FROM excursion_container x "
      "JOIN excursion e ON e.id = x.excursion JOIN container c ON c.id = x.container JOIN movement v ON v.container = c.id AND v.at >= e.from_at "
      "AND v.kind IN ('weighing', 'issue') JOIN batch b ON b.id = v.batch WHERE x.excursion = :excursion ORDER BY v.id")

#define EXCURSION_COLUMN(name) ", e." #name
QUERY(EXCURSION_LINES, nothing, excursion_line,
      "SELECT e.id" EXCURSION_FIELDS(EXCURSION_COLUMN, EXCURSION_COLUMN) ", p.identifier, "
      "(SELECT count(*) FROM excursion_container WHERE excursion = e.id) AS containers, (SELECT count(*) FROM excursion_batch WHERE excursion = e.id) AS batches, "
      "(SELECT count(*) FROM excursion_container WHERE excursion = e.id AND state = 'held') + (SELECT count(*) FROM excursion_batch x JOIN batch b ON b.id = x.batch "
      "WHERE x.excursion = e.id AND b.held = 1 AND NOT EXISTS (SELECT 1 FROM decision WHERE batch = b.id AND kind IN ('lift', 'refusal', 'recall') AND at > e.at)) AS waiting "
      "FROM excursion e JOIN person p ON p.id = e.person ORDER BY e.id DESC")
