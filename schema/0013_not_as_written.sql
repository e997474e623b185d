-- What was entered wrongly is superseded, never destroyed: a row here keeps the value that stood, who had entered it, the one that
-- takes its place, why, who and when (BPP 4.40; EU GMP 4.9, Annex 11 clause 9). The entry's own row then holds the value in force;
-- it changes by such a row and not otherwise.
CREATE TABLE amendment (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    kind TEXT NOT NULL CHECK (kind IN ('weighing', 'step', 'result')),
    subject TEXT NOT NULL,                          -- number of the weighing or of the result, code of the step
    entry TEXT NOT NULL,                            -- tare, net, ticket; name of the step's value; series and rank of the result's value
    former TEXT,                                    -- the value that stood, as its row held it; NULL where there was none
    value TEXT NOT NULL CHECK (value IS NOT former),
    unit TEXT,                                      -- ng of a mass
    entered_by INTEGER NOT NULL REFERENCES person (id), -- of the former value
    entered_at TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (length(reason) > 0),
    raw_document TEXT REFERENCES content (digest),  -- of a result: what the value was read from again
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    deviation INTEGER REFERENCES deviation (id),    -- that opened with it: the entry was used already, or its verdict changed
    CHECK ((kind = 'result') = (raw_document IS NOT NULL))
) STRICT;
CREATE INDEX amendment_of_batch ON amendment (batch, kind, subject, entry);
CREATE TRIGGER amendment_stays BEFORE UPDATE ON amendment BEGIN SELECT RAISE(ABORT, 'AMENDMENT: it stays'); END;
CREATE TRIGGER amendment_is_kept BEFORE DELETE ON amendment BEGIN SELECT RAISE(ABORT, 'AMENDMENT: it is kept'); END;
CREATE TRIGGER amendment_closed_insert BEFORE INSERT ON amendment WHEN (SELECT state FROM batch WHERE id = NEW.batch) NOT IN ('in-preparation', 'quarantine')
    AND NOT (NEW.kind = 'result' AND (SELECT state FROM batch WHERE id = NEW.batch) = 'released')
    BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;

-- What is added to the record of a batch once it is decided: dated, signed by name, and nothing that stands is changed (BPP 4.42).
CREATE TABLE addendum (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    text TEXT NOT NULL CHECK (length(text) > 0),
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX addendum_of_batch ON addendum (batch);
CREATE TRIGGER addendum_after_decision BEFORE INSERT ON addendum WHEN (SELECT state FROM batch WHERE id = NEW.batch) IN ('planned', 'in-preparation', 'quarantine')
    BEGIN SELECT RAISE(ABORT, 'ADDENDUM: only once the batch is decided'); END;
CREATE TRIGGER addendum_stays BEFORE UPDATE ON addendum BEGIN SELECT RAISE(ABORT, 'ADDENDUM: it stays'); END;
CREATE TRIGGER addendum_is_kept BEFORE DELETE ON addendum BEGIN SELECT RAISE(ABORT, 'ADDENDUM: it is kept'); END;

-- The work on a batch was interrupted, and went on later: why, and how each intermediate was left (BPP 5.34, 5.51). Between both nothing
-- is made; behind it the line is cleared anew.
CREATE TABLE interruption (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    phase TEXT NOT NULL CHECK (phase IN ('making', 'packaging')),
    reason TEXT NOT NULL CHECK (length(reason) > 0),
    left_as TEXT NOT NULL CHECK (length(left_as) > 0), -- state, label and place of each intermediate
    suspended_by INTEGER NOT NULL REFERENCES person (id),
    suspended_at TEXT NOT NULL,
    resumed_by INTEGER REFERENCES person (id),
    resumed_at TEXT CHECK (resumed_at >= suspended_at),
    CHECK ((resumed_by IS NULL) = (resumed_at IS NULL))
) STRICT;
CREATE INDEX interruption_of_batch ON interruption (batch);
CREATE UNIQUE INDEX interruption_under_way ON interruption (batch) WHERE resumed_at IS NULL;
CREATE TRIGGER interruption_starts BEFORE INSERT ON interruption WHEN NEW.resumed_at IS NOT NULL
    OR (SELECT state FROM batch WHERE id = NEW.batch) NOT IN ('in-preparation', 'quarantine') OR (SELECT conforming FROM batch WHERE id = NEW.batch) IS NOT NULL
    OR EXISTS (SELECT 1 FROM weighing WHERE batch = NEW.batch AND state = 'open') BEGIN SELECT RAISE(ABORT, 'INTERRUPTION: only of work under way, with nothing on the pan'); END;
CREATE TRIGGER interruption_stays BEFORE UPDATE ON interruption WHEN OLD.resumed_at IS NOT NULL OR OLD.batch IS NOT NEW.batch OR OLD.phase IS NOT NEW.phase OR OLD.reason IS NOT NEW.reason
    OR OLD.left_as IS NOT NEW.left_as OR OLD.suspended_by IS NOT NEW.suspended_by OR OLD.suspended_at IS NOT NEW.suspended_at BEGIN SELECT RAISE(ABORT, 'INTERRUPTION: it stays'); END;
CREATE TRIGGER interruption_is_kept BEFORE DELETE ON interruption BEGIN SELECT RAISE(ABORT, 'INTERRUPTION: it is kept'); END;
CREATE TRIGGER weighing_not_suspended BEFORE INSERT ON weighing WHEN EXISTS (SELECT 1 FROM interruption WHERE batch = NEW.batch AND resumed_at IS NULL)
    BEGIN SELECT RAISE(ABORT, 'INTERRUPTION: the batch is suspended'); END;
CREATE TRIGGER step_record_not_suspended BEFORE INSERT ON step_record WHEN EXISTS (SELECT 1 FROM interruption WHERE batch = NEW.batch AND resumed_at IS NULL)
    BEGIN SELECT RAISE(ABORT, 'INTERRUPTION: the batch is suspended'); END;
CREATE TRIGGER issue_not_suspended BEFORE INSERT ON issue WHEN EXISTS (SELECT 1 FROM interruption WHERE batch = NEW.batch AND resumed_at IS NULL)
    BEGIN SELECT RAISE(ABORT, 'INTERRUPTION: the batch is suspended'); END;
CREATE TRIGGER clearance_not_suspended BEFORE INSERT ON clearance WHEN EXISTS (SELECT 1 FROM interruption WHERE batch = NEW.batch AND resumed_at IS NULL)
    BEGIN SELECT RAISE(ABORT, 'INTERRUPTION: the batch is suspended'); END;

-- What was first written on paper, when the program was down or out of reach, and entered afterwards: when it was done, on which form, why
-- it came late. One person's; another compares it with the form (BPP 4.39, 4.40).
CREATE TABLE late_entry (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,                -- for example T26-0001
    batch INTEGER NOT NULL REFERENCES batch (id),
    sequence INTEGER NOT NULL UNIQUE,           -- the entry of the journal that was made late
    act TEXT NOT NULL,
    done_at TEXT NOT NULL,                      -- instant, as the form says
    form TEXT NOT NULL CHECK (length(form) > 0), -- number of the paper form
    reason TEXT NOT NULL CHECK (length(reason) > 0),
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    verified_by INTEGER REFERENCES person (id) CHECK (verified_by IS NULL OR verified_by <> person),
    verified_at TEXT,
    CHECK (done_at < at),
    CHECK ((verified_by IS NULL) = (verified_at IS NULL))
) STRICT;
CREATE INDEX late_entry_of_batch ON late_entry (batch);
CREATE INDEX late_entry_to_verify ON late_entry (batch) WHERE verified_at IS NULL;
CREATE TRIGGER late_entry_closed BEFORE INSERT ON late_entry WHEN NEW.verified_at IS NOT NULL OR (SELECT state FROM batch WHERE id = NEW.batch) NOT IN ('in-preparation', 'quarantine')
    BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER late_entry_stays BEFORE UPDATE ON late_entry WHEN OLD.verified_at IS NOT NULL OR (SELECT state FROM batch WHERE id = OLD.batch) NOT IN ('in-preparation', 'quarantine') OR OLD.number IS NOT NEW.number OR OLD.batch IS NOT NEW.batch OR OLD.sequence IS NOT NEW.sequence
    OR OLD.act IS NOT NEW.act OR OLD.done_at IS NOT NEW.done_at OR OLD.form IS NOT NEW.form OR OLD.reason IS NOT NEW.reason OR OLD.person IS NOT NEW.person OR OLD.at IS NOT NEW.at
    BEGIN SELECT RAISE(ABORT, 'LATE: it stays'); END;
CREATE TRIGGER late_entry_is_kept BEFORE DELETE ON late_entry BEGIN SELECT RAISE(ABORT, 'LATE: it is kept'); END;
CREATE TRIGGER batch_release_needs_late_verified BEFORE UPDATE OF state ON batch WHEN NEW.state = 'released' AND OLD.state <> 'released'
    AND EXISTS (SELECT 1 FROM late_entry WHERE batch = NEW.id AND verified_at IS NULL) BEGIN SELECT RAISE(ABORT, 'BATCH: something still blocks the release'); END;

-- Capsules that a patient brings back: counted, and to waste; they never serve again.
CREATE TABLE patient_return (
    id INTEGER PRIMARY KEY,
    dispensing INTEGER NOT NULL REFERENCES dispensing (id),
    units INTEGER NOT NULL CHECK (units > 0),
    reason TEXT NOT NULL CHECK (length(reason) > 0),
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX patient_return_of_dispensing ON patient_return (dispensing);
CREATE TRIGGER patient_return_of_handed_over BEFORE INSERT ON patient_return WHEN (SELECT state FROM dispensing WHERE id = NEW.dispensing) <> 'handed-over'
    OR NEW.units + (SELECT coalesce(sum(units), 0) FROM patient_return WHERE dispensing = NEW.dispensing) > (SELECT units FROM dispensing WHERE id = NEW.dispensing)
    BEGIN SELECT RAISE(ABORT, 'RETURN: no more comes back than was handed over'); END;
CREATE TRIGGER patient_return_stays BEFORE UPDATE ON patient_return BEGIN SELECT RAISE(ABORT, 'RETURN: it stays'); END;
CREATE TRIGGER patient_return_is_kept BEFORE DELETE ON patient_return BEGIN SELECT RAISE(ABORT, 'RETURN: it is kept'); END;

-- The pharmacist in charge has looked at who may do what: signed, every six months.
CREATE TABLE habilitation_review (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL CHECK (length(day) = 10),
    remarks TEXT,
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    meaning TEXT NOT NULL -- of the signature
) STRICT;
CREATE TRIGGER habilitation_review_stays BEFORE UPDATE ON habilitation_review BEGIN SELECT RAISE(ABORT, 'PERSON: a review stays'); END;
CREATE TRIGGER habilitation_review_is_kept BEFORE DELETE ON habilitation_review BEGIN SELECT RAISE(ABORT, 'PERSON: a review is kept'); END;

-- A weighing: what was recorded changes by an amendment of that very value, and is then to be verified anew by another person.
DROP TRIGGER weighing_state;
CREATE TRIGGER weighing_state BEFORE UPDATE OF state ON weighing WHEN OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN
    ('open>recorded', 'open>discarded', 'recorded>verified', 'recorded>discarded', 'verified>discarded')
    AND NOT ((OLD.state || '>' || NEW.state) = 'verified>recorded' AND EXISTS (SELECT 1 FROM amendment WHERE batch = OLD.batch AND kind = 'weighing' AND subject = OLD.number AND at >= OLD.verified_at))
    BEGIN SELECT RAISE(ABORT, 'WEIGHING: no such change of state'); END;
DROP TRIGGER weighing_stays;
CREATE TRIGGER weighing_stays BEFORE UPDATE ON weighing WHEN OLD.state = 'discarded' OR (OLD.state = 'verified' AND NEW.state NOT IN ('discarded', 'recorded')) OR OLD.number IS NOT NEW.number OR OLD.batch IS NOT NEW.batch
    OR OLD.component IS NOT NEW.component OR OLD.container IS NOT NEW.container OR OLD.equipment IS NOT NEW.equipment OR OLD.target IS NOT NEW.target
    OR OLD.due IS NOT NEW.due OR OLD.low IS NOT NEW.low OR OLD.high IS NOT NEW.high
    OR (OLD.recorded_by IS NOT NULL AND (OLD.recorded_by IS NOT NEW.recorded_by OR OLD.recorded_at IS NOT NEW.recorded_at))
    OR (OLD.net IS NOT NULL AND OLD.net IS NOT NEW.net AND (OLD.net || '>' || NEW.net) IS NOT (SELECT former || '>' || value FROM amendment
        WHERE batch = OLD.batch AND kind = 'weighing' AND subject = OLD.number AND entry = 'net' ORDER BY id DESC LIMIT 1))
    OR (OLD.tare IS NOT NULL AND OLD.tare IS NOT NEW.tare AND (OLD.tare || '>' || NEW.tare) IS NOT (SELECT former || '>' || value FROM amendment
        WHERE batch = OLD.batch AND kind = 'weighing' AND subject = OLD.number AND entry = 'tare' ORDER BY id DESC LIMIT 1))
    OR (OLD.net IS NOT NULL AND OLD.ticket IS NOT NEW.ticket AND (coalesce(OLD.ticket, '') || '>' || NEW.ticket) IS NOT (SELECT coalesce(former, '') || '>' || value FROM amendment
        WHERE batch = OLD.batch AND kind = 'weighing' AND subject = OLD.number AND entry = 'ticket' ORDER BY id DESC LIMIT 1))
    BEGIN SELECT RAISE(ABORT, 'WEIGHING: what was recorded stays'); END;
DROP TRIGGER weighing_used_stays;
CREATE TRIGGER weighing_used_stays BEFORE UPDATE OF state ON weighing WHEN OLD.state IN ('recorded', 'verified') AND NEW.state = 'discarded' AND ((SELECT filled FROM batch WHERE id = OLD.batch) IS NOT NULL
    OR EXISTS (SELECT 1 FROM step_record r JOIN formula_step f ON f.id = r.step WHERE r.batch = OLD.batch AND f.kind = 'operation' AND r.at > OLD.recorded_at))
    BEGIN SELECT RAISE(ABORT, 'WEIGHING: this portion is in the powder already'); END;
DROP TRIGGER weighing_verified_by_another;
CREATE TRIGGER weighing_verified_by_another BEFORE UPDATE OF verified_by ON weighing WHEN NEW.verified_by IS NOT NULL AND (NEW.verified_by = NEW.opened_by OR NEW.verified_by = NEW.recorded_by
    OR EXISTS (SELECT 1 FROM amendment WHERE batch = NEW.batch AND kind = 'weighing' AND subject = NEW.number AND person = NEW.verified_by))
    BEGIN SELECT RAISE(ABORT, 'WEIGHING: another person verifies than who opened, recorded or amended it (BPP 5.44)'); END;

-- A value of a step.
DROP TRIGGER step_value_stays;
CREATE TRIGGER step_value_stays BEFORE UPDATE ON step_value WHEN OLD.record IS NOT NEW.record OR OLD.rank IS NOT NEW.rank OR OLD.name IS NOT NEW.name OR OLD.unit IS NOT NEW.unit
    OR (OLD.value || '>' || NEW.value) IS NOT (SELECT a.former || '>' || a.value FROM amendment a JOIN step_record r ON r.id = OLD.record JOIN formula_step f ON f.id = r.step
        WHERE a.batch = r.batch AND a.kind = 'step' AND a.subject = f.code AND a.entry = OLD.name ORDER BY a.id DESC LIMIT 1)
    BEGIN SELECT RAISE(ABORT, 'BATCH: a record stays'); END;

-- A value of a result, and with it the verdict, which is then to be verified anew.
DROP TRIGGER result_value_stays;
CREATE TRIGGER result_value_stays BEFORE UPDATE ON result_value WHEN OLD.result IS NOT NEW.result OR OLD.stage IS NOT NEW.stage OR OLD.series IS NOT NEW.series OR OLD.rank IS NOT NEW.rank
    OR OLD.unit IS NOT NEW.unit OR OLD.entered_by IS NOT NEW.entered_by OR OLD.at IS NOT NEW.at
    OR (OLD.value || '>' || NEW.value) IS NOT (SELECT a.former || '>' || a.value FROM amendment a JOIN result r ON r.id = OLD.result
        WHERE a.batch = r.batch AND a.kind = 'result' AND a.subject = r.number AND a.entry = OLD.series || ' ' || OLD.rank ORDER BY a.id DESC LIMIT 1)
    BEGIN SELECT RAISE(ABORT, 'RESULT: a value stays'); END;
DROP TRIGGER result_state;
CREATE TRIGGER result_state BEFORE UPDATE OF state ON result WHEN OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN
    ('open>closed', 'closed>open', 'closed>verified', 'closed>invalidated', 'verified>open', 'open>invalidated', 'verified>invalidated')
    AND NOT ((OLD.state || '>' || NEW.state) = 'verified>closed' AND EXISTS (SELECT 1 FROM amendment WHERE batch = OLD.batch AND kind = 'result' AND subject = OLD.number AND at = NEW.closed_at))
    BEGIN SELECT RAISE(ABORT, 'RESULT: no such change of state'); END;
DROP TRIGGER result_stays;
CREATE TRIGGER result_stays BEFORE UPDATE ON result WHEN OLD.number IS NOT NEW.number OR OLD.batch IS NOT NEW.batch OR OLD.control IS NOT NEW.control
    OR OLD.entered_by IS NOT NEW.entered_by OR NEW.stage < OLD.stage OR (OLD.state IN ('closed', 'verified') AND NEW.state <> 'open' AND OLD.verdict IS NOT NEW.verdict
        AND (OLD.closed_at IS NEW.closed_at OR NOT EXISTS (SELECT 1 FROM amendment WHERE batch = OLD.batch AND kind = 'result' AND subject = OLD.number AND at = NEW.closed_at)))
    BEGIN SELECT RAISE(ABORT, 'RESULT: what was entered stays'); END;

DROP TRIGGER result_closed_update;
CREATE TRIGGER result_closed_update BEFORE UPDATE ON result WHEN (SELECT state FROM batch WHERE id = OLD.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed')
    AND NOT ((SELECT state FROM batch WHERE id = OLD.batch) = 'released' AND (SELECT due FROM formula_control WHERE id = OLD.control) = 'after-release'
        AND NOT (OLD.state = 'verified' AND OLD.verdict = 'complies' AND NOT (NEW.state = 'closed' AND OLD.closed_at IS NOT NEW.closed_at
            AND EXISTS (SELECT 1 FROM amendment WHERE batch = OLD.batch AND kind = 'result' AND subject = OLD.number AND at = NEW.closed_at))))
    BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;

-- What an amended weighing took more or less than was first entered is a movement of its own, in either direction. The list of kinds
-- stands in the table, which is made anew.
DROP TRIGGER stock_count_never_above;
ALTER TABLE movement RENAME TO movement_former;
CREATE TABLE movement (
    id INTEGER PRIMARY KEY,
    container INTEGER NOT NULL REFERENCES container (id),
    kind TEXT NOT NULL CHECK (kind IN ('receipt', 'control-sample', 'retained-sample', 'weighing', 'issue', 'return', 'count', 'destruction', 'amendment')),
    quantity INTEGER NOT NULL CHECK (quantity <> 0), -- in the unit of the material; out is negative
    batch INTEGER REFERENCES batch (id),
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    reason TEXT,
    second_person INTEGER REFERENCES person (id), -- who verified it, of a count
    CHECK ((kind = 'count') = (second_person IS NOT NULL)),
    CHECK (second_person IS NULL OR (second_person <> person AND length(reason) > 0)),
    CHECK ((kind IN ('weighing', 'issue', 'amendment')) <= (batch IS NOT NULL)),
    CHECK ((quantity > 0) = (kind IN ('receipt', 'return')) OR kind IN ('count', 'amendment'))
) STRICT;
INSERT INTO movement (id, container, kind, quantity, batch, person, at, reason, second_person)
    SELECT id, container, kind, quantity, batch, person, at, reason, second_person FROM movement_former ORDER BY id;
DROP TABLE movement_former;
CREATE INDEX movement_of_container ON movement (container, batch, quantity);
CREATE INDEX movement_of_batch ON movement (batch, container) WHERE batch IS NOT NULL;
CREATE TRIGGER movement_never_below_zero BEFORE INSERT ON movement WHEN NEW.quantity < 0 AND NEW.kind NOT IN ('weighing', 'amendment') AND NEW.quantity +
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
CREATE TRIGGER movement_closed_insert BEFORE INSERT ON movement WHEN NEW.kind IN ('weighing', 'issue', 'amendment') AND (SELECT state FROM batch WHERE id = NEW.batch) NOT IN ('in-preparation', 'quarantine')
    BEGIN SELECT RAISE(ABORT, 'STOCK: nothing is taken for a batch that is not being made'); END;
CREATE TRIGGER movement_of_amendment BEFORE INSERT ON movement WHEN NEW.kind = 'amendment' AND NOT EXISTS (SELECT 1 FROM amendment a JOIN weighing w ON w.number = a.subject
    WHERE a.batch = NEW.batch AND a.kind = 'weighing' AND a.entry = 'net' AND a.at = NEW.at AND a.person = NEW.person AND w.container = NEW.container
    AND NEW.quantity = CAST(a.former AS INTEGER) - CAST(a.value AS INTEGER))
    OR (NEW.kind = 'amendment' AND EXISTS (SELECT 1 FROM movement WHERE kind = 'amendment' AND container = NEW.container AND batch = NEW.batch AND at = NEW.at))
    BEGIN SELECT RAISE(ABORT, 'STOCK: this movement follows an amendment of what was weighed'); END;
CREATE TRIGGER stock_count_never_above BEFORE INSERT ON stock_count WHEN NEW.quantity > (SELECT coalesce(sum(quantity), 0) FROM movement
    WHERE container = NEW.container AND kind = 'receipt') BEGIN SELECT RAISE(ABORT, 'STOCK: a container never holds more than was received in it'); END;
