-- Behind the counter: capsules for another request than a batch was made for, a bottle opened, lost or broken, capsules that a patient
-- lost or that are replaced. After the release nothing that was decided is changed: each is a further row.

-- Capsules of a released batch for another accepted request: beyond those of its requests, or of one that ended. A new release decision,
-- signed by a pharmacist who might have released the batch (CSP L.5121-1; BPP 1.12 to 1.17, 6.69).
CREATE TABLE reattribution (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    request INTEGER NOT NULL REFERENCES request (id),      -- that gets them
    units INTEGER NOT NULL CHECK (units > 0),
    from_request INTEGER REFERENCES request (id) CHECK (from_request IS NULL OR from_request <> request), -- that ended and gives them up; NULL: beyond all requests
    reason TEXT NOT NULL CHECK (length(reason) > 0),
    exceptions TEXT NOT NULL,                              -- JSON: the list of exceptions that were reviewed
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    meaning TEXT NOT NULL CHECK (length(meaning) > 0),     -- of the signature
    sequence INTEGER NOT NULL,                             -- journal head that the signature covers
    head TEXT NOT NULL
) STRICT;
CREATE INDEX reattribution_of_batch ON reattribution (batch, request);
CREATE INDEX reattribution_of_request ON reattribution (request, batch);
CREATE INDEX reattribution_of_former ON reattribution (from_request) WHERE from_request IS NOT NULL;
CREATE TRIGGER reattribution_stays BEFORE UPDATE ON reattribution BEGIN SELECT RAISE(ABORT, 'REATTRIBUTION: a signed decision stays'); END;
CREATE TRIGGER reattribution_is_kept BEFORE DELETE ON reattribution BEGIN SELECT RAISE(ABORT, 'REATTRIBUTION: a signed decision is kept'); END;
CREATE TRIGGER reattribution_of_released BEFORE INSERT ON reattribution WHEN NOT EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch AND state = 'released' AND held = 0
    AND expiry >= substr(NEW.at, 1, 10)) BEGIN SELECT RAISE(ABORT, 'REATTRIBUTION: only from a batch released, not held, not expired'); END;
CREATE TRIGGER reattribution_to_accepted BEFORE INSERT ON reattribution WHEN NOT EXISTS (SELECT 1 FROM request r JOIN batch b ON b.id = NEW.batch
    JOIN formula_version v ON v.id = b.version WHERE r.id = NEW.request AND r.state = 'accepted' AND r.formula = v.formula)
    BEGIN SELECT RAISE(ABORT, 'REATTRIBUTION: only to an accepted request of the same formula (CSP L.5121-1)'); END;
CREATE TRIGGER reattribution_within_request BEFORE INSERT ON reattribution WHEN NEW.units + (SELECT coalesce(sum(units), 0) FROM dispensing WHERE request = NEW.request
    AND state <> 'cancelled') > (SELECT units FROM request WHERE id = NEW.request) BEGIN SELECT RAISE(ABORT, 'REATTRIBUTION: never more than is prescribed'); END;
-- What the request that ended was promised of this batch, less what it got and what was taken from it before.
CREATE TRIGGER reattribution_from_ended BEFORE INSERT ON reattribution WHEN NEW.from_request IS NOT NULL AND ((SELECT state FROM request WHERE id = NEW.from_request) NOT IN ('withdrawn', 'served')
    OR NEW.units > (SELECT coalesce(sum(units), 0) FROM batch_request WHERE batch = NEW.batch AND request = NEW.from_request)
        + (SELECT coalesce(sum(units), 0) FROM reattribution WHERE batch = NEW.batch AND request = NEW.from_request)
        - (SELECT coalesce(sum(units), 0) FROM reattribution WHERE batch = NEW.batch AND from_request = NEW.from_request)
        - (SELECT coalesce(sum(units), 0) FROM dispensing WHERE batch = NEW.batch AND request = NEW.from_request AND state <> 'cancelled'))
    BEGIN SELECT RAISE(ABORT, 'REATTRIBUTION: only what a request that ended has not got'); END;

-- A dispensing goes to a request that its batch was made for or reattributed to, and never beyond what it is to give it.
CREATE TRIGGER dispensing_of_its_requests BEFORE INSERT ON dispensing WHEN NEW.units + (SELECT coalesce(sum(units), 0) FROM dispensing WHERE batch = NEW.batch AND request = NEW.request AND state <> 'cancelled')
    > (SELECT coalesce(sum(units), 0) FROM batch_request WHERE batch = NEW.batch AND request = NEW.request)
    + (SELECT coalesce(sum(units), 0) FROM reattribution WHERE batch = NEW.batch AND request = NEW.request)
    - (SELECT coalesce(sum(units), 0) FROM reattribution WHERE batch = NEW.batch AND from_request = NEW.request)
    BEGIN SELECT RAISE(ABORT, 'DISPENSING: only to a request that the batch was made for or reattributed to (CSP L.5121-1)'); END;

-- A bottle of a released batch is opened and its capsules counted into two others: repackaging, with the line cleared before it (BPP 5.35,
-- 5.54) and another person's count (BPP 5.44). The expiry of the batch stays theirs: same capsules, same kind of bottle, same day.
CREATE TABLE bottle_opening (
    id INTEGER PRIMARY KEY,
    bottle INTEGER NOT NULL UNIQUE REFERENCES bottle (id),  -- that is empty from here on
    batch INTEGER NOT NULL REFERENCES batch (id),
    units INTEGER NOT NULL CHECK (units > 0),               -- capsules asked for; the rest is in the other new bottle
    broken INTEGER NOT NULL DEFAULT 0 CHECK (broken >= 0),  -- capsules broken or spoiled while they were counted
    work_area INTEGER NOT NULL REFERENCES work_area (id),
    line TEXT NOT NULL CHECK (length(line) > 0),            -- clearance: what was looked at and how it was found
    reason TEXT NOT NULL CHECK (length(reason) > 0),
    opened_by INTEGER NOT NULL REFERENCES person (id),
    opened_at TEXT NOT NULL,
    verified_by INTEGER REFERENCES person (id) CHECK (verified_by IS NULL OR verified_by <> opened_by),
    verified_at TEXT,
    CHECK ((verified_by IS NULL) = (verified_at IS NULL))
) STRICT;
CREATE INDEX bottle_opening_of_batch ON bottle_opening (batch);
CREATE INDEX bottle_opening_waiting ON bottle_opening (opened_at) WHERE verified_at IS NULL;
CREATE UNIQUE INDEX bottle_opening_in_area ON bottle_opening (work_area) WHERE verified_at IS NULL; -- one at a time in a work area (BPP 5.34)

-- A bottle that was in the pharmacy and is lost, or broken: its capsules are given to nobody (BPP 4.38, 5.12).
CREATE TABLE bottle_loss (
    id INTEGER PRIMARY KEY,
    bottle INTEGER NOT NULL UNIQUE REFERENCES bottle (id),
    batch INTEGER NOT NULL REFERENCES batch (id),
    kind TEXT NOT NULL CHECK (kind IN ('lost', 'broken')),
    reason TEXT NOT NULL CHECK (length(reason) > 0),
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX bottle_loss_of_batch ON bottle_loss (batch);

ALTER TABLE bottle ADD COLUMN ended TEXT CHECK (ended IS NULL OR ended IN ('opened', 'lost', 'broken')); -- nothing is in it any more, by a row of one of both tables
ALTER TABLE bottle ADD COLUMN opening INTEGER REFERENCES bottle_opening (id);                            -- that filled it; NULL: packaging did
CREATE INDEX bottle_of_opening ON bottle (opening) WHERE opening IS NOT NULL;

-- Only capsules that are here and that no live request of the batch waits for.
CREATE TRIGGER reattribution_of_free BEFORE INSERT ON reattribution WHEN NEW.units > (SELECT coalesce(sum(o.units), 0) FROM bottle o WHERE o.batch = NEW.batch AND o.destroyed = 0 AND o.ended IS NULL
    AND NOT EXISTS (SELECT 1 FROM dispensing_bottle t JOIN dispensing d ON d.id = t.dispensing WHERE t.bottle = o.id AND d.state <> 'cancelled'))
    - (SELECT coalesce(sum(max(0, min((SELECT coalesce(sum(units), 0) FROM batch_request WHERE batch = NEW.batch AND request = r.id)
        + (SELECT coalesce(sum(units), 0) FROM reattribution WHERE batch = NEW.batch AND request = r.id)
        - (SELECT coalesce(sum(units), 0) FROM dispensing WHERE batch = NEW.batch AND request = r.id AND state <> 'cancelled'),
        r.units - (SELECT coalesce(sum(units), 0) FROM dispensing WHERE request = r.id AND state <> 'cancelled')))), 0) FROM request r WHERE r.state = 'accepted'
        AND r.id IN (SELECT request FROM batch_request WHERE batch = NEW.batch UNION SELECT request FROM reattribution WHERE batch = NEW.batch))
    BEGIN SELECT RAISE(ABORT, 'REATTRIBUTION: other requests wait for these capsules'); END;

CREATE TRIGGER bottle_opening_starts BEFORE INSERT ON bottle_opening WHEN NEW.verified_by IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch AND state = 'released' AND held = 0 AND expiry >= substr(NEW.opened_at, 1, 10))
    OR NOT EXISTS (SELECT 1 FROM bottle WHERE id = NEW.bottle AND batch = NEW.batch AND destroyed = 0 AND ended IS NULL AND units >= NEW.units + NEW.broken)
    OR EXISTS (SELECT 1 FROM bottle b JOIN bottle_opening o ON o.id = b.opening WHERE b.id = NEW.bottle AND o.verified_at IS NULL)
    OR EXISTS (SELECT 1 FROM dispensing_bottle t JOIN dispensing d ON d.id = t.dispensing WHERE t.bottle = NEW.bottle AND d.state <> 'cancelled')
    OR EXISTS (SELECT 1 FROM batch WHERE work_area = NEW.work_area AND state = 'in-preparation')
    BEGIN SELECT RAISE(ABORT, 'BOTTLE: only a whole bottle of a released batch is opened, in an area that is free'); END;
CREATE TRIGGER bottle_opening_stays BEFORE UPDATE ON bottle_opening WHEN OLD.verified_by IS NOT NULL OR OLD.bottle IS NOT NEW.bottle OR OLD.batch IS NOT NEW.batch OR OLD.units IS NOT NEW.units OR OLD.broken IS NOT NEW.broken
    OR OLD.work_area IS NOT NEW.work_area OR OLD.line IS NOT NEW.line OR OLD.reason IS NOT NEW.reason OR OLD.opened_by IS NOT NEW.opened_by OR OLD.opened_at IS NOT NEW.opened_at
    BEGIN SELECT RAISE(ABORT, 'BOTTLE: an opening stays'); END;
CREATE TRIGGER bottle_opening_is_whole BEFORE UPDATE OF verified_by ON bottle_opening WHEN NEW.broken + (SELECT coalesce(sum(units), 0) FROM bottle WHERE opening = NEW.id)
    IS NOT (SELECT units FROM bottle WHERE id = NEW.bottle AND ended = 'opened') BEGIN SELECT RAISE(ABORT, 'BOTTLE: what was in it is not all in the others'); END;
CREATE TRIGGER bottle_opening_is_kept BEFORE DELETE ON bottle_opening BEGIN SELECT RAISE(ABORT, 'BOTTLE: an opening is kept'); END;
CREATE TRIGGER bottle_loss_here BEFORE INSERT ON bottle_loss WHEN NOT EXISTS (SELECT 1 FROM bottle WHERE id = NEW.bottle AND batch = NEW.batch AND destroyed = 0 AND ended IS NULL)
    OR (SELECT state FROM batch WHERE id = NEW.batch) NOT IN ('quarantine', 'released', 'recalled', 'refused', 'abandoned')
    OR EXISTS (SELECT 1 FROM dispensing_bottle t JOIN dispensing d ON d.id = t.dispensing WHERE t.bottle = NEW.bottle AND d.state <> 'cancelled')
    BEGIN SELECT RAISE(ABORT, 'BOTTLE: only what is here is lost here'); END;
CREATE TRIGGER bottle_loss_stays BEFORE UPDATE ON bottle_loss BEGIN SELECT RAISE(ABORT, 'BOTTLE: a loss stays'); END;
CREATE TRIGGER bottle_loss_is_kept BEFORE DELETE ON bottle_loss BEGIN SELECT RAISE(ABORT, 'BOTTLE: a loss is kept'); END;

DROP TRIGGER bottle_closed_insert;
CREATE TRIGGER bottle_closed_insert BEFORE INSERT ON bottle WHEN NEW.ended IS NOT NULL OR (NEW.opening IS NULL AND (SELECT state FROM batch WHERE id = NEW.batch) <> 'quarantine')
    OR (NEW.opening IS NOT NULL AND NOT EXISTS (SELECT 1 FROM bottle_opening o JOIN bottle f ON f.id = o.bottle WHERE o.id = NEW.opening AND o.batch = NEW.batch AND o.verified_at IS NULL
        AND f.ended = 'opened' AND NEW.units + (SELECT coalesce(sum(units), 0) FROM bottle WHERE opening = NEW.opening) + o.broken <= f.units))
    BEGIN SELECT RAISE(ABORT, 'BOTTLE: packaging is over or has not begun'); END;
CREATE TRIGGER bottle_ends BEFORE UPDATE OF ended ON bottle WHEN OLD.ended IS NOT NEW.ended AND (OLD.ended IS NOT NULL OR OLD.destroyed = 1
    OR (NEW.ended = 'opened') IS NOT EXISTS (SELECT 1 FROM bottle_opening WHERE bottle = NEW.id)
    OR (NEW.ended <> 'opened' AND NOT EXISTS (SELECT 1 FROM bottle_loss WHERE bottle = NEW.id AND kind = NEW.ended)))
    BEGIN SELECT RAISE(ABORT, 'BOTTLE: it ends by an opening or a loss, once'); END;
CREATE TRIGGER bottle_origin_stays BEFORE UPDATE OF opening ON bottle WHEN OLD.opening IS NOT NEW.opening BEGIN SELECT RAISE(ABORT, 'BOTTLE: a bottle stays'); END;
CREATE TRIGGER bottle_destroyed_full BEFORE UPDATE OF destroyed ON bottle WHEN NEW.destroyed > OLD.destroyed AND NEW.ended IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'BOTTLE: nothing is in it any more'); END;
CREATE TRIGGER dispensing_bottle_full BEFORE INSERT ON dispensing_bottle WHEN EXISTS (SELECT 1 FROM bottle b LEFT JOIN bottle_opening o ON o.id = b.opening
    WHERE b.id = NEW.bottle AND (b.ended IS NOT NULL OR (o.id IS NOT NULL AND o.verified_at IS NULL)))
    BEGIN SELECT RAISE(ABORT, 'DISPENSING: this bottle is empty, lost, or not verified by another person'); END;
CREATE TRIGGER label_of_full_bottle BEFORE INSERT ON label WHEN NEW.kind = 'bottle' AND EXISTS (SELECT 1 FROM bottle b LEFT JOIN bottle_opening o ON o.id = b.opening
    WHERE b.number = NEW.subject AND (b.ended IS NOT NULL OR (o.id IS NOT NULL AND o.verified_at IS NULL)))
    BEGIN SELECT RAISE(ABORT, 'LABEL: this bottle is empty, lost, or not verified by another person'); END;

-- Capsules that a patient lost, as somebody told: a new prescription, never a second dispensing of the first one.
CREATE TABLE patient_loss (
    id INTEGER PRIMARY KEY,
    dispensing INTEGER NOT NULL REFERENCES dispensing (id),
    units INTEGER NOT NULL CHECK (units > 0),
    reason TEXT NOT NULL CHECK (length(reason) > 0),
    reported_by TEXT NOT NULL CHECK (length(reported_by) > 0), -- in what quality: the patient, a nurse; no name
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX patient_loss_of_dispensing ON patient_loss (dispensing);
CREATE TRIGGER patient_loss_of_handed_over BEFORE INSERT ON patient_loss WHEN (SELECT state FROM dispensing WHERE id = NEW.dispensing) <> 'handed-over'
    OR NEW.units + (SELECT coalesce(sum(units), 0) FROM patient_loss WHERE dispensing = NEW.dispensing)
    + (SELECT coalesce(sum(units), 0) FROM patient_return WHERE dispensing = NEW.dispensing) > (SELECT units FROM dispensing WHERE id = NEW.dispensing)
    BEGIN SELECT RAISE(ABORT, 'LOSS: no more is lost than was handed over and not brought back'); END;
CREATE TRIGGER patient_loss_stays BEFORE UPDATE ON patient_loss BEGIN SELECT RAISE(ABORT, 'LOSS: it stays'); END;
CREATE TRIGGER patient_loss_is_kept BEFORE DELETE ON patient_loss BEGIN SELECT RAISE(ABORT, 'LOSS: it is kept'); END;
DROP TRIGGER patient_return_of_handed_over;
CREATE TRIGGER patient_return_of_handed_over BEFORE INSERT ON patient_return WHEN (SELECT state FROM dispensing WHERE id = NEW.dispensing) <> 'handed-over'
    OR NEW.units + (SELECT coalesce(sum(units), 0) FROM patient_return WHERE dispensing = NEW.dispensing)
    + (SELECT coalesce(sum(units), 0) FROM patient_loss WHERE dispensing = NEW.dispensing) > (SELECT units FROM dispensing WHERE id = NEW.dispensing)
    BEGIN SELECT RAISE(ABORT, 'RETURN: no more comes back than was handed over and not lost'); END;

-- A request whose capsules take the place of those of a dispensing: a defect, a complaint, a loss. It is a request like any other, accepted
-- by a pharmacist and charged.
CREATE TABLE request_replacement (
    id INTEGER PRIMARY KEY,
    request INTEGER NOT NULL UNIQUE REFERENCES request (id),
    dispensing INTEGER NOT NULL REFERENCES dispensing (id),
    reason TEXT NOT NULL CHECK (length(reason) > 0)
) STRICT;
CREATE INDEX request_replacement_of_dispensing ON request_replacement (dispensing);
CREATE TRIGGER request_replacement_of_patient BEFORE INSERT ON request_replacement WHEN NOT EXISTS (SELECT 1 FROM request r JOIN dispensing d ON d.id = NEW.dispensing
    WHERE r.id = NEW.request AND r.state = 'received' AND r.patient = d.patient AND d.state = 'handed-over')
    BEGIN SELECT RAISE(ABORT, 'REPLACEMENT: of what was handed over to the same patient'); END;
CREATE TRIGGER request_replacement_stays BEFORE UPDATE ON request_replacement BEGIN SELECT RAISE(ABORT, 'REPLACEMENT: it stays'); END;
CREATE TRIGGER request_replacement_is_kept BEFORE DELETE ON request_replacement BEGIN SELECT RAISE(ABORT, 'REPLACEMENT: it is kept'); END;
