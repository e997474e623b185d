-- What else is entered by hand and may be entered wrongly: what became of a label, how an opened bottle was shared out, when a late entry was
-- done and on which form, that a bottle is lost, what a batch cost, how many capsules a patient brought back or lost. Each is amended as a weighing is (schema 0013): its first value stays in a row.

PRAGMA legacy_alter_table=ON;

-- The same table as before, with five kinds more.
CREATE TABLE amendment_with_labels (
    id INTEGER PRIMARY KEY,
    batch INTEGER REFERENCES batch (id),            -- NULL of what was received
    lot INTEGER REFERENCES lot (id),                -- of what was received, and of the label of its container
    kind TEXT NOT NULL CHECK (kind IN ('weighing', 'step', 'result', 'issue', 'filling', 'bottle', 'loss', 'sample', 'lot', 'label', 'opening', 'late-entry', 'cost', 'patient')),
    subject TEXT NOT NULL,                          -- number of the weighing, result, issue, bottle, sample, label, late entry, batch (filling), lot or its container; code of the step; rank of the loss; part of the cost and rank; dispensing, return or loss and rank
    entry TEXT NOT NULL,                            -- tare, net, ticket; name of the step's value; series and rank of the result's value; units, broken, quantity; state; done-at, paper-form; minutes, hours, sum; name of the field of the lot
    former TEXT,                                    -- the value that stood, as its row held it; NULL where there was none
    value TEXT NOT NULL CHECK (value IS NOT former),
    unit TEXT,                                      -- ng of a mass, micro-euro of a price, min, h
    entered_by INTEGER NOT NULL REFERENCES person (id), -- of the former value
    entered_at TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (length(reason) > 0),
    raw_document TEXT REFERENCES content (digest),  -- of a result: what the value was read from again
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    deviation INTEGER REFERENCES deviation (id),    -- that opened with it: the entry was used already, or its verdict changed
    CHECK ((kind = 'result') = (raw_document IS NOT NULL)),
    CHECK ((lot IS NULL) = (batch IS NOT NULL) AND (kind = 'lot') <= (lot IS NOT NULL) AND (lot IS NOT NULL) <= (kind IN ('lot', 'label')))
) STRICT;
INSERT INTO amendment_with_labels (id, batch, lot, kind, subject, entry, former, value, unit, entered_by, entered_at, reason, raw_document, person, at, deviation)
    SELECT id, batch, lot, kind, subject, entry, former, value, unit, entered_by, entered_at, reason, raw_document, person, at, deviation FROM amendment ORDER BY id;
DROP TABLE amendment;
ALTER TABLE amendment_with_labels RENAME TO amendment;
CREATE INDEX amendment_of_batch ON amendment (batch, kind, subject, entry);
CREATE INDEX amendment_of_lot ON amendment (lot) WHERE lot IS NOT NULL;
CREATE TRIGGER amendment_stays BEFORE UPDATE ON amendment BEGIN SELECT RAISE(ABORT, 'AMENDMENT: it stays'); END;
CREATE TRIGGER amendment_is_kept BEFORE DELETE ON amendment BEGIN SELECT RAISE(ABORT, 'AMENDMENT: it is kept'); END;
-- What is done after the decision, an opening or the label of a released bottle, is amended after it.
CREATE TRIGGER amendment_closed_insert BEFORE INSERT ON amendment WHEN NEW.batch IS NOT NULL AND (SELECT state FROM batch WHERE id = NEW.batch) NOT IN ('in-preparation', 'quarantine')
    AND NOT (NEW.kind = 'result' AND (SELECT state FROM batch WHERE id = NEW.batch) = 'released') AND NEW.kind NOT IN ('opening', 'cost', 'patient')
    AND NOT (NEW.kind = 'label' AND (SELECT printed_at FROM label WHERE number = NEW.subject) > (SELECT min(at) FROM decision WHERE batch = NEW.batch AND kind IN ('release', 'refusal')))
    BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;

CREATE TRIGGER amendment_not_by_emergency_approver BEFORE INSERT ON amendment WHEN NEW.kind IN ('weighing', 'step', 'issue', 'filling', 'bottle', 'loss', 'sample') AND EXISTS (SELECT 1 FROM batch b JOIN emergency_approval e ON e.version = b.version JOIN formula_version v ON v.id = b.version WHERE b.id = NEW.batch AND (v.approved_at IS NULL OR b.planned_at < v.approved_at) AND e.person = NEW.person)
    BEGIN SELECT RAISE(ABORT, 'EMERGENCY: who approved the formula alone makes nothing of its batch'); END;

-- A bottle that was lost and is found again: its loss stays, with who found it, and how it was.
CREATE TABLE bottle_loss_with_found (
    id INTEGER PRIMARY KEY,
    bottle INTEGER NOT NULL REFERENCES bottle (id),
    batch INTEGER NOT NULL REFERENCES batch (id),
    kind TEXT NOT NULL CHECK (kind IN ('lost', 'broken')),
    reason TEXT NOT NULL CHECK (length(reason) > 0),
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    found_by INTEGER REFERENCES person (id),
    found_at TEXT,
    found_how TEXT,                                 -- where it was, how it was kept, whether its seal is whole
    CHECK ((found_by IS NULL) = (found_at IS NULL) AND (found_by IS NULL) = (found_how IS NULL)),
    CHECK (found_by IS NULL OR (kind = 'lost' AND length(found_how) > 0))
) STRICT;
INSERT INTO bottle_loss_with_found (id, bottle, batch, kind, reason, person, at) SELECT id, bottle, batch, kind, reason, person, at FROM bottle_loss ORDER BY id;
DROP TABLE bottle_loss;
ALTER TABLE bottle_loss_with_found RENAME TO bottle_loss;
CREATE UNIQUE INDEX bottle_loss_of_bottle ON bottle_loss (bottle) WHERE found_at IS NULL;
CREATE INDEX bottle_loss_of_batch ON bottle_loss (batch);
CREATE TRIGGER bottle_loss_here BEFORE INSERT ON bottle_loss WHEN NOT EXISTS (SELECT 1 FROM bottle WHERE id = NEW.bottle AND batch = NEW.batch AND destroyed = 0 AND ended IS NULL)
    OR NEW.found_by IS NOT NULL OR (SELECT state FROM batch WHERE id = NEW.batch) NOT IN ('quarantine', 'released', 'recalled', 'refused', 'abandoned')
    OR EXISTS (SELECT 1 FROM dispensing_bottle t JOIN dispensing d ON d.id = t.dispensing WHERE t.bottle = NEW.bottle AND d.state <> 'cancelled')
    BEGIN SELECT RAISE(ABORT, 'BOTTLE: only what is here is lost here'); END;
CREATE TRIGGER bottle_loss_stays BEFORE UPDATE ON bottle_loss WHEN OLD.found_by IS NOT NULL OR OLD.bottle IS NOT NEW.bottle OR OLD.batch IS NOT NEW.batch OR OLD.kind IS NOT NEW.kind
    OR OLD.reason IS NOT NEW.reason OR OLD.person IS NOT NEW.person OR OLD.at IS NOT NEW.at
    OR (SELECT state FROM batch WHERE id = NEW.batch) NOT IN ('quarantine', 'released', 'recalled', 'refused', 'abandoned')
    BEGIN SELECT RAISE(ABORT, 'BOTTLE: a loss stays'); END;
CREATE TRIGGER bottle_loss_is_kept BEFORE DELETE ON bottle_loss BEGIN SELECT RAISE(ABORT, 'BOTTLE: a loss is kept'); END;
DROP TRIGGER bottle_ends;
CREATE TRIGGER bottle_ends BEFORE UPDATE OF ended ON bottle WHEN OLD.ended IS NOT NEW.ended AND (OLD.destroyed = 1
    OR (OLD.ended IS NOT NULL AND NOT (OLD.ended = 'lost' AND NEW.ended IS NULL AND EXISTS (SELECT 1 FROM bottle_loss WHERE bottle = NEW.id)
        AND NOT EXISTS (SELECT 1 FROM bottle_loss WHERE bottle = NEW.id AND found_at IS NULL)))
    OR (NEW.ended IS 'opened') <> EXISTS (SELECT 1 FROM bottle_opening WHERE bottle = NEW.id)
    OR (NEW.ended <> 'opened' AND NOT EXISTS (SELECT 1 FROM bottle_loss WHERE bottle = NEW.id AND kind = NEW.ended AND found_at IS NULL)))
    BEGIN SELECT RAISE(ABORT, 'BOTTLE: it ends by an opening or a loss, once, until it is found again'); END;

-- Minutes, euros and capsules that were declared or counted where there were none are amended to 0.
CREATE TABLE work_with_none (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    person INTEGER NOT NULL REFERENCES person (id), -- who worked
    grade TEXT NOT NULL,                            -- code of a labour rate
    activity TEXT NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 10000),
    declared_by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
INSERT INTO work_with_none (id, batch, person, grade, activity, minutes, declared_by, at) SELECT id, batch, person, grade, activity, minutes, declared_by, at FROM work ORDER BY id;
DROP TABLE work;
ALTER TABLE work_with_none RENAME TO work;
CREATE INDEX work_of_batch ON work (batch);
CREATE TRIGGER work_before_sheet BEFORE INSERT ON work WHEN NEW.minutes = 0 OR EXISTS (SELECT 1 FROM cost_sheet WHERE batch = NEW.batch) BEGIN SELECT RAISE(ABORT, 'COST: the sheet is frozen'); END;
CREATE TRIGGER work_is_kept BEFORE DELETE ON work BEGIN SELECT RAISE(ABORT, 'COST: a declaration is kept'); END;
CREATE TABLE purchase_with_none (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    description TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),    -- micro-euro
    declared_by INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
INSERT INTO purchase_with_none (id, batch, description, amount, declared_by, at) SELECT id, batch, description, amount, declared_by, at FROM purchase ORDER BY id;
DROP TABLE purchase;
ALTER TABLE purchase_with_none RENAME TO purchase;
CREATE INDEX purchase_of_batch ON purchase (batch);
CREATE TRIGGER purchase_before_sheet BEFORE INSERT ON purchase WHEN NEW.amount = 0 OR EXISTS (SELECT 1 FROM cost_sheet WHERE batch = NEW.batch) BEGIN SELECT RAISE(ABORT, 'COST: the sheet is frozen'); END;
CREATE TRIGGER purchase_is_kept BEFORE DELETE ON purchase BEGIN SELECT RAISE(ABORT, 'COST: a declaration is kept'); END;
CREATE TABLE patient_return_with_none (
    id INTEGER PRIMARY KEY,
    dispensing INTEGER NOT NULL REFERENCES dispensing (id),
    units INTEGER NOT NULL CHECK (units >= 0),
    reason TEXT NOT NULL CHECK (length(reason) > 0),
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
INSERT INTO patient_return_with_none (id, dispensing, units, reason, person, at) SELECT id, dispensing, units, reason, person, at FROM patient_return ORDER BY id;
DROP TABLE patient_return;
ALTER TABLE patient_return_with_none RENAME TO patient_return;
CREATE INDEX patient_return_of_dispensing ON patient_return (dispensing);
CREATE TRIGGER patient_return_is_kept BEFORE DELETE ON patient_return BEGIN SELECT RAISE(ABORT, 'RETURN: it is kept'); END;
CREATE TABLE patient_loss_with_none (
    id INTEGER PRIMARY KEY,
    dispensing INTEGER NOT NULL REFERENCES dispensing (id),
    units INTEGER NOT NULL CHECK (units >= 0),
    reason TEXT NOT NULL CHECK (length(reason) > 0),
    reported_by TEXT NOT NULL CHECK (length(reported_by) > 0), -- in what quality: the patient, a nurse; no name
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
INSERT INTO patient_loss_with_none (id, dispensing, units, reason, reported_by, person, at) SELECT id, dispensing, units, reason, reported_by, person, at FROM patient_loss ORDER BY id;
DROP TABLE patient_loss;
ALTER TABLE patient_loss_with_none RENAME TO patient_loss;
CREATE INDEX patient_loss_of_dispensing ON patient_loss (dispensing);
CREATE TRIGGER patient_loss_is_kept BEFORE DELETE ON patient_loss BEGIN SELECT RAISE(ABORT, 'LOSS: it is kept'); END;

PRAGMA legacy_alter_table=OFF;

CREATE TRIGGER work_stays BEFORE UPDATE ON work WHEN OLD.batch IS NOT NEW.batch OR OLD.person IS NOT NEW.person OR OLD.grade IS NOT NEW.grade OR OLD.activity IS NOT NEW.activity
    OR OLD.declared_by IS NOT NEW.declared_by OR OLD.at IS NOT NEW.at OR EXISTS (SELECT 1 FROM cost_sheet WHERE batch = NEW.batch)
    OR (OLD.minutes || '>' || NEW.minutes) IS NOT (SELECT former || '>' || value FROM amendment WHERE batch = OLD.batch AND kind = 'cost'
        AND subject = 'labour ' || (SELECT count(*) FROM work WHERE batch = OLD.batch AND id <= OLD.id) ORDER BY id DESC LIMIT 1)
    BEGIN SELECT RAISE(ABORT, 'COST: a declaration stays'); END;
CREATE TRIGGER purchase_stays BEFORE UPDATE ON purchase WHEN OLD.batch IS NOT NEW.batch OR OLD.description IS NOT NEW.description OR OLD.declared_by IS NOT NEW.declared_by OR OLD.at IS NOT NEW.at
    OR EXISTS (SELECT 1 FROM cost_sheet WHERE batch = NEW.batch) OR (OLD.amount || '>' || NEW.amount) IS NOT (SELECT former || '>' || value FROM amendment WHERE batch = OLD.batch
        AND kind = 'cost' AND subject = 'purchases ' || (SELECT count(*) FROM purchase WHERE batch = OLD.batch AND id <= OLD.id) ORDER BY id DESC LIMIT 1)
    BEGIN SELECT RAISE(ABORT, 'COST: a declaration stays'); END;
DROP TRIGGER equipment_use_stays;
CREATE TRIGGER equipment_use_stays BEFORE UPDATE ON equipment_use WHEN OLD.batch IS NOT NEW.batch OR OLD.rate IS NOT NEW.rate OR OLD.declared_by IS NOT NEW.declared_by OR OLD.at IS NOT NEW.at
    OR EXISTS (SELECT 1 FROM cost_sheet WHERE batch = NEW.batch) OR (OLD.hours || '>' || NEW.hours) IS NOT (SELECT former || '>' || value FROM amendment WHERE batch = OLD.batch
        AND kind = 'cost' AND subject = 'equipment ' || (SELECT count(*) FROM equipment_use WHERE batch = OLD.batch AND id <= OLD.id) ORDER BY id DESC LIMIT 1)
    BEGIN SELECT RAISE(ABORT, 'COST: a declaration stays'); END;
-- Never more comes back or is lost than was handed over.
CREATE TRIGGER patient_return_of_handed_over BEFORE INSERT ON patient_return WHEN NEW.units = 0 OR (SELECT state FROM dispensing WHERE id = NEW.dispensing) <> 'handed-over'
    OR NEW.units + (SELECT coalesce(sum(units), 0) FROM patient_return WHERE dispensing = NEW.dispensing)
    + (SELECT coalesce(sum(units), 0) FROM patient_loss WHERE dispensing = NEW.dispensing) > (SELECT units FROM dispensing WHERE id = NEW.dispensing)
    BEGIN SELECT RAISE(ABORT, 'RETURN: no more comes back than was handed over and not lost'); END;
CREATE TRIGGER patient_loss_of_handed_over BEFORE INSERT ON patient_loss WHEN NEW.units = 0 OR (SELECT state FROM dispensing WHERE id = NEW.dispensing) <> 'handed-over'
    OR NEW.units + (SELECT coalesce(sum(units), 0) FROM patient_loss WHERE dispensing = NEW.dispensing)
    + (SELECT coalesce(sum(units), 0) FROM patient_return WHERE dispensing = NEW.dispensing) > (SELECT units FROM dispensing WHERE id = NEW.dispensing)
    BEGIN SELECT RAISE(ABORT, 'LOSS: no more is lost than was handed over and not brought back'); END;
CREATE TRIGGER patient_return_stays BEFORE UPDATE ON patient_return WHEN OLD.dispensing IS NOT NEW.dispensing OR OLD.reason IS NOT NEW.reason OR OLD.person IS NOT NEW.person OR OLD.at IS NOT NEW.at
    OR (OLD.units || '>' || NEW.units) IS NOT (SELECT a.former || '>' || a.value FROM dispensing d JOIN amendment a ON a.batch = d.batch AND a.kind = 'patient' AND a.subject = d.number || ' return ' ||
        (SELECT count(*) FROM patient_return WHERE dispensing = OLD.dispensing AND id <= OLD.id) WHERE d.id = OLD.dispensing ORDER BY a.id DESC LIMIT 1)
    OR NEW.units - OLD.units + (SELECT coalesce(sum(units), 0) FROM patient_return WHERE dispensing = OLD.dispensing)
        + (SELECT coalesce(sum(units), 0) FROM patient_loss WHERE dispensing = OLD.dispensing) > (SELECT units FROM dispensing WHERE id = OLD.dispensing)
    BEGIN SELECT RAISE(ABORT, 'RETURN: it stays'); END;
CREATE TRIGGER patient_loss_stays BEFORE UPDATE ON patient_loss WHEN OLD.dispensing IS NOT NEW.dispensing OR OLD.reason IS NOT NEW.reason OR OLD.reported_by IS NOT NEW.reported_by
    OR OLD.person IS NOT NEW.person OR OLD.at IS NOT NEW.at
    OR (OLD.units || '>' || NEW.units) IS NOT (SELECT a.former || '>' || a.value FROM dispensing d JOIN amendment a ON a.batch = d.batch AND a.kind = 'patient' AND a.subject = d.number || ' loss ' ||
        (SELECT count(*) FROM patient_loss WHERE dispensing = OLD.dispensing AND id <= OLD.id) WHERE d.id = OLD.dispensing ORDER BY a.id DESC LIMIT 1)
    OR NEW.units - OLD.units + (SELECT coalesce(sum(units), 0) FROM patient_loss WHERE dispensing = OLD.dispensing)
        + (SELECT coalesce(sum(units), 0) FROM patient_return WHERE dispensing = OLD.dispensing) > (SELECT units FROM dispensing WHERE id = OLD.dispensing)
    BEGIN SELECT RAISE(ABORT, 'LOSS: it stays'); END;

-- What became of a label is said anew behind an amendment of that very state.
DROP TRIGGER label_stays;
CREATE TRIGGER label_stays BEFORE UPDATE ON label WHEN OLD.number IS NOT NEW.number OR OLD.kind IS NOT NEW.kind OR OLD.subject IS NOT NEW.subject
    OR OLD.token IS NOT NEW.token OR OLD.shown_state IS NOT NEW.shown_state OR OLD.document IS NOT NEW.document
    OR (OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN ('printed>applied', 'printed>specimen', 'printed>spoiled', 'printed>destroyed', 'printed>void', 'applied>void', 'specimen>void')
        AND NOT (OLD.state IN ('applied', 'specimen', 'spoiled', 'destroyed') AND NEW.state IN ('applied', 'specimen', 'spoiled', 'destroyed')
            AND coalesce((OLD.state || '>' || NEW.state) = (SELECT former || '>' || value FROM amendment WHERE (batch = coalesce(OLD.batch, (SELECT batch FROM dispensing
                WHERE OLD.kind = 'dispensing' AND number = OLD.subject)) OR (OLD.kind = 'container' AND lot = (SELECT lot FROM container WHERE number = OLD.subject)))
                AND kind = 'label' AND subject = OLD.number ORDER BY id DESC LIMIT 1), 0)))
    BEGIN SELECT RAISE(ABORT, 'LABEL: a printed label stays'); END;

-- Labels are reconciled again whenever others were printed or said to be something else since: the former edition stays.
DROP TRIGGER reconciliation_again;
CREATE TRIGGER reconciliation_again BEFORE INSERT ON reconciliation WHEN NEW.edition > 1 AND NEW.kind <> 'labels' AND NOT EXISTS (SELECT 1 FROM amendment a WHERE a.batch = NEW.batch
    AND a.at >= (SELECT min(at) FROM reconciliation WHERE batch = NEW.batch AND kind = NEW.kind AND edition = NEW.edition - 1))
    AND NOT EXISTS (SELECT 1 FROM result r JOIN formula_control c ON c.id = r.control WHERE r.batch = NEW.batch AND c.kind = 'mass-uniformity'
        AND r.closed_at >= (SELECT min(at) FROM reconciliation WHERE batch = NEW.batch AND kind = NEW.kind AND edition = NEW.edition - 1))
    BEGIN SELECT RAISE(ABORT, 'BATCH: what is reconciled is reconciled again behind an amendment, or another mean mass, alone'); END;

-- How the capsules of an opened bottle were shared out, until another person has counted them.
DROP TRIGGER bottle_opening_stays;
CREATE TRIGGER bottle_opening_stays BEFORE UPDATE ON bottle_opening WHEN OLD.verified_by IS NOT NULL OR OLD.bottle IS NOT NEW.bottle OR OLD.batch IS NOT NEW.batch
    OR OLD.work_area IS NOT NEW.work_area OR OLD.line IS NOT NEW.line OR OLD.reason IS NOT NEW.reason OR OLD.opened_by IS NOT NEW.opened_by OR OLD.opened_at IS NOT NEW.opened_at
    OR (OLD.units IS NOT NEW.units AND (OLD.units || '>' || NEW.units) IS NOT (SELECT former || '>' || value FROM amendment WHERE batch = OLD.batch AND kind = 'opening'
        AND subject = (SELECT number FROM bottle WHERE opening = OLD.id ORDER BY rank LIMIT 1) ORDER BY id DESC LIMIT 1))
    OR (OLD.broken IS NOT NEW.broken AND (OLD.broken || '>' || NEW.broken) IS NOT (SELECT former || '>' || value FROM amendment WHERE batch = OLD.batch AND kind = 'opening'
        AND subject = (SELECT number FROM bottle WHERE id = OLD.bottle) ORDER BY id DESC LIMIT 1))
    OR (NEW.verified_by IS NOT NULL AND EXISTS (SELECT 1 FROM amendment WHERE batch = NEW.batch AND kind = 'opening' AND person = NEW.verified_by
        AND ((entry = 'broken' AND subject = (SELECT number FROM bottle WHERE id = NEW.bottle)) OR (entry = 'units' AND subject IN (SELECT number FROM bottle WHERE opening = NEW.id)))))
    BEGIN SELECT RAISE(ABORT, 'BOTTLE: an opening stays'); END;
DROP TRIGGER bottle_stays;
CREATE TRIGGER bottle_stays BEFORE UPDATE ON bottle WHEN OLD.number IS NOT NEW.number OR OLD.batch IS NOT NEW.batch
    OR OLD.rank IS NOT NEW.rank OR OLD.bottles IS NOT NEW.bottles OR NEW.destroyed < OLD.destroyed
    OR (OLD.units IS NOT NEW.units AND NOT (CASE WHEN OLD.opening IS NULL THEN (SELECT state FROM batch WHERE id = OLD.batch) = 'quarantine'
        ELSE EXISTS (SELECT 1 FROM bottle_opening WHERE id = OLD.opening AND verified_at IS NULL) END
        AND coalesce((OLD.units || '>' || NEW.units) = (SELECT former || '>' || value FROM amendment WHERE batch = OLD.batch AND kind = iif(OLD.opening IS NULL, 'bottle', 'opening')
            AND subject = OLD.number ORDER BY id DESC LIMIT 1), 0)))
    BEGIN SELECT RAISE(ABORT, 'BOTTLE: a bottle stays'); END;

-- When a late entry was done, and on which form: what another person compared with the form is to be compared again.
DROP TRIGGER late_entry_stays;
CREATE TRIGGER late_entry_stays BEFORE UPDATE ON late_entry WHEN (SELECT state FROM batch WHERE id = OLD.batch) NOT IN ('in-preparation', 'quarantine') OR OLD.number IS NOT NEW.number
    OR OLD.batch IS NOT NEW.batch OR OLD.sequence IS NOT NEW.sequence OR OLD.act IS NOT NEW.act OR OLD.reason IS NOT NEW.reason OR OLD.person IS NOT NEW.person OR OLD.at IS NOT NEW.at
    OR (OLD.done_at IS NOT NEW.done_at AND (OLD.done_at || '>' || NEW.done_at) IS NOT (SELECT former || '>' || value FROM amendment WHERE batch = OLD.batch AND kind = 'late-entry'
        AND subject = OLD.number AND entry = 'done-at' ORDER BY id DESC LIMIT 1))
    OR (OLD.form IS NOT NEW.form AND (OLD.form || '>' || NEW.form) IS NOT (SELECT former || '>' || value FROM amendment WHERE batch = OLD.batch AND kind = 'late-entry'
        AND subject = OLD.number AND entry = 'paper-form' ORDER BY id DESC LIMIT 1))
    OR (OLD.form IS NOT NEW.form AND EXISTS (SELECT 1 FROM paper_form p WHERE p.number IN (OLD.form, NEW.form) AND p.state <> 'issued'))
    OR (OLD.form IS NOT NEW.form AND EXISTS (SELECT 1 FROM paper_form p WHERE p.number = NEW.form AND (p.version <> (SELECT version FROM batch WHERE id = NEW.batch)
        OR coalesce(p.batch, NEW.batch) <> NEW.batch OR EXISTS (SELECT 1 FROM late_entry o WHERE o.form = NEW.form AND o.batch <> NEW.batch))))
    OR (OLD.verified_by IS NOT NULL AND (NEW.verified_by IS NOT NULL OR (OLD.done_at IS NEW.done_at AND OLD.form IS NEW.form)))
    OR (NEW.verified_by IS NOT NULL AND EXISTS (SELECT 1 FROM amendment WHERE batch = OLD.batch AND kind = 'late-entry' AND subject = OLD.number AND person = NEW.verified_by))
    BEGIN SELECT RAISE(ABORT, 'LATE: it stays'); END;
DROP TRIGGER batch_stays;
CREATE TRIGGER batch_stays BEFORE UPDATE ON batch WHEN OLD.id IS NOT NEW.id OR OLD.number IS NOT NEW.number OR OLD.version IS NOT NEW.version
    OR OLD.formula_content IS NOT NEW.formula_content OR OLD.units IS NOT NEW.units OR (OLD.registration IS NOT NULL AND OLD.registration IS NOT NEW.registration)
    OR (OLD.made_on IS NOT NULL AND OLD.made_on IS NOT NEW.made_on AND NOT (OLD.state IN ('in-preparation', 'quarantine')
        AND (NEW.made_on < OLD.made_on OR EXISTS (SELECT 1 FROM amendment a JOIN late_entry l ON l.number = a.subject WHERE a.batch = OLD.id AND a.kind = 'late-entry'
            AND a.entry = 'done-at' AND l.act = 'batch start' AND a.value = l.done_at))
        AND EXISTS (SELECT 1 FROM late_entry WHERE batch = OLD.id AND act = 'batch start' AND verified_at IS NULL
        AND substr(done_at, 1, 10) BETWEEN date(NEW.made_on, '-1 day') AND date(NEW.made_on, '+1 day'))))
    OR (OLD.filled IS NOT NULL AND OLD.filled IS NOT NEW.filled AND (OLD.filled || '>' || NEW.filled) IS NOT (SELECT former || '>' || value FROM amendment
        WHERE batch = OLD.id AND kind = 'filling' ORDER BY id DESC LIMIT 1))
    OR (OLD.conforming IS NOT NULL AND OLD.conforming IS NOT NEW.conforming AND (NEW.conforming IS NULL
        OR NEW.conforming - OLD.conforming IS NOT (SELECT CAST(value AS INTEGER) - CAST(former AS INTEGER) FROM amendment WHERE batch = OLD.id AND kind = 'bottle' ORDER BY id DESC LIMIT 1)
        OR NEW.conforming <> (SELECT sum(units) FROM bottle WHERE batch = OLD.id)))
    BEGIN SELECT RAISE(ABORT, 'BATCH: what was recorded stays'); END;
