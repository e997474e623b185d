-- A count, a loss, a sample and what was received are amended as weighings, steps and results are (schema 0013, table amendment): the first
-- value stays in a row there, the entry's own row holds the one in force, and what was computed from it is computed again.

-- The tables that follow are made anew, for their lists of kinds stand in them; the triggers elsewhere that name them stay as they are.
PRAGMA legacy_alter_table=ON;

CREATE TABLE amendment_with_counts (
    id INTEGER PRIMARY KEY,
    batch INTEGER REFERENCES batch (id),            -- NULL of what was received
    lot INTEGER REFERENCES lot (id),                -- of what was received
    kind TEXT NOT NULL CHECK (kind IN ('weighing', 'step', 'result', 'issue', 'filling', 'bottle', 'loss', 'sample', 'lot')),
    subject TEXT NOT NULL,                          -- number of the weighing, result, issue, bottle, sample, batch (filling), lot or its container; code of the step; rank of the loss
    entry TEXT NOT NULL,                            -- tare, net, ticket; name of the step's value; series and rank of the result's value; units, quantity; name of the field of the lot
    former TEXT,                                    -- the value that stood, as its row held it; NULL where there was none
    value TEXT NOT NULL CHECK (value IS NOT former),
    unit TEXT,                                      -- ng of a mass, micro-euro of a price
    entered_by INTEGER NOT NULL REFERENCES person (id), -- of the former value
    entered_at TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (length(reason) > 0),
    raw_document TEXT REFERENCES content (digest),  -- of a result: what the value was read from again
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    deviation INTEGER REFERENCES deviation (id),    -- that opened with it: the entry was used already, or its verdict changed
    CHECK ((kind = 'result') = (raw_document IS NOT NULL)),
    CHECK ((kind = 'lot') = (lot IS NOT NULL) AND (kind = 'lot') = (batch IS NULL))
) STRICT;
INSERT INTO amendment_with_counts (id, batch, kind, subject, entry, former, value, unit, entered_by, entered_at, reason, raw_document, person, at, deviation)
    SELECT id, batch, kind, subject, entry, former, value, unit, entered_by, entered_at, reason, raw_document, person, at, deviation FROM amendment ORDER BY id;
DROP TABLE amendment;
ALTER TABLE amendment_with_counts RENAME TO amendment;
CREATE INDEX amendment_of_batch ON amendment (batch, kind, subject, entry);
CREATE INDEX amendment_of_lot ON amendment (lot) WHERE lot IS NOT NULL;
CREATE TRIGGER amendment_stays BEFORE UPDATE ON amendment BEGIN SELECT RAISE(ABORT, 'AMENDMENT: it stays'); END;
CREATE TRIGGER amendment_is_kept BEFORE DELETE ON amendment BEGIN SELECT RAISE(ABORT, 'AMENDMENT: it is kept'); END;
CREATE TRIGGER amendment_closed_insert BEFORE INSERT ON amendment WHEN NEW.batch IS NOT NULL AND (SELECT state FROM batch WHERE id = NEW.batch) NOT IN ('in-preparation', 'quarantine')
    AND NOT (NEW.kind = 'result' AND (SELECT state FROM batch WHERE id = NEW.batch) = 'released')
    BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;

-- What was received more or less than first entered, and what an amended issue took more or less, are movements of their own.
CREATE TABLE movement_with_counts (
    id INTEGER PRIMARY KEY,
    container INTEGER NOT NULL REFERENCES container (id),
    kind TEXT NOT NULL CHECK (kind IN ('receipt', 'control-sample', 'retained-sample', 'weighing', 'issue', 'return', 'count', 'destruction', 'amendment')),
    quantity INTEGER NOT NULL CHECK (quantity <> 0), -- in the unit of the material; out is negative
    batch INTEGER REFERENCES batch (id),             -- NULL of an amendment: of what was received
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    reason TEXT,
    second_person INTEGER REFERENCES person (id), -- who verified it, of a count
    CHECK ((kind = 'count') = (second_person IS NOT NULL)),
    CHECK (second_person IS NULL OR (second_person <> person AND length(reason) > 0)),
    CHECK ((kind IN ('weighing', 'issue')) <= (batch IS NOT NULL)),
    CHECK ((quantity > 0) = (kind IN ('receipt', 'return')) OR kind IN ('count', 'amendment'))
) STRICT;
INSERT INTO movement_with_counts (id, container, kind, quantity, batch, person, at, reason, second_person)
    SELECT id, container, kind, quantity, batch, person, at, reason, second_person FROM movement ORDER BY id;
DROP TABLE movement;
ALTER TABLE movement_with_counts RENAME TO movement;
CREATE INDEX movement_of_container ON movement (container, batch, quantity);
CREATE INDEX movement_of_batch ON movement (batch, container) WHERE batch IS NOT NULL;
CREATE TRIGGER movement_never_below_zero BEFORE INSERT ON movement WHEN NEW.quantity < 0 AND NOT (NEW.kind = 'weighing' OR (NEW.kind = 'amendment'
    AND EXISTS (SELECT 1 FROM weighing WHERE batch = NEW.batch AND container = NEW.container))) AND NEW.quantity +
    (SELECT coalesce(sum(quantity), 0) FROM movement WHERE container = NEW.container) < 0
    BEGIN SELECT RAISE(ABORT, 'STOCK: a container never holds less than nothing'); END;
CREATE TRIGGER movement_only_of_accepted BEFORE INSERT ON movement WHEN NEW.kind IN ('weighing', 'issue') AND
    (SELECT lot.state FROM container JOIN lot ON lot.id = container.lot WHERE container.id = NEW.container) <> 'accepted'
    BEGIN SELECT RAISE(ABORT, 'STOCK: only an accepted lot is used (BPP 5.09)'); END;
CREATE TRIGGER movement_stays BEFORE UPDATE ON movement BEGIN SELECT RAISE(ABORT, 'STOCK: a movement stays'); END;
CREATE TRIGGER movement_is_kept BEFORE DELETE ON movement BEGIN SELECT RAISE(ABORT, 'STOCK: a movement is kept'); END;
CREATE TRIGGER movement_of_verified_count BEFORE INSERT ON movement WHEN NEW.kind = 'count' AND NOT EXISTS (SELECT 1 FROM stock_count c WHERE c.container = NEW.container
    AND c.state = 'verified' AND c.counted_by = NEW.person AND c.verified_by = NEW.second_person AND c.verified_at = NEW.at
    AND NEW.quantity = c.quantity - (SELECT coalesce(sum(quantity), 0) FROM movement WHERE container = NEW.container))
    BEGIN SELECT RAISE(ABORT, 'STOCK: a count changes the stock once another person has verified it'); END;
CREATE TRIGGER movement_closed_insert BEFORE INSERT ON movement WHEN NEW.batch IS NOT NULL AND NEW.kind IN ('weighing', 'issue', 'amendment')
    AND (SELECT state FROM batch WHERE id = NEW.batch) NOT IN ('in-preparation', 'quarantine')
    BEGIN SELECT RAISE(ABORT, 'STOCK: nothing is taken for a batch that is not being made'); END;
CREATE TRIGGER movement_of_amendment BEFORE INSERT ON movement WHEN NEW.kind = 'amendment' AND (NOT EXISTS (SELECT 1 FROM amendment a
    LEFT JOIN weighing w ON a.kind = 'weighing' AND w.number = a.subject LEFT JOIN issue i ON a.kind = 'issue' AND i.number = a.subject
    LEFT JOIN container c ON a.kind = 'lot' AND c.number = a.subject
    WHERE a.at = NEW.at AND a.person = NEW.person AND a.batch IS NEW.batch AND a.entry = CASE a.kind WHEN 'weighing' THEN 'net' WHEN 'issue' THEN 'units' ELSE 'quantity' END
    AND coalesce(w.container, i.container, c.id) = NEW.container
    AND NEW.quantity = (CAST(a.former AS INTEGER) - CAST(a.value AS INTEGER)) * iif(a.kind = 'lot', -1, 1))
    OR EXISTS (SELECT 1 FROM movement WHERE kind = 'amendment' AND container = NEW.container AND batch IS NEW.batch AND at = NEW.at))
    BEGIN SELECT RAISE(ABORT, 'STOCK: this movement follows an amendment of what was weighed, issued or received'); END;
DROP TRIGGER stock_count_never_above;
CREATE TRIGGER stock_count_never_above BEFORE INSERT ON stock_count WHEN NEW.quantity > (SELECT coalesce(sum(quantity), 0) FROM movement
    WHERE container = NEW.container AND (kind = 'receipt' OR (kind = 'amendment' AND batch IS NULL))) BEGIN SELECT RAISE(ABORT, 'STOCK: a container never holds more than was received in it'); END;

-- A reconciliation is made again when what it rests on is amended: the former edition stays beside the one in force, the highest.
CREATE TABLE reconciliation_with_editions (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    kind TEXT NOT NULL CHECK (kind IN ('powder', 'shells', 'capsules', 'labels')),
    rank INTEGER NOT NULL CHECK (rank > 0),
    edition INTEGER NOT NULL CHECK (edition > 0), -- 1, 2, ... of this kind
    name TEXT NOT NULL,     -- of the figure, for example loss
    value TEXT NOT NULL,    -- decimal
    unit TEXT,
    formula TEXT NOT NULL,  -- with its values
    limit_text TEXT,
    within INTEGER CHECK (within IN (0, 1)),
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    UNIQUE (batch, kind, edition, rank)
) STRICT;
INSERT INTO reconciliation_with_editions (id, batch, kind, rank, edition, name, value, unit, formula, limit_text, within, person, at)
    SELECT id, batch, kind, rank, 1, name, value, unit, formula, limit_text, within, person, at FROM reconciliation ORDER BY id;
DROP TABLE reconciliation;
ALTER TABLE reconciliation_with_editions RENAME TO reconciliation;
CREATE TRIGGER reconciliation_closed_insert BEFORE INSERT ON reconciliation WHEN (SELECT state FROM batch WHERE id = NEW.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed')
    BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER reconciliation_again BEFORE INSERT ON reconciliation WHEN NEW.edition > 1 AND NOT EXISTS (SELECT 1 FROM amendment a WHERE a.batch = NEW.batch
    AND a.at >= (SELECT min(at) FROM reconciliation WHERE batch = NEW.batch AND kind = NEW.kind AND edition = NEW.edition - 1))
    AND NOT EXISTS (SELECT 1 FROM result r JOIN formula_control c ON c.id = r.control WHERE r.batch = NEW.batch AND c.kind = 'mass-uniformity'
        AND r.closed_at >= (SELECT min(at) FROM reconciliation WHERE batch = NEW.batch AND kind = NEW.kind AND edition = NEW.edition - 1))
    BEGIN SELECT RAISE(ABORT, 'BATCH: what is reconciled is reconciled again behind an amendment, or another mean mass, alone'); END;
CREATE TRIGGER reconciliation_stays BEFORE UPDATE ON reconciliation BEGIN SELECT RAISE(ABORT, 'BATCH: a record stays'); END;
CREATE TRIGGER reconciliation_is_kept BEFORE DELETE ON reconciliation BEGIN SELECT RAISE(ABORT, 'BATCH: a record is kept'); END;

-- A loss that never was is amended to nothing.
CREATE TABLE loss_with_none (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    kind TEXT NOT NULL CHECK (kind IN ('powder-residue', 'powder-spilled', 'shells-defective', 'shells-destroyed', 'shells-returned', 'capsules-rejected', 'capsules-lost')),
    quantity INTEGER NOT NULL CHECK (quantity >= 0), -- nanograms of powder, or units
    cause TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
INSERT INTO loss_with_none (id, batch, kind, quantity, cause, person, at) SELECT id, batch, kind, quantity, cause, person, at FROM loss ORDER BY id;
DROP TABLE loss;
ALTER TABLE loss_with_none RENAME TO loss;
CREATE INDEX loss_of_batch ON loss (batch, kind);
CREATE TRIGGER loss_of_something BEFORE INSERT ON loss WHEN NEW.quantity = 0 BEGIN SELECT RAISE(ABORT, 'LOSS: something is lost'); END;
CREATE TRIGGER loss_closed_insert BEFORE INSERT ON loss WHEN (SELECT state FROM batch WHERE id = NEW.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed')
    BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER loss_closed_update BEFORE UPDATE ON loss WHEN (SELECT state FROM batch WHERE id = OLD.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed')
    BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER loss_is_kept BEFORE DELETE ON loss BEGIN SELECT RAISE(ABORT, 'BATCH: a record is kept'); END;

PRAGMA legacy_alter_table=OFF;

-- How many capsules were filled, and how many are in each bottle.
DROP TRIGGER batch_stays;
CREATE TRIGGER batch_stays BEFORE UPDATE ON batch WHEN OLD.id IS NOT NEW.id OR OLD.number IS NOT NEW.number OR OLD.version IS NOT NEW.version
    OR OLD.formula_content IS NOT NEW.formula_content OR OLD.units IS NOT NEW.units
    OR (OLD.registration IS NOT NULL AND (OLD.registration IS NOT NEW.registration OR OLD.made_on IS NOT NEW.made_on))
    OR (OLD.filled IS NOT NULL AND OLD.filled IS NOT NEW.filled AND (OLD.filled || '>' || NEW.filled) IS NOT (SELECT former || '>' || value FROM amendment
        WHERE batch = OLD.id AND kind = 'filling' ORDER BY id DESC LIMIT 1))
    OR (OLD.conforming IS NOT NULL AND OLD.conforming IS NOT NEW.conforming AND (NEW.conforming IS NULL
        OR NEW.conforming - OLD.conforming IS NOT (SELECT CAST(value AS INTEGER) - CAST(former AS INTEGER) FROM amendment WHERE batch = OLD.id AND kind = 'bottle' ORDER BY id DESC LIMIT 1)
        OR NEW.conforming <> (SELECT sum(units) FROM bottle WHERE batch = OLD.id)))
    BEGIN SELECT RAISE(ABORT, 'BATCH: what was recorded stays'); END;

DROP TRIGGER bottle_stays;
CREATE TRIGGER bottle_stays BEFORE UPDATE ON bottle WHEN OLD.number IS NOT NEW.number OR OLD.batch IS NOT NEW.batch
    OR OLD.rank IS NOT NEW.rank OR OLD.bottles IS NOT NEW.bottles OR NEW.destroyed < OLD.destroyed
    OR (OLD.units IS NOT NEW.units AND ((SELECT state FROM batch WHERE id = OLD.batch) <> 'quarantine' OR (OLD.units || '>' || NEW.units) IS NOT
        (SELECT former || '>' || value FROM amendment WHERE batch = OLD.batch AND kind = 'bottle' AND subject = OLD.number ORDER BY id DESC LIMIT 1)))
    BEGIN SELECT RAISE(ABORT, 'BOTTLE: a bottle stays'); END;

DROP TRIGGER issue_stays;
CREATE TRIGGER issue_stays BEFORE UPDATE ON issue WHEN OLD.number IS NOT NEW.number OR OLD.batch IS NOT NEW.batch
    OR OLD.container IS NOT NEW.container OR OLD.component IS NOT NEW.component OR OLD.issued_by IS NOT NEW.issued_by OR OLD.issued_at IS NOT NEW.issued_at
    OR (OLD.units IS NOT NEW.units AND (NEW.verified_by IS NOT NULL OR (OLD.units || '>' || NEW.units) IS NOT (SELECT former || '>' || value FROM amendment
        WHERE batch = OLD.batch AND kind = 'issue' AND subject = OLD.number ORDER BY id DESC LIMIT 1)))
    OR (OLD.verified_by IS NOT NULL AND OLD.units IS NEW.units)
    BEGIN SELECT RAISE(ABORT, 'ISSUE: what was issued stays'); END;
CREATE TRIGGER issue_verified_by_another BEFORE UPDATE OF verified_by ON issue WHEN NEW.verified_by IS NOT NULL
    AND EXISTS (SELECT 1 FROM amendment WHERE batch = NEW.batch AND kind = 'issue' AND subject = NEW.number AND person = NEW.verified_by)
    BEGIN SELECT RAISE(ABORT, 'ISSUE: another person verifies than who amended it (BPP 5.44)'); END;

DROP TRIGGER sample_stays;
CREATE TRIGGER sample_stays BEFORE UPDATE ON sample WHEN OLD.number IS NOT NEW.number OR OLD.batch IS NOT NEW.batch
    OR OLD.purpose IS NOT NEW.purpose OR OLD.destinations IS NOT NEW.destinations OR NEW.used < OLD.used
    OR (OLD.units IS NOT NEW.units AND (OLD.units || '>' || NEW.units) IS NOT (SELECT former || '>' || value FROM amendment
        WHERE batch = OLD.batch AND kind = 'sample' AND subject = OLD.number ORDER BY id DESC LIMIT 1))
    BEGIN SELECT RAISE(ABORT, 'SAMPLE: what was sampled stays'); END;

-- The first, second, ... loss of its batch is named by its rank.
CREATE TRIGGER loss_stays BEFORE UPDATE ON loss WHEN OLD.batch IS NOT NEW.batch OR OLD.kind IS NOT NEW.kind OR OLD.cause IS NOT NEW.cause OR OLD.person IS NOT NEW.person OR OLD.at IS NOT NEW.at
    OR (OLD.quantity || '>' || NEW.quantity) IS NOT (SELECT former || '>' || value FROM amendment WHERE batch = OLD.batch AND kind = 'loss'
        AND subject = CAST((SELECT count(*) FROM loss WHERE batch = OLD.batch AND id <= OLD.id) AS TEXT) ORDER BY id DESC LIMIT 1)
    BEGIN SELECT RAISE(ABORT, 'BATCH: a record stays'); END;

-- What was received.
DROP TRIGGER lot_stays;
CREATE TRIGGER lot_stays BEFORE UPDATE ON lot WHEN OLD.id IS NOT NEW.id OR OLD.number IS NOT NEW.number OR OLD.material IS NOT NEW.material
    OR OLD.supplier IS NOT NEW.supplier OR OLD.received_on IS NOT NEW.received_on OR OLD.received_by IS NOT NEW.received_by OR OLD.certificate IS NOT NEW.certificate
    OR (OLD.supplier_lot IS NOT NEW.supplier_lot AND (OLD.supplier_lot || '>' || NEW.supplier_lot) IS NOT
        (SELECT former || '>' || value FROM amendment WHERE lot = OLD.id AND entry = 'supplier-lot' ORDER BY id DESC LIMIT 1))
    OR (OLD.manufacturer IS NOT NEW.manufacturer AND (OLD.manufacturer || '>' || NEW.manufacturer) IS NOT
        (SELECT former || '>' || value FROM amendment WHERE lot = OLD.id AND entry = 'manufacturer' ORDER BY id DESC LIMIT 1))
    OR (OLD.certificate_reference IS NOT NEW.certificate_reference AND (coalesce(OLD.certificate_reference, '') || '>' || NEW.certificate_reference) IS NOT
        (SELECT coalesce(former, '') || '>' || value FROM amendment WHERE lot = OLD.id AND entry = 'certificate-reference' ORDER BY id DESC LIMIT 1))
    OR (OLD.price IS NOT NEW.price AND (OLD.price || '>' || NEW.price) IS NOT
        (SELECT former || '>' || value FROM amendment WHERE lot = OLD.id AND entry = 'price' ORDER BY id DESC LIMIT 1))
    OR (OLD.quantity IS NOT NEW.quantity AND (NEW.quantity - OLD.quantity) IS NOT
        (SELECT CAST(value AS INTEGER) - CAST(former AS INTEGER) FROM amendment WHERE lot = OLD.id AND entry = 'quantity' ORDER BY id DESC LIMIT 1))
    OR ((OLD.limit_kind IS NOT NEW.limit_kind OR OLD.limit_day IS NOT NEW.limit_day)
        AND (coalesce(OLD.limit_kind || ' ' || OLD.limit_day, '') || '>' || NEW.limit_kind || ' ' || NEW.limit_day) IS NOT
            (SELECT coalesce(former, '') || '>' || value FROM amendment WHERE lot = OLD.id AND entry = 'limit-day' ORDER BY id DESC LIMIT 1)
        AND (OLD.limit_kind IS NOT NEW.limit_kind OR NOT EXISTS (SELECT 1 FROM lot_retest r WHERE r.lot = OLD.id AND r.former_day = OLD.limit_day AND r.limit_day = NEW.limit_day
            AND r.assay IS NEW.assay AND r.assay_basis IS NEW.assay_basis AND r.water IS NEW.water)))
    OR (OLD.state <> 'quarantine' AND (OLD.assay IS NOT NEW.assay OR OLD.assay_basis IS NOT NEW.assay_basis OR OLD.water IS NOT NEW.water)
        AND NOT EXISTS (SELECT 1 FROM lot_retest r WHERE r.lot = OLD.id AND r.former_day = OLD.limit_day AND r.limit_day = NEW.limit_day
            AND r.assay IS NEW.assay AND r.assay_basis IS NEW.assay_basis AND r.water IS NEW.water))
    BEGIN SELECT RAISE(ABORT, 'LOT: what was received or decided stays'); END;

-- How long an intermediate may wait while the work on it is interrupted: past that, whoever resumes it opens a deviation (BPP 5.51).
ALTER TABLE formula_version ADD COLUMN hold_limit INTEGER CHECK (hold_limit BETWEEN 1 AND 8760); -- hours; NULL: the formula sets none
CREATE TRIGGER formula_version_hold_frozen BEFORE UPDATE OF hold_limit ON formula_version WHEN OLD.state <> 'draft' AND OLD.hold_limit IS NOT NEW.hold_limit
    BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER interruption_too_long BEFORE UPDATE OF resumed_at ON interruption WHEN NEW.resumed_at IS NOT NULL
    AND julianday(NEW.resumed_at) > julianday(NEW.suspended_at, '+' || (SELECT v.hold_limit FROM batch b JOIN formula_version v ON v.id = b.version WHERE b.id = NEW.batch) || ' hours')
    AND NOT EXISTS (SELECT 1 FROM deviation WHERE batch = NEW.batch AND opened_at = NEW.resumed_at)
    BEGIN SELECT RAISE(ABORT, 'INTERRUPTION: it lasted longer than the formula allows; a deviation opens'); END;
