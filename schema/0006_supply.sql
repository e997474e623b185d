-- What leaves: dispensings, the registers, the cost price.

-- A line of a register (CSP R.5125-45): chronological, without gap, never changed; struck only by a further line.
CREATE TABLE register_line (
    id INTEGER PRIMARY KEY,
    book TEXT NOT NULL CHECK (book IN ('preparation', 'dispensing')),
    year INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0), -- within book and year
    number TEXT NOT NULL,                         -- registration or ordonnancier number that the line gives or strikes
    kind TEXT NOT NULL CHECK (kind IN ('entry', 'strike')),
    batch INTEGER NOT NULL REFERENCES batch (id),
    dispensing INTEGER REFERENCES dispensing (id),
    reason TEXT CHECK (kind = 'entry' OR length(reason) > 0),
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    UNIQUE (book, year, ordinal),
    CHECK ((book = 'dispensing') = (dispensing IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX register_line_number ON register_line (book, number, kind);
CREATE TRIGGER register_line_gapless BEFORE INSERT ON register_line WHEN NEW.ordinal IS NOT (SELECT coalesce(max(ordinal), 0) + 1 FROM register_line WHERE book = NEW.book AND year = NEW.year)
    BEGIN SELECT RAISE(ABORT, 'REGISTER: the next line has the next number (CSP R.5125-45)'); END;
CREATE TRIGGER register_line_stays BEFORE UPDATE ON register_line BEGIN SELECT RAISE(ABORT, 'REGISTER: a line stays'); END;
CREATE TRIGGER register_line_is_kept BEFORE DELETE ON register_line BEGIN SELECT RAISE(ABORT, 'REGISTER: a line is kept'); END;

CREATE TABLE dispensing (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,                  -- ordonnancier number
    batch INTEGER NOT NULL REFERENCES batch (id),
    request INTEGER NOT NULL REFERENCES request (id),
    patient INTEGER NOT NULL REFERENCES patient (id), -- of the request: whom a recall reaches, one step nearer
    units INTEGER NOT NULL CHECK (units > 0),
    charged INTEGER NOT NULL CHECK (charged >= 0 AND charged % 10000 = 0), -- micro-euro, whole cents
    charge_formula TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('confirmed', 'checked', 'handed-over', 'cancelled')),
    confirmed_by INTEGER NOT NULL REFERENCES person (id),
    confirmed_at TEXT NOT NULL,
    checked_by INTEGER REFERENCES person (id),
    checked_at TEXT,
    handed_over_by INTEGER REFERENCES person (id),
    handed_over_at TEXT,
    collected_by TEXT,                            -- quality of the person who collected, where not the patient
    cancelled_by INTEGER REFERENCES person (id),
    cancelled_at TEXT,
    cancel_reason TEXT,
    late_reason TEXT CHECK (late_reason IS NULL OR length(late_reason) > 0), -- why capsules are given of which the last would be taken after the expiry
    CHECK ((state IN ('checked', 'handed-over')) <= (checked_by IS NOT NULL)),
    CHECK ((state = 'handed-over') = (handed_over_by IS NOT NULL)),
    CHECK ((state = 'cancelled') = (length(cancel_reason) > 0))
) STRICT;
CREATE INDEX dispensing_of_batch ON dispensing (batch, request);
CREATE INDEX dispensing_of_request ON dispensing (request);
CREATE TRIGGER dispensing_of_its_patient BEFORE INSERT ON dispensing WHEN (SELECT patient FROM request WHERE id = NEW.request) IS NOT NEW.patient
    BEGIN SELECT RAISE(ABORT, 'DISPENSING: the patient is that of the request'); END;
CREATE TRIGGER dispensing_of_released BEFORE INSERT ON dispensing WHEN NOT EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch AND state = 'released' AND held = 0
    AND expiry >= substr(NEW.confirmed_at, 1, 10)) OR NEW.state <> 'confirmed' BEGIN SELECT RAISE(ABORT, 'DISPENSING: only from a batch released, not held, not expired'); END;
-- One day of grace: the days of the site begin before or after those of UTC.
CREATE TRIGGER dispensing_not_overdue BEFORE INSERT ON dispensing WHEN EXISTS (SELECT 1 FROM batch b JOIN formula_control c ON c.version = b.version
    JOIN decision d ON d.batch = b.id AND d.kind = 'release' WHERE b.id = NEW.batch AND c.due = 'after-release'
    AND date(substr(d.at, 1, 10), '+' || (c.within_days + 1) || ' days') < substr(NEW.confirmed_at, 1, 10)
    AND NOT EXISTS (SELECT 1 FROM result r WHERE r.batch = b.id AND r.control = c.id AND r.state = 'verified' AND r.verdict = 'complies'))
    BEGIN SELECT RAISE(ABORT, 'DISPENSING: a control that was due after the release is overdue'); END;
CREATE TRIGGER dispensing_of_accepted BEFORE INSERT ON dispensing WHEN (SELECT state FROM request WHERE id = NEW.request) <> 'accepted' BEGIN SELECT RAISE(ABORT, 'DISPENSING: only for an accepted request'); END;
CREATE TRIGGER dispensing_within_expiry BEFORE INSERT ON dispensing WHEN NEW.late_reason IS NULL AND (SELECT expiry FROM batch WHERE id = NEW.batch)
    < date(substr(NEW.confirmed_at, 1, 10), '+' || ((NEW.units - 1) / (SELECT daily_units FROM request WHERE id = NEW.request)) || ' days')
    BEGIN SELECT RAISE(ABORT, 'DISPENSING: the treatment would go beyond the expiry of the batch'); END;
CREATE TRIGGER dispensing_never_more BEFORE INSERT ON dispensing WHEN NEW.units + (SELECT coalesce(sum(units), 0) FROM dispensing WHERE batch = NEW.batch AND state <> 'cancelled')
    > (SELECT conforming FROM batch WHERE id = NEW.batch) BEGIN SELECT RAISE(ABORT, 'DISPENSING: never more than the batch holds'); END;
CREATE TRIGGER dispensing_state BEFORE UPDATE OF state ON dispensing WHEN OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN
    ('confirmed>checked', 'confirmed>cancelled', 'checked>handed-over', 'checked>cancelled') BEGIN SELECT RAISE(ABORT, 'DISPENSING: no such change of state'); END;
CREATE TRIGGER dispensing_leaves_released BEFORE UPDATE OF state ON dispensing WHEN NEW.state IN ('checked', 'handed-over') AND OLD.state <> NEW.state
    AND NOT EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch AND state = 'released' AND held = 0
    AND expiry >= substr(coalesce(NEW.handed_over_at, NEW.checked_at), 1, 10)) BEGIN SELECT RAISE(ABORT, 'DISPENSING: nothing leaves a batch recalled, held or expired'); END;
CREATE TRIGGER dispensing_stays BEFORE UPDATE ON dispensing WHEN OLD.state IN ('handed-over', 'cancelled') OR OLD.number IS NOT NEW.number OR OLD.batch IS NOT NEW.batch
    OR OLD.request IS NOT NEW.request OR OLD.patient IS NOT NEW.patient OR OLD.units IS NOT NEW.units OR OLD.charged IS NOT NEW.charged OR OLD.late_reason IS NOT NEW.late_reason BEGIN SELECT RAISE(ABORT, 'DISPENSING: what was confirmed stays'); END;
CREATE TRIGGER dispensing_is_kept BEFORE DELETE ON dispensing BEGIN SELECT RAISE(ABORT, 'DISPENSING: a dispensing is kept'); END;

-- The bottles that a dispensing takes, whole; each scanned together with the patient's label that was stuck on it.
CREATE TABLE dispensing_bottle (
    dispensing INTEGER NOT NULL REFERENCES dispensing (id),
    bottle INTEGER NOT NULL REFERENCES bottle (id),
    scanned_at TEXT,
    label INTEGER UNIQUE REFERENCES label (id) CHECK (label IS NULL OR scanned_at IS NOT NULL), -- of the patient, scanned with the bottle
    PRIMARY KEY (dispensing, bottle)
) STRICT, WITHOUT ROWID;
CREATE INDEX dispensing_bottle_of_bottle ON dispensing_bottle (bottle);
CREATE TRIGGER dispensing_bottle_once BEFORE INSERT ON dispensing_bottle WHEN EXISTS (SELECT 1 FROM dispensing_bottle o JOIN dispensing d ON d.id = o.dispensing
    WHERE o.bottle = NEW.bottle AND d.state <> 'cancelled') OR (SELECT destroyed FROM bottle WHERE id = NEW.bottle) = 1
    OR (SELECT batch FROM bottle WHERE id = NEW.bottle) IS NOT (SELECT batch FROM dispensing WHERE id = NEW.dispensing)
    BEGIN SELECT RAISE(ABORT, 'DISPENSING: this bottle has left or is of another batch'); END;
CREATE TRIGGER dispensing_bottle_stays BEFORE UPDATE ON dispensing_bottle WHEN OLD.dispensing IS NOT NEW.dispensing OR OLD.bottle IS NOT NEW.bottle
    OR (OLD.scanned_at IS NOT NULL AND (SELECT state FROM label WHERE id = OLD.label) = 'applied') -- another label, another scan
    BEGIN SELECT RAISE(ABORT, 'DISPENSING: its bottles stay'); END;
CREATE TRIGGER dispensing_bottle_labelled BEFORE INSERT ON dispensing_bottle WHEN NOT EXISTS (SELECT 1 FROM label
    WHERE kind = 'bottle' AND subject = (SELECT number FROM bottle WHERE id = NEW.bottle) AND state = 'applied' AND shown_state = 'released')
    BEGIN SELECT RAISE(ABORT, 'DISPENSING: the label on this bottle does not say that it is released (BPP 5.08)'); END;
CREATE TRIGGER dispensing_bottle_of_patient BEFORE UPDATE OF scanned_at ON dispensing_bottle WHEN NOT EXISTS (SELECT 1 FROM label l JOIN dispensing d
    ON d.number = l.subject WHERE l.id = NEW.label AND l.kind = 'dispensing' AND l.state = 'applied' AND d.id = NEW.dispensing)
    BEGIN SELECT RAISE(ABORT, 'DISPENSING: bottle and label of the patient are scanned together'); END;
CREATE TRIGGER dispensing_bottle_is_kept BEFORE DELETE ON dispensing_bottle BEGIN SELECT RAISE(ABORT, 'DISPENSING: its bottles are kept'); END;

-- Dated table of rates: a later line of the same code replaces the earlier one from its day on.
CREATE TABLE rate (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('labour-hour', 'equipment-hour', 'overhead-percent')),
    starts TEXT NOT NULL,
    amount INTEGER CHECK (amount >= 0),  -- micro-euro an hour
    percent TEXT,                        -- of labour, for overhead
    UNIQUE (code, starts),
    CHECK ((kind = 'overhead-percent') = (percent IS NOT NULL AND amount IS NULL))
) STRICT;
CREATE TRIGGER rate_stays BEFORE UPDATE ON rate BEGIN SELECT RAISE(ABORT, 'COST: a rate stays; a later one replaces it'); END;
CREATE TRIGGER rate_is_kept BEFORE DELETE ON rate BEGIN SELECT RAISE(ABORT, 'COST: a rate is kept'); END;

-- Minutes declared, a person's and of a grade.
CREATE TABLE work (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    person INTEGER NOT NULL REFERENCES person (id), -- who worked
    grade TEXT NOT NULL,                            -- code of a labour rate
    activity TEXT NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 10000),
    declared_by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX work_of_batch ON work (batch);

-- Hours of equipment declared.
CREATE TABLE equipment_use (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    rate TEXT NOT NULL,                             -- code of an equipment rate
    hours TEXT NOT NULL,                            -- decimal
    declared_by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX equipment_use_of_batch ON equipment_use (batch);

-- Purchases and outside services for one batch.
CREATE TABLE purchase (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    description TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),     -- micro-euro
    declared_by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX purchase_of_batch ON purchase (batch);

-- The cost price of a batch, frozen: what it consumed, borne by the dispensable capsules.
CREATE TABLE cost_sheet (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL UNIQUE REFERENCES batch (id),
    exact TEXT NOT NULL,                                                 -- euro, exact decimal or 15 digits
    total INTEGER NOT NULL CHECK (total >= 0 AND total % 10000 = 0),     -- micro-euro, rounded once to the cent
    dispensable INTEGER NOT NULL CHECK (dispensable >= 0),               -- capsules that bear it; 0: the hospital does
    rates_of TEXT NOT NULL,                                              -- day whose rates were applied
    formula TEXT NOT NULL,
    frozen_by INTEGER NOT NULL REFERENCES person (id),
    frozen_at TEXT NOT NULL
) STRICT;
CREATE TRIGGER cost_sheet_stays BEFORE UPDATE ON cost_sheet BEGIN SELECT RAISE(ABORT, 'COST: a frozen sheet stays'); END;
CREATE TRIGGER cost_sheet_is_kept BEFORE DELETE ON cost_sheet BEGIN SELECT RAISE(ABORT, 'COST: a frozen sheet is kept'); END;

CREATE TABLE cost_line (
    id INTEGER PRIMARY KEY,
    sheet INTEGER NOT NULL REFERENCES cost_sheet (id),
    rank INTEGER NOT NULL CHECK (rank > 0),
    part TEXT NOT NULL CHECK (part IN ('materials', 'labour', 'equipment', 'purchases', 'overhead')),
    description TEXT NOT NULL,
    quantity TEXT,          -- decimal, where there is one
    unit TEXT,              -- of the quantity
    price TEXT,             -- euro for one unit, decimal; or percent
    price_unit TEXT,        -- EUR/g, EUR/h, %, ...
    formula TEXT NOT NULL,  -- with its values
    amount TEXT NOT NULL,   -- euro, exact decimal or 15 digits
    UNIQUE (sheet, rank)
) STRICT;
CREATE TRIGGER cost_line_stays BEFORE UPDATE ON cost_line BEGIN SELECT RAISE(ABORT, 'COST: a frozen sheet stays'); END;
CREATE TRIGGER cost_line_is_kept BEFORE DELETE ON cost_line BEGIN SELECT RAISE(ABORT, 'COST: a frozen sheet is kept'); END;
CREATE TRIGGER dispensing_has_cost BEFORE INSERT ON dispensing WHEN NOT EXISTS (SELECT 1 FROM cost_sheet WHERE batch = NEW.batch) BEGIN SELECT RAISE(ABORT, 'DISPENSING: the cost price is frozen first'); END;

-- What is declared for a cost stays, and nothing is declared once the sheet is frozen.
CREATE TRIGGER work_before_sheet BEFORE INSERT ON work WHEN EXISTS (SELECT 1 FROM cost_sheet WHERE batch = NEW.batch) BEGIN SELECT RAISE(ABORT, 'COST: the sheet is frozen'); END;
CREATE TRIGGER work_stays BEFORE UPDATE ON work BEGIN SELECT RAISE(ABORT, 'COST: a declaration stays'); END;
CREATE TRIGGER work_is_kept BEFORE DELETE ON work BEGIN SELECT RAISE(ABORT, 'COST: a declaration is kept'); END;
CREATE TRIGGER equipment_use_before_sheet BEFORE INSERT ON equipment_use WHEN EXISTS (SELECT 1 FROM cost_sheet WHERE batch = NEW.batch) BEGIN SELECT RAISE(ABORT, 'COST: the sheet is frozen'); END;
CREATE TRIGGER equipment_use_stays BEFORE UPDATE ON equipment_use BEGIN SELECT RAISE(ABORT, 'COST: a declaration stays'); END;
CREATE TRIGGER equipment_use_is_kept BEFORE DELETE ON equipment_use BEGIN SELECT RAISE(ABORT, 'COST: a declaration is kept'); END;
CREATE TRIGGER purchase_before_sheet BEFORE INSERT ON purchase WHEN EXISTS (SELECT 1 FROM cost_sheet WHERE batch = NEW.batch) BEGIN SELECT RAISE(ABORT, 'COST: the sheet is frozen'); END;
CREATE TRIGGER purchase_stays BEFORE UPDATE ON purchase BEGIN SELECT RAISE(ABORT, 'COST: a declaration stays'); END;
CREATE TRIGGER purchase_is_kept BEFORE DELETE ON purchase BEGIN SELECT RAISE(ABORT, 'COST: a declaration is kept'); END;
