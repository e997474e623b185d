-- Requests, batches and what happens at the bench. Every record made during making is closed by trigger once the batch
-- is released or refused (BPP 4.42).

-- A pseudonym: identities are no matter of this table.
CREATE TABLE patient (
    id INTEGER PRIMARY KEY,
    pseudonym TEXT NOT NULL UNIQUE CHECK (length(pseudonym) BETWEEN 1 AND 40)
) STRICT;
CREATE TRIGGER patient_stays BEFORE UPDATE ON patient BEGIN SELECT RAISE(ABORT, 'PATIENT: a pseudonym stays'); END;
CREATE TRIGGER patient_is_kept BEFORE DELETE ON patient BEGIN SELECT RAISE(ABORT, 'PATIENT: a pseudonym is kept'); END;

-- A prescription for one patient, with the decision of the molecular board (CSP L.5121-1; BPP 1.12 to 1.17).
CREATE TABLE request (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    patient INTEGER NOT NULL REFERENCES patient (id),
    formula INTEGER NOT NULL REFERENCES formula (id),
    prescriber TEXT NOT NULL,
    prescriber_address TEXT NOT NULL,
    prescribed_on TEXT NOT NULL,
    daily_units INTEGER NOT NULL CHECK (daily_units > 0),        -- capsules a day
    days INTEGER NOT NULL CHECK (days > 0),
    units INTEGER NOT NULL CHECK (units = daily_units * days),
    posology TEXT NOT NULL,                                      -- in words a patient understands
    board_name TEXT NOT NULL,
    board_day TEXT NOT NULL,
    board_number TEXT NOT NULL,
    board_decision TEXT NOT NULL CHECK (board_decision IN ('favourable', 'unfavourable', 'postponed')),
    state TEXT NOT NULL CHECK (state IN ('received', 'accepted', 'refused', 'withdrawn', 'served')), -- served: all its capsules were handed over
    legal_basis TEXT,                                            -- stated at acceptance
    reason TEXT,
    decided_by INTEGER REFERENCES person (id),
    decided_at TEXT,
    received_by INTEGER NOT NULL REFERENCES person (id),
    received_at TEXT NOT NULL,
    withdrawn_by INTEGER REFERENCES person (id),                 -- an accepted one that nobody may serve any more: stopped, given twice
    withdrawn_at TEXT,
    withdrawn_reason TEXT,
    CHECK ((state = 'received') = (decided_by IS NULL)),
    CHECK ((state = 'withdrawn') = (withdrawn_by IS NOT NULL) AND (state = 'withdrawn') = (coalesce(length(withdrawn_reason), 0) > 0)),
    CHECK (state NOT IN ('accepted', 'withdrawn', 'served') OR (length(legal_basis) > 0 AND board_decision = 'favourable'))
) STRICT;
CREATE INDEX request_of_patient ON request (patient);
CREATE INDEX request_to_serve ON request (decided_at) WHERE state = 'accepted';
CREATE TRIGGER request_starts_as_received BEFORE INSERT ON request WHEN NEW.state <> 'received' BEGIN SELECT RAISE(ABORT, 'REQUEST: a request is first received'); END;
CREATE TRIGGER request_state BEFORE UPDATE OF state ON request WHEN OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN
    ('received>accepted', 'received>refused', 'accepted>withdrawn', 'accepted>served') BEGIN SELECT RAISE(ABORT, 'REQUEST: no such change of state'); END;
CREATE TRIGGER request_withdrawn BEFORE UPDATE OF state ON request WHEN NEW.state = 'withdrawn' AND EXISTS (SELECT 1 FROM dispensing WHERE request = NEW.id AND state <> 'cancelled')
    BEGIN SELECT RAISE(ABORT, 'REQUEST: capsules are dispensed for it'); END;
CREATE TRIGGER request_served BEFORE UPDATE OF state ON request WHEN NEW.state = 'served' AND NEW.units > (SELECT coalesce(sum(units), 0) FROM dispensing WHERE request = NEW.id AND state = 'handed-over')
    BEGIN SELECT RAISE(ABORT, 'REQUEST: capsules are still due'); END;
CREATE TRIGGER request_stays BEFORE UPDATE ON request WHEN (OLD.state <> 'received' AND (OLD.state = NEW.state OR OLD.legal_basis IS NOT NEW.legal_basis OR OLD.reason IS NOT NEW.reason
    OR OLD.decided_by IS NOT NEW.decided_by OR OLD.decided_at IS NOT NEW.decided_at)) OR OLD.number IS NOT NEW.number OR OLD.patient IS NOT NEW.patient
    OR OLD.units IS NOT NEW.units OR OLD.formula IS NOT NEW.formula OR OLD.board_decision IS NOT NEW.board_decision OR OLD.board_number IS NOT NEW.board_number
    BEGIN SELECT RAISE(ABORT, 'REQUEST: a request and its decision stay'); END;
CREATE TRIGGER request_is_kept BEFORE DELETE ON request BEGIN SELECT RAISE(ABORT, 'REQUEST: a request is kept'); END;

CREATE TABLE batch (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,                    -- lot number of the preparation, for example B26-0001
    version INTEGER NOT NULL REFERENCES formula_version (id),
    formula_content TEXT NOT NULL REFERENCES content (digest), -- frozen copy of the formula version, JSON
    work_area INTEGER NOT NULL REFERENCES work_area (id),
    state TEXT NOT NULL CHECK (state IN ('planned', 'in-preparation', 'quarantine', 'released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed')),
    held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),
    units INTEGER NOT NULL CHECK (units > 0 AND units = requested_units + sampled_units + reserve_units + loss_units), -- planned
    requested_units INTEGER NOT NULL CHECK (requested_units > 0),
    sampled_units INTEGER NOT NULL CHECK (sampled_units >= 0),
    reserve_units INTEGER NOT NULL CHECK (reserve_units >= 0),
    loss_units INTEGER NOT NULL CHECK (loss_units >= 0), -- expected loss
    planned_by INTEGER NOT NULL REFERENCES person (id),
    planned_at TEXT NOT NULL,
    registration TEXT UNIQUE,                       -- registration number of the making, given when it starts
    made_on TEXT,                                   -- day it started
    started_at TEXT,
    expiry TEXT,                                    -- last day of use
    expiry_cause TEXT,
    filled INTEGER CHECK (filled > 0),              -- capsules filled
    filled_at TEXT,
    conforming INTEGER CHECK (conforming >= 0),     -- dispensable capsules after packaging
    packaged_at TEXT,
    analysed_on TEXT,                               -- day of the last final result
    CHECK ((registration IS NULL) = (made_on IS NULL)),
    CHECK (state IN ('planned', 'cancelled') OR registration IS NOT NULL),
    CHECK (state <> 'released' OR (conforming IS NOT NULL AND expiry IS NOT NULL))
) STRICT;
CREATE INDEX batch_of_version ON batch (version);
CREATE INDEX batch_of_state ON batch (state);
CREATE TRIGGER batch_starts_as_planned BEFORE INSERT ON batch WHEN NEW.state <> 'planned' OR NEW.registration IS NOT NULL BEGIN SELECT RAISE(ABORT, 'BATCH: a batch is first planned'); END;
CREATE TRIGGER batch_formula_approved BEFORE INSERT ON batch WHEN (SELECT state FROM formula_version WHERE id = NEW.version) <> 'approved' BEGIN SELECT RAISE(ABORT, 'BATCH: only an approved formula is made'); END;
CREATE TRIGGER batch_state BEFORE UPDATE OF state ON batch WHEN OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN
    ('planned>in-preparation', 'planned>cancelled', 'in-preparation>quarantine', 'in-preparation>abandoned', 'quarantine>abandoned',
     'in-preparation>refused', 'quarantine>released', 'quarantine>refused', 'refused>destroyed', 'abandoned>destroyed', 'released>recalled')
    BEGIN SELECT RAISE(ABORT, 'BATCH: no such change of state'); END;
CREATE TRIGGER batch_release_needs_decision BEFORE UPDATE OF state ON batch WHEN NEW.state IN ('released', 'refused') AND OLD.state <> NEW.state
    AND NOT EXISTS (SELECT 1 FROM decision WHERE batch = NEW.id AND kind = CASE NEW.state WHEN 'released' THEN 'release' ELSE 'refusal' END)
    BEGIN SELECT RAISE(ABORT, 'BATCH: release and refusal follow a signed decision (BPP 6.69)'); END;
CREATE TRIGGER batch_recall_needs_decision BEFORE UPDATE OF state ON batch WHEN NEW.state = 'recalled' AND OLD.state <> NEW.state
    AND NOT EXISTS (SELECT 1 FROM decision WHERE batch = NEW.id AND kind = 'recall')
    BEGIN SELECT RAISE(ABORT, 'BATCH: a recall follows a signed decision (BPP 8.09)'); END;
CREATE TRIGGER batch_release_needs_settled BEFORE UPDATE OF state ON batch WHEN NEW.state = 'released' AND (NEW.held = 1
    OR EXISTS (SELECT 1 FROM deviation WHERE batch = NEW.id AND state = 'open')
    OR EXISTS (SELECT 1 FROM weighing WHERE batch = NEW.id AND state IN ('open', 'recorded'))
    OR EXISTS (SELECT 1 FROM formula_control c WHERE c.version = NEW.version AND c.due IN ('in-process', 'before-release')
               AND NOT EXISTS (SELECT 1 FROM result r WHERE r.batch = NEW.id AND r.control = c.id AND r.state = 'verified' AND r.verdict = 'complies')))
    BEGIN SELECT RAISE(ABORT, 'BATCH: something still blocks the release'); END;
CREATE TRIGGER batch_stays BEFORE UPDATE ON batch WHEN OLD.id IS NOT NEW.id OR OLD.number IS NOT NEW.number OR OLD.version IS NOT NEW.version
    OR OLD.formula_content IS NOT NEW.formula_content OR OLD.units IS NOT NEW.units
    OR (OLD.registration IS NOT NULL AND (OLD.registration IS NOT NEW.registration OR OLD.made_on IS NOT NEW.made_on))
    OR (OLD.filled IS NOT NULL AND OLD.filled IS NOT NEW.filled) OR (OLD.conforming IS NOT NULL AND OLD.conforming IS NOT NEW.conforming)
    BEGIN SELECT RAISE(ABORT, 'BATCH: what was recorded stays'); END;
CREATE TRIGGER batch_closed BEFORE UPDATE ON batch WHEN OLD.state IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed')
    AND (OLD.expiry IS NOT NEW.expiry OR OLD.expiry_cause IS NOT NEW.expiry_cause OR OLD.filled IS NOT NEW.filled OR OLD.conforming IS NOT NEW.conforming
         OR OLD.work_area IS NOT NEW.work_area OR OLD.packaged_at IS NOT NEW.packaged_at OR OLD.analysed_on IS NOT NEW.analysed_on)
    BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER batch_is_kept BEFORE DELETE ON batch BEGIN SELECT RAISE(ABORT, 'BATCH: a batch is kept'); END;
-- One batch at a time in a work area (BPP 5.34).
CREATE UNIQUE INDEX batch_alone_in_area ON batch (work_area) WHERE state = 'in-preparation';

-- For which requests a batch is made.
CREATE TABLE batch_request (
    batch INTEGER NOT NULL REFERENCES batch (id),
    request INTEGER NOT NULL REFERENCES request (id),
    units INTEGER NOT NULL CHECK (units > 0),
    PRIMARY KEY (batch, request)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_request_of_request ON batch_request (request);
CREATE TRIGGER batch_request_accepted BEFORE INSERT ON batch_request WHEN (SELECT state FROM request WHERE id = NEW.request) <> 'accepted' BEGIN SELECT RAISE(ABORT, 'BATCH: a batch is made for accepted requests (CSP L.5121-1)'); END;
CREATE TRIGGER batch_request_stays BEFORE UPDATE ON batch_request BEGIN SELECT RAISE(ABORT, 'BATCH: its requests stay'); END;
CREATE TRIGGER batch_request_is_kept BEFORE DELETE ON batch_request BEGIN SELECT RAISE(ABORT, 'BATCH: its requests are kept'); END;

-- Line clearance before making and again before packaging (BPP 5.35, 5.54).
CREATE TABLE clearance (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    phase TEXT NOT NULL CHECK (phase IN ('making', 'packaging')),
    work_area INTEGER NOT NULL REFERENCES work_area (id),
    remarks TEXT,
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX clearance_of_batch ON clearance (batch);

-- A weighing in three acts: open, record, verify; or discarded. Masses in nanograms.
CREATE TABLE weighing (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,                   -- for example B26-0001/W1
    batch INTEGER NOT NULL REFERENCES batch (id),
    rank INTEGER NOT NULL CHECK (rank > 0),        -- 1, 2, ... in the batch
    component INTEGER NOT NULL REFERENCES formula_component (id),
    container INTEGER NOT NULL REFERENCES container (id),
    equipment INTEGER NOT NULL REFERENCES equipment (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'recorded', 'verified', 'discarded')),
    due TEXT NOT NULL,                             -- mass due before any rounding to the balance, decimal grams: deviations are from it
    target INTEGER NOT NULL CHECK (target > 0),    -- rounded half up to the readability
    low INTEGER NOT NULL CHECK (low <= target),    -- inclusive, rounded inward
    high INTEGER NOT NULL CHECK (high >= target),
    formula TEXT NOT NULL,                         -- how the target was computed, with its values
    purity TEXT NOT NULL,                          -- mass fraction of active used, exact decimal; 1 where none is corrected
    other_lot_reason TEXT,                         -- why another lot than the first to expire was taken
    opened_by INTEGER NOT NULL REFERENCES person (id),
    opened_at TEXT NOT NULL,
    tare INTEGER CHECK (tare >= 0),
    net INTEGER CHECK (net > 0),
    gross INTEGER CHECK (gross = tare + net),
    ticket TEXT,                                   -- as the balance printed it
    within INTEGER CHECK (within = (net BETWEEN low AND high)),
    recorded_by INTEGER REFERENCES person (id),
    recorded_at TEXT,
    verified_by INTEGER REFERENCES person (id),
    verified_at TEXT,
    discarded_by INTEGER REFERENCES person (id),
    discarded_at TEXT,
    discard_reason TEXT,
    deviation INTEGER REFERENCES deviation (id),   -- decided for use, when out of tolerance
    UNIQUE (batch, rank),
    CHECK (verified_by IS NULL OR verified_by <> recorded_by), -- BPP 5.44
    CHECK ((state IN ('recorded', 'verified')) <= (net IS NOT NULL)),
    CHECK ((state = 'verified') = (verified_by IS NOT NULL) OR state = 'discarded'),
    CHECK (state <> 'verified' OR within = 1 OR deviation IS NOT NULL),
    CHECK ((state = 'discarded') = (discarded_by IS NOT NULL)),
    CHECK ((state = 'discarded') <= (length(discard_reason) > 0))
) STRICT;
CREATE INDEX weighing_of_batch ON weighing (batch, component);
CREATE INDEX weighing_of_container ON weighing (container);
CREATE TRIGGER weighing_starts_open BEFORE INSERT ON weighing WHEN NEW.state <> 'open' OR NEW.net IS NOT NULL BEGIN SELECT RAISE(ABORT, 'WEIGHING: a weighing is first opened'); END;
CREATE TRIGGER weighing_in_preparation BEFORE INSERT ON weighing WHEN (SELECT state FROM batch WHERE id = NEW.batch) <> 'in-preparation' BEGIN SELECT RAISE(ABORT, 'WEIGHING: only for a batch in preparation'); END;
CREATE TRIGGER weighing_of_opened BEFORE INSERT ON weighing WHEN (SELECT opened_on FROM container WHERE id = NEW.container) IS NULL BEGIN SELECT RAISE(ABORT, 'WEIGHING: its container is opened first (BPP 6.55)'); END;
CREATE TRIGGER weighing_state BEFORE UPDATE OF state ON weighing WHEN OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN
    ('open>recorded', 'open>discarded', 'recorded>verified', 'recorded>discarded', 'verified>discarded') BEGIN SELECT RAISE(ABORT, 'WEIGHING: no such change of state'); END;
-- A verified portion is thrown away only before anything is made of the powder.
CREATE TRIGGER weighing_used_stays BEFORE UPDATE OF state ON weighing WHEN OLD.state = 'verified' AND NEW.state = 'discarded' AND ((SELECT state FROM batch WHERE id = OLD.batch) <> 'in-preparation'
    OR EXISTS (SELECT 1 FROM step_record r JOIN formula_step f ON f.id = r.step WHERE r.batch = OLD.batch AND f.kind = 'operation' AND r.at > OLD.verified_at))
    BEGIN SELECT RAISE(ABORT, 'WEIGHING: this portion is in the powder already'); END;
CREATE TRIGGER weighing_verified_by_another BEFORE UPDATE OF verified_by ON weighing WHEN NEW.verified_by IS NOT NULL AND (NEW.verified_by = NEW.opened_by OR NEW.verified_by = NEW.recorded_by)
    BEGIN SELECT RAISE(ABORT, 'WEIGHING: another person verifies than who opened or recorded it (BPP 5.44)'); END;
CREATE TRIGGER weighing_stays BEFORE UPDATE ON weighing WHEN OLD.state = 'discarded' OR (OLD.state = 'verified' AND NEW.state <> 'discarded') OR OLD.number IS NOT NEW.number OR OLD.batch IS NOT NEW.batch
    OR OLD.component IS NOT NEW.component OR OLD.container IS NOT NEW.container OR OLD.equipment IS NOT NEW.equipment OR OLD.target IS NOT NEW.target
    OR OLD.due IS NOT NEW.due OR OLD.low IS NOT NEW.low OR OLD.high IS NOT NEW.high OR (OLD.net IS NOT NULL AND OLD.net IS NOT NEW.net) OR (OLD.tare IS NOT NULL AND OLD.tare IS NOT NEW.tare)
    BEGIN SELECT RAISE(ABORT, 'WEIGHING: what was recorded stays'); END;

-- Counted articles (shells, bottles, labels) issued to a batch; identity and count verified by a second person.
CREATE TABLE issue (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,                   -- for example B26-0001/I1
    batch INTEGER NOT NULL REFERENCES batch (id),
    rank INTEGER NOT NULL CHECK (rank > 0),
    component INTEGER NOT NULL REFERENCES formula_component (id),
    container INTEGER NOT NULL REFERENCES container (id),
    units INTEGER NOT NULL CHECK (units > 0),
    other_lot_reason TEXT,
    issued_by INTEGER NOT NULL REFERENCES person (id),
    issued_at TEXT NOT NULL,
    verified_by INTEGER REFERENCES person (id) CHECK (verified_by IS NULL OR verified_by <> issued_by),
    verified_at TEXT,
    UNIQUE (batch, rank)
) STRICT;
CREATE INDEX issue_of_batch ON issue (batch, component);
CREATE INDEX issue_of_container ON issue (container);
CREATE TRIGGER issue_stays BEFORE UPDATE ON issue WHEN OLD.verified_by IS NOT NULL OR OLD.number IS NOT NEW.number OR OLD.batch IS NOT NEW.batch
    OR OLD.container IS NOT NEW.container OR OLD.units IS NOT NEW.units BEGIN SELECT RAISE(ABORT, 'ISSUE: what was issued stays'); END;

-- One row a step done, in the order of the formula, each at its own time (BPP 4.39).
CREATE TABLE step_record (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    step INTEGER NOT NULL REFERENCES formula_step (id),
    remarks TEXT,
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    UNIQUE (batch, step)
) STRICT;
CREATE TRIGGER step_record_in_order BEFORE INSERT ON step_record WHEN EXISTS (SELECT 1 FROM formula_step earlier JOIN formula_step this ON this.id = NEW.step
    WHERE earlier.version = this.version AND earlier.rank < this.rank AND NOT EXISTS (SELECT 1 FROM step_record WHERE batch = NEW.batch AND step = earlier.id))
    BEGIN SELECT RAISE(ABORT, 'STEP: an earlier step is not recorded'); END;

CREATE TABLE step_value (
    id INTEGER PRIMARY KEY,
    record INTEGER NOT NULL REFERENCES step_record (id),
    rank INTEGER NOT NULL CHECK (rank > 0),
    name TEXT NOT NULL,
    value TEXT NOT NULL,   -- as read
    unit TEXT,
    within INTEGER NOT NULL CHECK (within IN (0, 1)),
    UNIQUE (record, rank)
) STRICT;

-- A loss recorded when it happens (mass in nanograms or units of a component or of capsules).
CREATE TABLE loss (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    kind TEXT NOT NULL CHECK (kind IN ('powder-residue', 'powder-spilled', 'shells-defective', 'shells-destroyed', 'shells-returned', 'capsules-rejected', 'capsules-lost')),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    cause TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX loss_of_batch ON loss (batch, kind);

-- Sampled capsules, counted once, with their destinations (BPP 6.76).
CREATE TABLE sample (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,          -- for example B26-0001/S1
    batch INTEGER NOT NULL REFERENCES batch (id),
    rank INTEGER NOT NULL CHECK (rank > 0),
    purpose TEXT NOT NULL CHECK (purpose IN ('control', 'reserve')),
    destinations TEXT NOT NULL,           -- codes of the controls it serves, separated by commas
    units INTEGER NOT NULL CHECK (units > 0),
    used INTEGER NOT NULL DEFAULT 0 CHECK (used BETWEEN 0 AND units), -- of a reserve, for stage 2
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    UNIQUE (batch, rank)
) STRICT;
CREATE TRIGGER sample_stays BEFORE UPDATE ON sample WHEN OLD.number IS NOT NEW.number OR OLD.batch IS NOT NEW.batch OR OLD.units IS NOT NEW.units
    OR OLD.purpose IS NOT NEW.purpose OR OLD.destinations IS NOT NEW.destinations OR NEW.used < OLD.used
    BEGIN SELECT RAISE(ABORT, 'SAMPLE: what was sampled stays'); END;

-- Numbered bottles, n of N. What is in them now = units - what dispensings took.
CREATE TABLE bottle (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,          -- for example B26-0001/1
    batch INTEGER NOT NULL REFERENCES batch (id),
    rank INTEGER NOT NULL CHECK (rank > 0),
    bottles INTEGER NOT NULL CHECK (bottles >= rank),
    units INTEGER NOT NULL CHECK (units > 0),
    destroyed INTEGER NOT NULL DEFAULT 0 CHECK (destroyed IN (0, 1)),
    UNIQUE (batch, rank)
) STRICT;
CREATE TRIGGER bottle_stays BEFORE UPDATE ON bottle WHEN OLD.number IS NOT NEW.number OR OLD.batch IS NOT NEW.batch OR OLD.units IS NOT NEW.units
    OR OLD.rank IS NOT NEW.rank OR OLD.bottles IS NOT NEW.bottles OR NEW.destroyed < OLD.destroyed
    BEGIN SELECT RAISE(ABORT, 'BOTTLE: a bottle stays'); END;

-- Powder, shells, capsules, labels against the formula's limits (BPP 5.12, 5.59).
CREATE TABLE reconciliation (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    kind TEXT NOT NULL CHECK (kind IN ('powder', 'shells', 'capsules', 'labels')),
    rank INTEGER NOT NULL CHECK (rank > 0),
    name TEXT NOT NULL,     -- of the figure, for example loss
    value TEXT NOT NULL,    -- decimal
    unit TEXT,
    formula TEXT NOT NULL,  -- with its values
    limit_text TEXT,
    within INTEGER CHECK (within IN (0, 1)),
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    UNIQUE (batch, kind, rank)
) STRICT;

CREATE TABLE deviation (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,          -- for example D26-0001
    batch INTEGER NOT NULL REFERENCES batch (id),
    subject TEXT,                         -- number of the weighing, step or result concerned
    class TEXT NOT NULL CHECK (class IN ('minor', 'major', 'critical')),
    description TEXT NOT NULL,
    opened_by INTEGER NOT NULL REFERENCES person (id),
    opened_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'decided')),
    decision TEXT CHECK (decision IN ('accepted', 'discard', 'refuse-batch')),
    impact TEXT,                          -- on quality, and why the decision is sound
    decided_by INTEGER REFERENCES person (id),
    decided_at TEXT,
    CHECK ((state = 'decided') = (decided_by IS NOT NULL AND decision IS NOT NULL AND length(impact) > 0))
) STRICT;
CREATE INDEX deviation_of_batch ON deviation (batch, state);
CREATE TRIGGER deviation_stays BEFORE UPDATE ON deviation WHEN OLD.state = 'decided' OR OLD.number IS NOT NEW.number OR OLD.batch IS NOT NEW.batch
    OR OLD.description IS NOT NEW.description OR OLD.opened_by IS NOT NEW.opened_by BEGIN SELECT RAISE(ABORT, 'DEVIATION: what was described or decided stays'); END;

-- The pharmacist's signed decisions on a batch (BPP 4.42, 6.68, 6.69).
CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    kind TEXT NOT NULL CHECK (kind IN ('release', 'refusal', 'hold', 'lift', 'recall')),
    lot INTEGER REFERENCES lot (id), -- of raw material, whose recall put the batch on hold
    reason TEXT,
    exceptions TEXT NOT NULL,       -- JSON: the list of exceptions that were reviewed
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    meaning TEXT NOT NULL,          -- of the signature
    sequence INTEGER NOT NULL,      -- journal head that the signature covers
    head TEXT NOT NULL,
    CHECK (kind = 'release' OR length(reason) > 0),
    CHECK (lot IS NULL OR kind = 'hold')
) STRICT;
CREATE INDEX decision_of_batch ON decision (batch);
CREATE UNIQUE INDEX decision_once ON decision (batch) WHERE kind IN ('release', 'refusal');
CREATE TRIGGER decision_stays BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'DECISION: a signed decision stays'); END;
CREATE TRIGGER decision_is_kept BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'DECISION: a signed decision is kept'); END;

-- Every label printed: applied, specimen, spoiled or destroyed (BPP 5.59).
CREATE TABLE label (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,     -- serial
    kind TEXT NOT NULL CHECK (kind IN ('container', 'sample', 'retained-sample', 'intermediate', 'bottle', 'dispensing')),
    subject TEXT NOT NULL,           -- number of the thing that it names
    batch INTEGER REFERENCES batch (id),
    document INTEGER NOT NULL REFERENCES document (id),
    token TEXT NOT NULL UNIQUE CHECK (length(token) = 26), -- 128 random bits in base32: what its QR code holds
    shown_state TEXT NOT NULL,       -- quarantine, released, refused, ... as printed
    state TEXT NOT NULL CHECK (state IN ('printed', 'applied', 'specimen', 'spoiled', 'destroyed', 'void')),
    reason TEXT,                     -- of spoiling, destruction or reprint
    printed_by INTEGER NOT NULL REFERENCES person (id),
    printed_at TEXT NOT NULL
) STRICT;
CREATE INDEX label_of_subject ON label (kind, subject);
CREATE INDEX label_of_batch ON label (batch);
CREATE INDEX label_of_document ON label (document);
CREATE TRIGGER label_stays BEFORE UPDATE ON label WHEN OLD.number IS NOT NEW.number OR OLD.kind IS NOT NEW.kind OR OLD.subject IS NOT NEW.subject
    OR OLD.token IS NOT NEW.token OR OLD.shown_state IS NOT NEW.shown_state OR OLD.document IS NOT NEW.document
    OR (OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN ('printed>applied', 'printed>specimen', 'printed>spoiled', 'printed>destroyed', 'printed>void', 'applied>void', 'specimen>void'))
    BEGIN SELECT RAISE(ABORT, 'LABEL: a printed label stays'); END;
CREATE TRIGGER label_is_kept BEFORE DELETE ON label BEGIN SELECT RAISE(ABORT, 'LABEL: a printed label is kept'); END;

-- Closed with their batch: no row of making or control is added or changed after the decision (BPP 4.42), none is ever deleted.
CREATE TRIGGER clearance_closed_insert BEFORE INSERT ON clearance WHEN (SELECT state FROM batch WHERE id = NEW.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed') BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER clearance_closed_update BEFORE UPDATE ON clearance WHEN (SELECT state FROM batch WHERE id = OLD.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed') BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER clearance_is_kept BEFORE DELETE ON clearance BEGIN SELECT RAISE(ABORT, 'BATCH: a record is kept'); END;
CREATE TRIGGER weighing_closed_insert BEFORE INSERT ON weighing WHEN (SELECT state FROM batch WHERE id = NEW.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed') BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER weighing_closed_update BEFORE UPDATE ON weighing WHEN (SELECT state FROM batch WHERE id = OLD.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed') BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER weighing_is_kept BEFORE DELETE ON weighing BEGIN SELECT RAISE(ABORT, 'BATCH: a record is kept'); END;
CREATE TRIGGER issue_closed_insert BEFORE INSERT ON issue WHEN (SELECT state FROM batch WHERE id = NEW.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed') BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER issue_closed_update BEFORE UPDATE ON issue WHEN (SELECT state FROM batch WHERE id = OLD.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed') BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER issue_is_kept BEFORE DELETE ON issue BEGIN SELECT RAISE(ABORT, 'BATCH: a record is kept'); END;
CREATE TRIGGER step_record_closed_insert BEFORE INSERT ON step_record WHEN (SELECT state FROM batch WHERE id = NEW.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed') BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER step_record_closed_update BEFORE UPDATE ON step_record WHEN (SELECT state FROM batch WHERE id = OLD.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed') BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER step_record_is_kept BEFORE DELETE ON step_record BEGIN SELECT RAISE(ABORT, 'BATCH: a record is kept'); END;
CREATE TRIGGER loss_closed_insert BEFORE INSERT ON loss WHEN (SELECT state FROM batch WHERE id = NEW.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed') BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER loss_closed_update BEFORE UPDATE ON loss WHEN (SELECT state FROM batch WHERE id = OLD.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed') BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER loss_is_kept BEFORE DELETE ON loss BEGIN SELECT RAISE(ABORT, 'BATCH: a record is kept'); END;
CREATE TRIGGER sample_closed_insert BEFORE INSERT ON sample WHEN (SELECT state FROM batch WHERE id = NEW.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed') BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER sample_is_kept BEFORE DELETE ON sample BEGIN SELECT RAISE(ABORT, 'BATCH: a record is kept'); END;
CREATE TRIGGER reconciliation_closed_insert BEFORE INSERT ON reconciliation WHEN (SELECT state FROM batch WHERE id = NEW.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed') BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER reconciliation_closed_update BEFORE UPDATE ON reconciliation WHEN (SELECT state FROM batch WHERE id = OLD.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed') BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER reconciliation_is_kept BEFORE DELETE ON reconciliation BEGIN SELECT RAISE(ABORT, 'BATCH: a record is kept'); END;
CREATE TRIGGER deviation_closed_insert BEFORE INSERT ON deviation WHEN (SELECT state FROM batch WHERE id = NEW.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed') BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER deviation_closed_update BEFORE UPDATE ON deviation WHEN (SELECT state FROM batch WHERE id = OLD.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed') BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER deviation_is_kept BEFORE DELETE ON deviation BEGIN SELECT RAISE(ABORT, 'BATCH: a record is kept'); END;
CREATE TRIGGER step_value_closed_insert BEFORE INSERT ON step_value WHEN (SELECT state FROM batch WHERE id = (SELECT batch FROM step_record WHERE id = NEW.record)) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed') BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER step_value_closed_update BEFORE UPDATE ON step_value WHEN (SELECT state FROM batch WHERE id = (SELECT batch FROM step_record WHERE id = OLD.record)) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed') BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER step_value_is_kept BEFORE DELETE ON step_value BEGIN SELECT RAISE(ABORT, 'BATCH: a record is kept'); END;
CREATE TRIGGER clearance_stays BEFORE UPDATE ON clearance BEGIN SELECT RAISE(ABORT, 'BATCH: a record stays'); END;
CREATE TRIGGER step_record_stays BEFORE UPDATE ON step_record BEGIN SELECT RAISE(ABORT, 'BATCH: a record stays'); END;
CREATE TRIGGER step_value_stays BEFORE UPDATE ON step_value BEGIN SELECT RAISE(ABORT, 'BATCH: a record stays'); END;
CREATE TRIGGER loss_stays BEFORE UPDATE ON loss BEGIN SELECT RAISE(ABORT, 'BATCH: a record stays'); END;
CREATE TRIGGER reconciliation_stays BEFORE UPDATE ON reconciliation BEGIN SELECT RAISE(ABORT, 'BATCH: a record stays'); END;
CREATE TRIGGER bottle_closed_insert BEFORE INSERT ON bottle WHEN (SELECT state FROM batch WHERE id = NEW.batch) <> 'quarantine' BEGIN SELECT RAISE(ABORT, 'BOTTLE: packaging is over or has not begun'); END;
CREATE TRIGGER bottle_is_kept BEFORE DELETE ON bottle BEGIN SELECT RAISE(ABORT, 'BOTTLE: a bottle is kept'); END;
CREATE TRIGGER movement_closed_insert BEFORE INSERT ON movement WHEN NEW.kind IN ('weighing', 'issue') AND (SELECT state FROM batch WHERE id = NEW.batch) NOT IN ('in-preparation', 'quarantine') BEGIN SELECT RAISE(ABORT, 'STOCK: nothing is taken for a batch that is not being made'); END;
