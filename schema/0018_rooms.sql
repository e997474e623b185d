-- What a day needs besides: the conditions of the room that a formula asks for and what was read there, the log of equipment and work
-- areas, filler plates, where things are stored, and excursions that hold everything that was stored in a place.

-- A condition of the room that a formula asks for while its batches are made (EU GMP 3.3; BPP 5.38). Frozen with its version.
CREATE TABLE formula_condition (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES formula_version (id),
    kind TEXT NOT NULL CHECK (kind IN ('pressure', 'temperature', 'humidity')),
    unit TEXT NOT NULL CHECK (unit = CASE kind WHEN 'pressure' THEN 'Pa' WHEN 'temperature' THEN '°C' ELSE '%' END),
    low TEXT,  -- decimal, inclusive
    high TEXT, -- decimal, inclusive
    UNIQUE (version, kind),
    CHECK (low IS NOT NULL OR high IS NOT NULL)
) STRICT;
CREATE TRIGGER formula_condition_frozen_insert BEFORE INSERT ON formula_condition WHEN (SELECT state FROM formula_version WHERE id = NEW.version) <> 'draft' BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_condition_frozen_update BEFORE UPDATE ON formula_condition WHEN (SELECT state FROM formula_version WHERE id = OLD.version) <> 'draft' OR OLD.version IS NOT NEW.version BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_condition_frozen_delete BEFORE DELETE ON formula_condition WHEN (SELECT state FROM formula_version WHERE id = OLD.version) <> 'draft' BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_condition_emergency_insert BEFORE INSERT ON formula_condition WHEN EXISTS (SELECT 1 FROM emergency_approval WHERE version = NEW.version) BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_condition_emergency_update BEFORE UPDATE ON formula_condition WHEN EXISTS (SELECT 1 FROM emergency_approval WHERE version = OLD.version) BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_condition_emergency_delete BEFORE DELETE ON formula_condition WHEN EXISTS (SELECT 1 FROM emergency_approval WHERE version = OLD.version) BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;

-- What was read in a work area: pressure of its hood or room, temperature, humidity; the latest of a day counts.
CREATE TABLE room_reading (
    id INTEGER PRIMARY KEY,
    area INTEGER NOT NULL REFERENCES work_area (id),
    day TEXT NOT NULL CHECK (length(day) = 10), -- of the site
    kind TEXT NOT NULL CHECK (kind IN ('pressure', 'temperature', 'humidity')),
    value TEXT NOT NULL CHECK (length(value) > 0), -- decimal, the digits as they were read
    unit TEXT NOT NULL CHECK (unit = CASE kind WHEN 'pressure' THEN 'Pa' WHEN 'temperature' THEN '°C' ELSE '%' END),
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX room_reading_of_area ON room_reading (area, kind);
CREATE INDEX room_reading_of_day ON room_reading (area, day);
CREATE TRIGGER room_reading_stays BEFORE UPDATE ON room_reading BEGIN SELECT RAISE(ABORT, 'ROOM: a reading stays'); END;
CREATE TRIGGER room_reading_is_kept BEFORE DELETE ON room_reading BEGIN SELECT RAISE(ABORT, 'ROOM: a reading is kept'); END;

-- Each condition that the formula of a batch asks for was read in its area within the last 25 hours (the longest day of a site), and the
-- latest reading is within the limits, or a deviation on 'conditions' that was opened after it is accepted. The program asks for the day
-- of the site, which a row of the bench does not hold.
CREATE TRIGGER weighing_in_conditions BEFORE INSERT ON weighing WHEN EXISTS (SELECT 1 FROM batch b JOIN formula_condition c ON c.version = b.version WHERE b.id = NEW.batch
    AND NOT EXISTS (SELECT 1 FROM room_reading r WHERE r.id = (SELECT max(x.id) FROM room_reading x WHERE x.area = b.work_area AND x.kind = c.kind)
        AND r.at >= strftime('%Y-%m-%dT%H:%M:%fZ', NEW.opened_at, '-25 hours')
        AND (((c.low IS NULL OR CAST(r.value AS REAL) >= CAST(c.low AS REAL)) AND (c.high IS NULL OR CAST(r.value AS REAL) <= CAST(c.high AS REAL)))
             OR EXISTS (SELECT 1 FROM deviation d WHERE d.batch = b.id AND d.subject = 'conditions' AND d.decision = 'accepted' AND d.opened_at >= r.at))))
    BEGIN SELECT RAISE(ABORT, 'ROOM: the conditions of the room are not read, or outside their limits (BPP 5.38)'); END;
CREATE TRIGGER step_record_in_conditions BEFORE INSERT ON step_record WHEN (SELECT kind FROM formula_step WHERE id = NEW.step) = 'operation'
    AND EXISTS (SELECT 1 FROM batch b JOIN formula_condition c ON c.version = b.version WHERE b.id = NEW.batch
    AND NOT EXISTS (SELECT 1 FROM room_reading r WHERE r.id = (SELECT max(x.id) FROM room_reading x WHERE x.area = b.work_area AND x.kind = c.kind)
        AND r.at >= strftime('%Y-%m-%dT%H:%M:%fZ', NEW.at, '-25 hours')
        AND (((c.low IS NULL OR CAST(r.value AS REAL) >= CAST(c.low AS REAL)) AND (c.high IS NULL OR CAST(r.value AS REAL) <= CAST(c.high AS REAL)))
             OR EXISTS (SELECT 1 FROM deviation d WHERE d.batch = b.id AND d.subject = 'conditions' AND d.decision = 'accepted' AND d.opened_at >= r.at))))
    BEGIN SELECT RAISE(ABORT, 'ROOM: the conditions of the room are not read, or outside their limits (BPP 5.38)'); END;
CREATE TRIGGER batch_filled_in_conditions BEFORE UPDATE OF filled ON batch WHEN OLD.filled IS NULL AND NEW.filled IS NOT NULL
    AND EXISTS (SELECT 1 FROM formula_condition c WHERE c.version = NEW.version
    AND NOT EXISTS (SELECT 1 FROM room_reading r WHERE r.id = (SELECT max(x.id) FROM room_reading x WHERE x.area = NEW.work_area AND x.kind = c.kind)
        AND r.at >= strftime('%Y-%m-%dT%H:%M:%fZ', NEW.filled_at, '-25 hours')
        AND (((c.low IS NULL OR CAST(r.value AS REAL) >= CAST(c.low AS REAL)) AND (c.high IS NULL OR CAST(r.value AS REAL) <= CAST(c.high AS REAL)))
             OR EXISTS (SELECT 1 FROM deviation d WHERE d.batch = NEW.id AND d.subject = 'conditions' AND d.decision = 'accepted' AND d.opened_at >= r.at))))
    BEGIN SELECT RAISE(ABORT, 'ROOM: the conditions of the room are not read, or outside their limits (BPP 5.38)'); END;

-- The log of an equipment or of a work area: cleanings, maintenance, breakdowns and repairs, qualifications and calibrations (EU GMP 4.31).
-- A breakdown forbids the use until a later repair.
CREATE TABLE logbook (
    id INTEGER PRIMARY KEY,
    equipment INTEGER REFERENCES equipment (id),
    area INTEGER REFERENCES work_area (id),
    kind TEXT NOT NULL CHECK (kind IN ('cleaning', 'maintenance', 'breakdown', 'repair', 'qualification', 'calibration')),
    text TEXT NOT NULL CHECK (length(text) > 0), -- method of a cleaning; what was done or found
    batch INTEGER REFERENCES batch (id),         -- after which it was cleaned
    day TEXT NOT NULL CHECK (length(day) = 10),  -- of the site
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    CHECK ((equipment IS NULL) <> (area IS NULL)),
    CHECK (area IS NULL OR kind = 'cleaning'),
    CHECK (batch IS NULL OR kind = 'cleaning')
) STRICT;
CREATE INDEX logbook_of_equipment ON logbook (equipment, kind) WHERE equipment IS NOT NULL;
CREATE INDEX logbook_of_area ON logbook (area) WHERE area IS NOT NULL;
CREATE INDEX weighing_on_equipment ON weighing (equipment);
CREATE INDEX result_on_equipment ON result (equipment) WHERE equipment IS NOT NULL;
CREATE TRIGGER logbook_stays BEFORE UPDATE ON logbook BEGIN SELECT RAISE(ABORT, 'LOGBOOK: an entry stays'); END;
CREATE TRIGGER logbook_is_kept BEFORE DELETE ON logbook BEGIN SELECT RAISE(ABORT, 'LOGBOOK: an entry is kept'); END;
CREATE TRIGGER weighing_on_working BEFORE INSERT ON weighing WHEN EXISTS (SELECT 1 FROM logbook b WHERE b.equipment = NEW.equipment AND b.kind = 'breakdown'
    AND NOT EXISTS (SELECT 1 FROM logbook r WHERE r.equipment = b.equipment AND r.kind = 'repair' AND r.id > b.id))
    BEGIN SELECT RAISE(ABORT, 'EQUIPMENT: it is broken down (EU GMP 3.44)'); END;
CREATE TRIGGER result_on_working BEFORE INSERT ON result WHEN NEW.equipment IS NOT NULL AND EXISTS (SELECT 1 FROM logbook b WHERE b.equipment = NEW.equipment
    AND b.kind = 'breakdown' AND b.day <= NEW.analysed_on
    AND NOT EXISTS (SELECT 1 FROM logbook r WHERE r.equipment = b.equipment AND r.kind = 'repair' AND r.id > b.id AND (r.day <= NEW.analysed_on OR b.day = NEW.analysed_on)))
    BEGIN SELECT RAISE(ABORT, 'EQUIPMENT: it was broken down (EU GMP 3.44)'); END;

-- The plate of a capsule filler: shells of one size fit into its holes.
CREATE TABLE filler_plate (
    id INTEGER PRIMARY KEY,
    equipment INTEGER NOT NULL UNIQUE REFERENCES equipment (id),
    capsule_size TEXT NOT NULL CHECK (length(capsule_size) > 0), -- as the material's: 1, 0, 00, ...
    holes INTEGER NOT NULL CHECK (holes BETWEEN 1 AND 10000)
) STRICT;
CREATE TRIGGER filler_plate_of_filler BEFORE INSERT ON filler_plate WHEN (SELECT kind FROM equipment WHERE id = NEW.equipment) <> 'capsule-filler'
    BEGIN SELECT RAISE(ABORT, 'EQUIPMENT: a plate is a part of a capsule filler'); END;
CREATE TRIGGER filler_plate_stays BEFORE UPDATE ON filler_plate BEGIN SELECT RAISE(ABORT, 'EQUIPMENT: a plate stays'); END;
CREATE TRIGGER filler_plate_is_kept BEFORE DELETE ON filler_plate BEGIN SELECT RAISE(ABORT, 'EQUIPMENT: a plate is kept'); END;

-- The plate that a batch was filled with.
CREATE TABLE batch_plate (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL UNIQUE REFERENCES batch (id),
    equipment INTEGER NOT NULL REFERENCES equipment (id)
) STRICT;
CREATE INDEX batch_plate_of_equipment ON batch_plate (equipment);
CREATE TRIGGER batch_plate_fits BEFORE INSERT ON batch_plate WHEN (SELECT state FROM batch WHERE id = NEW.batch) <> 'in-preparation'
    OR (SELECT withdrawn FROM equipment WHERE id = NEW.equipment) = 1
    OR NOT EXISTS (SELECT 1 FROM filler_plate p JOIN batch b ON b.id = NEW.batch JOIN formula_component c ON c.version = b.version JOIN material m ON m.id = c.material
        WHERE p.equipment = NEW.equipment AND m.kind = 'capsule-shell' AND m.capsule_size = p.capsule_size)
    OR EXISTS (SELECT 1 FROM logbook b WHERE b.equipment = NEW.equipment AND b.kind = 'breakdown'
        AND NOT EXISTS (SELECT 1 FROM logbook r WHERE r.equipment = b.equipment AND r.kind = 'repair' AND r.id > b.id))
    BEGIN SELECT RAISE(ABORT, 'EQUIPMENT: this plate does not fit the batch, or is out of use'); END;
CREATE TRIGGER batch_plate_stays BEFORE UPDATE ON batch_plate BEGIN SELECT RAISE(ABORT, 'BATCH: its plate stays'); END;
CREATE TRIGGER batch_plate_is_kept BEFORE DELETE ON batch_plate BEGIN SELECT RAISE(ABORT, 'BATCH: its plate is kept'); END;
CREATE TRIGGER batch_filled_with_plate BEFORE UPDATE OF filled ON batch WHEN OLD.filled IS NULL AND NEW.filled IS NOT NULL
    AND EXISTS (SELECT 1 FROM filler_plate p JOIN equipment e ON e.id = p.equipment WHERE e.withdrawn = 0) AND NOT EXISTS (SELECT 1 FROM batch_plate WHERE batch = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'BATCH: it is not said with which plate it was filled'); END;

-- Where a batch is stored: the last row counts.
CREATE TABLE batch_location (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    location TEXT NOT NULL CHECK (length(location) > 0),
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX batch_location_of_batch ON batch_location (batch);
CREATE INDEX batch_location_by_location ON batch_location (location);
CREATE TRIGGER batch_location_of_what_is_there BEFORE INSERT ON batch_location WHEN (SELECT state FROM batch WHERE id = NEW.batch) IN ('planned', 'cancelled', 'destroyed')
    BEGIN SELECT RAISE(ABORT, 'BATCH: only what is there is stored'); END;
CREATE TRIGGER batch_location_stays BEFORE UPDATE ON batch_location BEGIN SELECT RAISE(ABORT, 'BATCH: where it was stored stays'); END;
CREATE TRIGGER batch_location_is_kept BEFORE DELETE ON batch_location BEGIN SELECT RAISE(ABORT, 'BATCH: where it was stored is kept'); END;

-- A container of a raw material was carried elsewhere; container.location is where it is now.
CREATE TABLE container_move (
    id INTEGER PRIMARY KEY,
    container INTEGER NOT NULL REFERENCES container (id),
    former TEXT,                                      -- NULL where it was not said
    location TEXT NOT NULL CHECK (location IS NOT former AND length(location) > 0),
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX container_move_of_container ON container_move (container);
CREATE INDEX container_move_by_former ON container_move (former);
CREATE INDEX container_by_location ON container (location) WHERE location IS NOT NULL;
CREATE TRIGGER container_move_from_there BEFORE INSERT ON container_move WHEN NEW.former IS NOT (SELECT location FROM container WHERE id = NEW.container)
    BEGIN SELECT RAISE(ABORT, 'CONTAINER: it is moved from where it is'); END;
CREATE TRIGGER container_move_stays BEFORE UPDATE ON container_move BEGIN SELECT RAISE(ABORT, 'CONTAINER: a move stays'); END;
CREATE TRIGGER container_move_is_kept BEFORE DELETE ON container_move BEGIN SELECT RAISE(ABORT, 'CONTAINER: a move is kept'); END;
CREATE TRIGGER container_location_by_move BEFORE UPDATE OF location ON container WHEN OLD.location IS NOT NEW.location AND (coalesce(OLD.location, '') || '>' || NEW.location) IS NOT
    (SELECT coalesce(former, '') || '>' || location FROM container_move WHERE container = OLD.id ORDER BY id DESC LIMIT 1)
    BEGIN SELECT RAISE(ABORT, 'CONTAINER: where it is changes by a move'); END;

-- The conditions of a place left their limits: everything that was stored there is held until a pharmacist has assessed it (EU GMP 3.19).
CREATE TABLE excursion (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,        -- for example EX26-0001
    location TEXT NOT NULL CHECK (length(location) > 0),
    from_at TEXT NOT NULL,              -- instant
    until_at TEXT CHECK (until_at > from_at), -- NULL: it lasts, or is not known
    lowest TEXT,                        -- as the recorder showed it, with its unit
    highest TEXT,
    reason TEXT NOT NULL CHECK (length(reason) > 0),
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    CHECK (from_at < at AND (until_at IS NULL OR until_at <= at))
) STRICT;
CREATE TRIGGER excursion_stays BEFORE UPDATE ON excursion BEGIN SELECT RAISE(ABORT, 'EXCURSION: it stays'); END;
CREATE TRIGGER excursion_is_kept BEFORE DELETE ON excursion BEGIN SELECT RAISE(ABORT, 'EXCURSION: it is kept'); END;

-- A container that was there: held, then kept or condemned by a pharmacist.
CREATE TABLE excursion_container (
    id INTEGER PRIMARY KEY,
    excursion INTEGER NOT NULL REFERENCES excursion (id),
    container INTEGER NOT NULL REFERENCES container (id),
    state TEXT NOT NULL CHECK (state IN ('held', 'kept', 'condemned')),
    reason TEXT CHECK (length(reason) > 0), -- of the assessment
    decided_by INTEGER REFERENCES person (id),
    decided_at TEXT,
    meaning TEXT,                       -- of the signature
    UNIQUE (excursion, container),
    CHECK ((state = 'held') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL) = (reason IS NULL) AND (decided_by IS NULL) = (meaning IS NULL))
) STRICT;
CREATE INDEX excursion_of_container ON excursion_container (container, state);
CREATE INDEX excursion_waiting ON excursion_container (excursion) WHERE state = 'held';
CREATE INDEX excursion_condemned ON excursion_container (id) WHERE state = 'condemned';
CREATE TRIGGER excursion_container_starts_held BEFORE INSERT ON excursion_container WHEN NEW.state <> 'held' BEGIN SELECT RAISE(ABORT, 'EXCURSION: what was there is first held'); END;
CREATE TRIGGER excursion_container_stays BEFORE UPDATE ON excursion_container WHEN OLD.state <> 'held' OR NEW.state = 'held' OR OLD.excursion IS NOT NEW.excursion OR OLD.container IS NOT NEW.container
    BEGIN SELECT RAISE(ABORT, 'EXCURSION: what was decided stays'); END;
CREATE TRIGGER excursion_container_is_kept BEFORE DELETE ON excursion_container BEGIN SELECT RAISE(ABORT, 'EXCURSION: what was there is kept'); END;
CREATE TRIGGER weighing_not_of_held BEFORE INSERT ON weighing WHEN EXISTS (SELECT 1 FROM excursion_container WHERE container = NEW.container AND state IN ('held', 'condemned'))
    BEGIN SELECT RAISE(ABORT, 'EXCURSION: the container is held or condemned'); END;
CREATE TRIGGER issue_not_of_held BEFORE INSERT ON issue WHEN EXISTS (SELECT 1 FROM excursion_container WHERE container = NEW.container AND state IN ('held', 'condemned'))
    BEGIN SELECT RAISE(ABORT, 'EXCURSION: the container is held or condemned'); END;

-- A batch that was there: put on hold with it, lifted by a pharmacist as every hold is.
CREATE TABLE excursion_batch (
    id INTEGER PRIMARY KEY,
    excursion INTEGER NOT NULL REFERENCES excursion (id),
    batch INTEGER NOT NULL REFERENCES batch (id),
    UNIQUE (excursion, batch)
) STRICT;
CREATE INDEX excursion_of_batch ON excursion_batch (batch);
CREATE TRIGGER excursion_batch_is_held BEFORE INSERT ON excursion_batch WHEN (SELECT held FROM batch WHERE id = NEW.batch) <> 1
    BEGIN SELECT RAISE(ABORT, 'EXCURSION: a batch that was there is on hold'); END;
CREATE TRIGGER excursion_batch_stays BEFORE UPDATE ON excursion_batch BEGIN SELECT RAISE(ABORT, 'EXCURSION: it stays'); END;
CREATE TRIGGER excursion_batch_is_kept BEFORE DELETE ON excursion_batch BEGIN SELECT RAISE(ABORT, 'EXCURSION: it is kept'); END;

-- Where an excursion has no known end, and something of it waits for its decision, nothing is put.
CREATE TRIGGER container_not_into_excursion BEFORE INSERT ON container WHEN EXISTS (SELECT 1 FROM excursion e WHERE e.location = NEW.location AND e.until_at IS NULL
    AND (EXISTS (SELECT 1 FROM excursion_container WHERE excursion = e.id AND state = 'held') OR EXISTS (SELECT 1 FROM excursion_batch x JOIN batch b ON b.id = x.batch
        WHERE x.excursion = e.id AND b.held = 1)))
    BEGIN SELECT RAISE(ABORT, 'EXCURSION: nothing is put where an excursion lasts'); END;
CREATE TRIGGER container_move_not_into_excursion BEFORE INSERT ON container_move WHEN EXISTS (SELECT 1 FROM excursion e WHERE e.location = NEW.location AND e.until_at IS NULL
    AND (EXISTS (SELECT 1 FROM excursion_container WHERE excursion = e.id AND state = 'held') OR EXISTS (SELECT 1 FROM excursion_batch x JOIN batch b ON b.id = x.batch
        WHERE x.excursion = e.id AND b.held = 1)))
    BEGIN SELECT RAISE(ABORT, 'EXCURSION: nothing is put where an excursion lasts'); END;
CREATE TRIGGER batch_location_not_into_excursion BEFORE INSERT ON batch_location WHEN EXISTS (SELECT 1 FROM excursion e WHERE e.location = NEW.location AND e.until_at IS NULL
    AND (EXISTS (SELECT 1 FROM excursion_container WHERE excursion = e.id AND state = 'held') OR EXISTS (SELECT 1 FROM excursion_batch x JOIN batch b ON b.id = x.batch
        WHERE x.excursion = e.id AND b.held = 1)))
    BEGIN SELECT RAISE(ABORT, 'EXCURSION: nothing is put where an excursion lasts'); END;

-- The batches of an area.
CREATE INDEX batch_of_area ON batch (work_area);
