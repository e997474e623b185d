-- Results of the controls of a batch, as the laboratory states them, judged against the frozen formula.

CREATE TABLE result (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,                    -- for example B26-0001/R1
    batch INTEGER NOT NULL REFERENCES batch (id),
    rank INTEGER NOT NULL CHECK (rank > 0),
    control INTEGER NOT NULL REFERENCES formula_control (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'verified', 'invalidated')),
    stage INTEGER NOT NULL DEFAULT 1 CHECK (stage IN (1, 2)), -- of a staged test
    laboratory TEXT,                                -- name, where the control is subcontracted
    reference_standard TEXT,                        -- its lot
    equipment INTEGER REFERENCES equipment (id),
    analysed_on TEXT NOT NULL,
    raw_document TEXT REFERENCES content (digest),  -- ticket, chromatogram, report: unmodified
    entered_by INTEGER NOT NULL REFERENCES person (id),
    opened_at TEXT NOT NULL,
    closed_at TEXT,
    verdict TEXT CHECK (verdict IN ('complies', 'test 20 more', 'test 12 more', 'does not comply')),
    stated TEXT,                                    -- the result in one line, as the certificate prints it
    computation TEXT,                               -- JSON: every statistic with its formula and values
    verified_by INTEGER REFERENCES person (id) CHECK (verified_by IS NULL OR verified_by <> entered_by),
    verified_at TEXT,
    reason TEXT,                                    -- of an invalidation
    invalidated_by INTEGER REFERENCES person (id),
    invalidated_at TEXT,
    deviation INTEGER REFERENCES deviation (id),    -- because of which it was set aside
    UNIQUE (batch, rank),
    CHECK ((state = 'open') = (verdict IS NULL) OR stage = 2 OR state = 'invalidated'),
    CHECK ((state = 'verified') <= (verified_by IS NOT NULL)),
    CHECK (state <> 'invalidated' OR length(reason) > 0),
    CHECK ((state = 'invalidated') = (invalidated_by IS NOT NULL) AND (state = 'invalidated') = (invalidated_at IS NOT NULL) AND (state = 'invalidated') = (deviation IS NOT NULL))
) STRICT;
CREATE INDEX result_of_batch ON result (batch, control);
CREATE UNIQUE INDEX result_once ON result (batch, control) WHERE state <> 'invalidated'; -- one result a control: replacing the first units is no way to pass
CREATE TRIGGER result_starts_open BEFORE INSERT ON result WHEN NEW.state <> 'open' BEGIN SELECT RAISE(ABORT, 'RESULT: a result is first opened'); END;
CREATE TRIGGER result_of_formula BEFORE INSERT ON result WHEN (SELECT version FROM formula_control WHERE id = NEW.control) IS NOT (SELECT version FROM batch WHERE id = NEW.batch) BEGIN SELECT RAISE(ABORT, 'RESULT: the control is not of this formula'); END;
CREATE TRIGGER result_state BEFORE UPDATE OF state ON result WHEN OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN
    ('open>closed', 'closed>open', 'closed>verified', 'closed>invalidated', 'verified>open', 'open>invalidated', 'verified>invalidated') BEGIN SELECT RAISE(ABORT, 'RESULT: no such change of state'); END;
CREATE TRIGGER result_reopens_for_stage_2 BEFORE UPDATE OF state ON result WHEN OLD.state IN ('closed', 'verified') AND NEW.state = 'open' AND
    (NEW.stage <> 2 OR OLD.stage <> 1 OR OLD.verdict NOT IN ('test 20 more', 'test 12 more')) BEGIN SELECT RAISE(ABORT, 'RESULT: only a staged test goes on'); END;
CREATE TRIGGER result_stays BEFORE UPDATE ON result WHEN OLD.number IS NOT NEW.number OR OLD.batch IS NOT NEW.batch OR OLD.control IS NOT NEW.control
    OR OLD.entered_by IS NOT NEW.entered_by OR NEW.stage < OLD.stage OR (OLD.state IN ('closed', 'verified') AND NEW.state <> 'open' AND OLD.verdict IS NOT NEW.verdict)
    BEGIN SELECT RAISE(ABORT, 'RESULT: what was entered stays'); END;

CREATE TABLE result_value (
    id INTEGER PRIMARY KEY,
    result INTEGER NOT NULL REFERENCES result (id),
    stage INTEGER NOT NULL CHECK (stage IN (1, 2)),
    series TEXT NOT NULL CHECK (series IN ('value', 'gross', 'shell')),
    rank INTEGER NOT NULL CHECK (rank > 0),
    value TEXT NOT NULL CHECK (length(value) > 0), -- as stated: digits kept, "< 10" and "< LOQ" possible
    unit TEXT,
    entered_by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    UNIQUE (result, series, rank)
) STRICT;
CREATE TRIGGER result_value_open BEFORE INSERT ON result_value WHEN (SELECT state FROM result WHERE id = NEW.result) <> 'open' OR (SELECT stage FROM result WHERE id = NEW.result) <> NEW.stage
    BEGIN SELECT RAISE(ABORT, 'RESULT: the series is closed'); END;
CREATE TRIGGER result_value_stays BEFORE UPDATE ON result_value BEGIN SELECT RAISE(ABORT, 'RESULT: a value stays'); END;
CREATE TRIGGER result_value_is_kept BEFORE DELETE ON result_value BEGIN SELECT RAISE(ABORT, 'RESULT: a value is kept'); END;
-- A control that is due after the release has its result then: a further row, which changes none that stands.
CREATE TRIGGER result_closed_insert BEFORE INSERT ON result WHEN (SELECT state FROM batch WHERE id = NEW.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed')
    AND NOT ((SELECT state FROM batch WHERE id = NEW.batch) = 'released' AND (SELECT due FROM formula_control WHERE id = NEW.control) = 'after-release') BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER result_closed_update BEFORE UPDATE ON result WHEN (SELECT state FROM batch WHERE id = OLD.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed')
    AND NOT ((SELECT state FROM batch WHERE id = OLD.batch) = 'released' AND (SELECT due FROM formula_control WHERE id = OLD.control) = 'after-release'
        AND NOT (OLD.state = 'verified' AND OLD.verdict = 'complies')) BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER result_is_kept BEFORE DELETE ON result BEGIN SELECT RAISE(ABORT, 'BATCH: a record is kept'); END;
-- The reserve serves the second stage of such a control too.
CREATE TRIGGER sample_closed_update BEFORE UPDATE ON sample WHEN (SELECT state FROM batch WHERE id = OLD.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed')
    AND NOT (OLD.purpose = 'reserve' AND (SELECT state FROM batch WHERE id = OLD.batch) = 'released' AND OLD.person IS NEW.person AND OLD.at IS NEW.at
        AND EXISTS (SELECT 1 FROM result r JOIN formula_control c ON c.id = r.control WHERE r.batch = OLD.batch AND c.due = 'after-release' AND r.state <> 'invalidated'))
    BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
