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
