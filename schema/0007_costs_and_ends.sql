-- What the cost sheet tells apart, and how batches and lots ended.

-- Capsule shells are raw materials (BPP 5.26), not articles of packaging: the sheet names each kind for itself.
-- kind: of the material that a line is about; NULL for every other line, and for sheets frozen before this file.
ALTER TABLE cost_line ADD COLUMN kind TEXT CHECK (kind IS NULL OR (part = 'materials' AND kind IN ('active-substance', 'excipient', 'capsule-shell', 'packaging-article')));

-- What the own analysis of a raw-material lot cost: of reagents, of an outside laboratory, of time. Where the setting
-- lot-analysis-amortised is on, each gram (or shell) that a batch takes bears the sum of these amounts / usable quantity, and
-- usable = received - control samples - retained samples; the sheet frozen then keeps what it said.
CREATE TABLE lot_analysis (
    id INTEGER PRIMARY KEY,
    lot INTEGER NOT NULL REFERENCES lot (id),
    description TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),     -- micro-euro
    declared_by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX lot_analysis_of_lot ON lot_analysis (lot);
CREATE TRIGGER lot_analysis_of_raw_material BEFORE INSERT ON lot_analysis WHEN (SELECT m.kind FROM lot l JOIN material m ON m.id = l.material WHERE l.id = NEW.lot) = 'packaging-article'
    BEGIN SELECT RAISE(ABORT, 'COST: an article of packaging is not analysed (BPP 6.56)'); END;
CREATE TRIGGER lot_analysis_stays BEFORE UPDATE ON lot_analysis BEGIN SELECT RAISE(ABORT, 'COST: a declaration stays'); END;
CREATE TRIGGER lot_analysis_is_kept BEFORE DELETE ON lot_analysis BEGIN SELECT RAISE(ABORT, 'COST: a declaration is kept'); END;

-- A recall stands beside the acceptance before it, which stays: decided_by, decided_at and decision_reason are those of the
-- acceptance or refusal alone. (Of a lot recalled before this file they tell the recall; the journal has both.)
ALTER TABLE lot ADD COLUMN recalled_by INTEGER REFERENCES person (id); -- the pharmacist who recalled the lot
ALTER TABLE lot ADD COLUMN recalled_at TEXT;                          -- instant
ALTER TABLE lot ADD COLUMN recall_reason TEXT;
CREATE TRIGGER lot_recall_has_its_person BEFORE UPDATE OF state ON lot WHEN OLD.state <> NEW.state AND NEW.state = 'recalled'
    AND (NEW.recalled_by IS NULL OR NEW.recalled_at IS NULL OR coalesce(length(NEW.recall_reason), 0) = 0)
    BEGIN SELECT RAISE(ABORT, 'LOT: a recall says who, when and why (BPP 8.09)'); END;
CREATE TRIGGER lot_decision_stays BEFORE UPDATE ON lot WHEN (OLD.decided_by IS NOT NULL AND (OLD.decided_by IS NOT NEW.decided_by
    OR OLD.decided_at IS NOT NEW.decided_at OR OLD.decision_reason IS NOT NEW.decision_reason))
    OR (OLD.recalled_by IS NOT NULL AND (OLD.recalled_by IS NOT NEW.recalled_by OR OLD.recalled_at IS NOT NEW.recalled_at
    OR OLD.recall_reason IS NOT NEW.recall_reason)) BEGIN SELECT RAISE(ABORT, 'LOT: who decided stays'); END;

-- What was counted when a refused or abandoned batch was destroyed (BPP 5.53, 6.34). (NULL of a batch destroyed before this file:
-- the journal has it.)
ALTER TABLE batch ADD COLUMN destroyed_units INTEGER CHECK (destroyed_units >= 0); -- capsules left and of the reserve, as counted
ALTER TABLE batch ADD COLUMN destroyed_by INTEGER REFERENCES person (id);
ALTER TABLE batch ADD COLUMN destroyed_at TEXT;                                    -- instant
ALTER TABLE batch ADD COLUMN destruction_reference TEXT;                           -- of the waste slip
CREATE TRIGGER batch_destruction_is_counted BEFORE UPDATE OF state ON batch WHEN OLD.state <> NEW.state AND NEW.state = 'destroyed'
    AND (NEW.destroyed_units IS NULL OR NEW.destroyed_by IS NULL OR NEW.destroyed_at IS NULL OR coalesce(length(NEW.destruction_reference), 0) = 0)
    BEGIN SELECT RAISE(ABORT, 'BATCH: a destruction says how many, who, when and by which slip'); END;
CREATE TRIGGER batch_destruction_stays BEFORE UPDATE ON batch WHEN (OLD.destroyed_at IS NOT NULL OR NEW.state <> 'destroyed') AND (OLD.destroyed_units IS NOT NEW.destroyed_units
    OR OLD.destroyed_by IS NOT NEW.destroyed_by OR OLD.destroyed_at IS NOT NEW.destroyed_at OR OLD.destruction_reference IS NOT NEW.destruction_reference)
    BEGIN SELECT RAISE(ABORT, 'BATCH: a destruction stays'); END;

-- What was left of a released or recalled batch and destroyed: expired, recalled, or not wanted any more. The batch stays what it was
-- decided to be, for those who have its capsules; this is a further row (BPP 4.38, 5.53, 8.11). One person counts, another witnesses.
CREATE TABLE destruction (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    units INTEGER NOT NULL CHECK (units > 0),              -- capsules in the bottles that no dispensing took, as counted
    reference TEXT NOT NULL CHECK (length(reference) > 0), -- of the waste slip
    state TEXT NOT NULL CHECK (state IN ('proposed', 'witnessed', 'replaced')), -- replaced: counted again before it was witnessed
    counted_by INTEGER NOT NULL REFERENCES person (id),
    counted_at TEXT NOT NULL,
    witnessed_by INTEGER REFERENCES person (id) CHECK (witnessed_by IS NULL OR witnessed_by <> counted_by),
    witnessed_at TEXT,
    CHECK ((state = 'witnessed') = (witnessed_by IS NOT NULL)),
    CHECK ((witnessed_by IS NULL) = (witnessed_at IS NULL))
) STRICT;
CREATE INDEX destruction_of_batch ON destruction (batch);
CREATE UNIQUE INDEX destruction_proposed ON destruction (batch) WHERE state = 'proposed';
CREATE TRIGGER destruction_starts_proposed BEFORE INSERT ON destruction WHEN NEW.state <> 'proposed' OR (SELECT state FROM batch WHERE id = NEW.batch) NOT IN ('released', 'recalled')
    BEGIN SELECT RAISE(ABORT, 'BATCH: what is left of a released batch is first counted'); END;
CREATE TRIGGER destruction_stays BEFORE UPDATE ON destruction WHEN OLD.state <> 'proposed' OR OLD.batch IS NOT NEW.batch OR OLD.units IS NOT NEW.units
    OR OLD.reference IS NOT NEW.reference OR OLD.counted_by IS NOT NEW.counted_by OR OLD.counted_at IS NOT NEW.counted_at
    BEGIN SELECT RAISE(ABORT, 'BATCH: a destruction stays'); END;
CREATE TRIGGER destruction_is_kept BEFORE DELETE ON destruction BEGIN SELECT RAISE(ABORT, 'BATCH: a destruction is kept'); END;
CREATE TRIGGER bottle_destroyed_by_two BEFORE UPDATE OF destroyed ON bottle WHEN NEW.destroyed > OLD.destroyed AND (SELECT state FROM batch WHERE id = NEW.batch) IN ('released', 'recalled')
    AND NOT EXISTS (SELECT 1 FROM destruction WHERE batch = NEW.batch AND state = 'witnessed') BEGIN SELECT RAISE(ABORT, 'BOTTLE: a released batch is destroyed before a witness'); END;
CREATE TRIGGER bottle_destroyed_here BEFORE UPDATE OF destroyed ON bottle WHEN NEW.destroyed > OLD.destroyed AND EXISTS (SELECT 1 FROM dispensing_bottle t
    JOIN dispensing d ON d.id = t.dispensing WHERE t.bottle = NEW.id AND d.state <> 'cancelled') BEGIN SELECT RAISE(ABORT, 'BOTTLE: this bottle is of a dispensing'); END;
