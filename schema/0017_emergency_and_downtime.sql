-- The batch record as a blank form, printed from an approved formula for when the program is out of reach: each copy has a number, is kept
-- somewhere, and is accounted for in the end: it came back filled, or was destroyed, or is lost (BPP 4.08, 4.39; EU GMP 4.3).
CREATE TABLE paper_form (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,                     -- for example P26-0001
    version INTEGER NOT NULL REFERENCES formula_version (id),
    batch INTEGER REFERENCES batch (id),             -- that it was made out for; NULL: for any batch of this version
    units INTEGER CHECK (units > 0),                 -- planned, as printed; NULL: left to be written
    labels INTEGER NOT NULL CHECK (labels >= 0),     -- blank labels on it
    document INTEGER NOT NULL UNIQUE REFERENCES document (id),
    kept_at TEXT NOT NULL CHECK (length(kept_at) > 0), -- where the copy lies
    issued_by INTEGER NOT NULL REFERENCES person (id),
    issued_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('issued', 'used', 'destroyed', 'lost')),
    labels_used INTEGER CHECK (labels_used BETWEEN 0 AND labels), -- of a form that was used; the others were destroyed with it
    reason TEXT,                                     -- why it was destroyed, or how it was lost
    settled_by INTEGER REFERENCES person (id),
    settled_at TEXT,
    CHECK ((state = 'issued') = (settled_by IS NULL) AND (state = 'issued') = (settled_at IS NULL)),
    CHECK ((state = 'used') = (labels_used IS NOT NULL)),
    CHECK (state IN ('issued', 'used') OR length(reason) > 0),
    CHECK (batch IS NULL OR units IS NOT NULL)
) STRICT;
CREATE INDEX paper_form_waiting ON paper_form (id) WHERE state = 'issued';
CREATE INDEX paper_form_of_batch ON paper_form (batch) WHERE batch IS NOT NULL;
CREATE TRIGGER paper_form_of_formula_in_force BEFORE INSERT ON paper_form WHEN NEW.state <> 'issued' OR (SELECT state FROM formula_version WHERE id = NEW.version) <> 'approved'
    OR (NEW.batch IS NOT NULL AND NOT EXISTS (SELECT 1 FROM batch WHERE id = NEW.batch AND version = NEW.version AND units = NEW.units AND state IN ('planned', 'in-preparation')))
    BEGIN SELECT RAISE(ABORT, 'FORM: only from an approved formula, for a batch of it that is not made yet'); END;
CREATE TRIGGER paper_form_stays BEFORE UPDATE ON paper_form WHEN OLD.state <> 'issued' OR NEW.state = 'issued' OR OLD.number IS NOT NEW.number OR OLD.version IS NOT NEW.version
    OR OLD.batch IS NOT NEW.batch OR OLD.units IS NOT NEW.units OR OLD.labels IS NOT NEW.labels OR OLD.document IS NOT NEW.document OR OLD.kept_at IS NOT NEW.kept_at
    OR OLD.issued_by IS NOT NEW.issued_by OR OLD.issued_at IS NOT NEW.issued_at BEGIN SELECT RAISE(ABORT, 'FORM: it stays'); END;
CREATE TRIGGER paper_form_is_kept BEFORE DELETE ON paper_form BEGIN SELECT RAISE(ABORT, 'FORM: it is kept'); END;

-- What is entered late from a form of ours is of its formula and its batch, while the form is not accounted for; one form is one batch's.
CREATE INDEX late_entry_of_form ON late_entry (form);
CREATE TRIGGER late_entry_of_its_form BEFORE INSERT ON late_entry WHEN EXISTS (SELECT 1 FROM paper_form p WHERE p.number = NEW.form AND (p.state <> 'issued'
    OR p.version <> (SELECT version FROM batch WHERE id = NEW.batch) OR coalesce(p.batch, NEW.batch) <> NEW.batch
    OR EXISTS (SELECT 1 FROM late_entry o WHERE o.form = NEW.form AND o.batch <> NEW.batch)))
    BEGIN SELECT RAISE(ABORT, 'LATE: this form is of another batch, or accounted for already'); END;
CREATE TRIGGER paper_form_settled_as_it_went BEFORE UPDATE OF state ON paper_form WHEN (NEW.state = 'used') <> EXISTS (SELECT 1 FROM late_entry WHERE form = NEW.number)
    OR EXISTS (SELECT 1 FROM late_entry l JOIN batch b ON b.id = l.batch WHERE l.form = NEW.number AND l.verified_at IS NULL AND b.state IN ('in-preparation', 'quarantine'))
    BEGIN SELECT RAISE(ABORT, 'FORM: used when entries name it, all verified; else not'); END;
CREATE TRIGGER batch_release_needs_forms BEFORE UPDATE OF state ON batch WHEN NEW.state = 'released' AND OLD.state <> 'released' AND (EXISTS (SELECT 1 FROM paper_form
    WHERE batch = NEW.id AND state = 'issued') OR EXISTS (SELECT 1 FROM late_entry l JOIN paper_form p ON p.number = l.form WHERE l.batch = NEW.id AND p.state = 'issued'))
    BEGIN SELECT RAISE(ABORT, 'BATCH: something still blocks the release'); END;

-- A batch that was begun on paper is made on the day of the form, not on that of its entry: else its expiry would be counted too late.
DROP TRIGGER batch_stays;
CREATE TRIGGER batch_stays BEFORE UPDATE ON batch WHEN OLD.id IS NOT NEW.id OR OLD.number IS NOT NEW.number OR OLD.version IS NOT NEW.version
    OR OLD.formula_content IS NOT NEW.formula_content OR OLD.units IS NOT NEW.units OR (OLD.registration IS NOT NULL AND OLD.registration IS NOT NEW.registration)
    OR (OLD.made_on IS NOT NULL AND OLD.made_on IS NOT NEW.made_on AND NOT (NEW.made_on < OLD.made_on AND OLD.state IN ('in-preparation', 'quarantine')
        AND EXISTS (SELECT 1 FROM late_entry WHERE batch = OLD.id AND act = 'batch start' AND verified_at IS NULL
        AND substr(done_at, 1, 10) BETWEEN date(NEW.made_on, '-1 day') AND date(NEW.made_on, '+1 day'))))
    OR (OLD.filled IS NOT NULL AND OLD.filled IS NOT NEW.filled AND (OLD.filled || '>' || NEW.filled) IS NOT (SELECT former || '>' || value FROM amendment
        WHERE batch = OLD.id AND kind = 'filling' ORDER BY id DESC LIMIT 1))
    OR (OLD.conforming IS NOT NULL AND OLD.conforming IS NOT NEW.conforming AND (NEW.conforming IS NULL
        OR NEW.conforming - OLD.conforming IS NOT (SELECT CAST(value AS INTEGER) - CAST(former AS INTEGER) FROM amendment WHERE batch = OLD.id AND kind = 'bottle' ORDER BY id DESC LIMIT 1)
        OR NEW.conforming <> (SELECT sum(units) FROM bottle WHERE batch = OLD.id)))
    BEGIN SELECT RAISE(ABORT, 'BATCH: what was recorded stays'); END;

-- The check of a balance that was made on paper: of the day that the form says, which is over when it is entered.
ALTER TABLE equipment_check ADD COLUMN form TEXT CHECK (form IS NULL OR (length(form) > 0 AND day <= substr(at, 1, 10))); -- number of the paper form
CREATE INDEX equipment_check_of_form ON equipment_check (form) WHERE form IS NOT NULL;

-- A formula approved in an emergency by one pharmacist, who may have written it, on a written evaluation of the risk, for one batch (BPP 1.22).
-- The version stays a draft in its own row, frozen, until another pharmacist approves it as any other: then it is completed.
CREATE TABLE emergency_approval (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL UNIQUE REFERENCES formula_version (id),
    risk_evaluation TEXT NOT NULL CHECK (length(risk_evaluation) > 0),
    reason TEXT NOT NULL CHECK (length(reason) > 0), -- why it cannot wait for a second pharmacist
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    meaning TEXT NOT NULL,                           -- of the signature
    withdrawn_by INTEGER REFERENCES person (id),     -- instead of being completed
    withdrawn_at TEXT,
    withdrawn_reason TEXT CHECK ((withdrawn_by IS NULL) = (withdrawn_reason IS NULL)),
    CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL))
) STRICT;
CREATE TRIGGER emergency_approval_of_draft BEFORE INSERT ON emergency_approval WHEN NEW.withdrawn_at IS NOT NULL OR (SELECT state FROM formula_version WHERE id = NEW.version) <> 'draft'
    BEGIN SELECT RAISE(ABORT, 'EMERGENCY: only a draft is approved so'); END;
CREATE TRIGGER emergency_approval_stays BEFORE UPDATE ON emergency_approval WHEN OLD.withdrawn_at IS NOT NULL OR (SELECT state FROM formula_version WHERE id = OLD.version) <> 'draft'
    OR OLD.version IS NOT NEW.version OR OLD.risk_evaluation IS NOT NEW.risk_evaluation OR OLD.reason IS NOT NEW.reason OR OLD.person IS NOT NEW.person OR OLD.at IS NOT NEW.at
    OR OLD.meaning IS NOT NEW.meaning BEGIN SELECT RAISE(ABORT, 'EMERGENCY: it stays'); END;
CREATE TRIGGER emergency_approval_is_kept BEFORE DELETE ON emergency_approval BEGIN SELECT RAISE(ABORT, 'EMERGENCY: it is kept'); END;

-- What was approved so is frozen, and completed as it is, by another than who approved it so.
CREATE TRIGGER formula_version_of_emergency BEFORE UPDATE ON formula_version WHEN EXISTS (SELECT 1 FROM emergency_approval WHERE version = OLD.id) AND OLD.state = 'draft' AND (NEW.state <> 'approved'
    OR EXISTS (SELECT 1 FROM emergency_approval WHERE version = OLD.id AND (withdrawn_at IS NOT NULL OR person = NEW.approved_by))
    OR OLD.number IS NOT NEW.number OR OLD.formula IS NOT NEW.formula OR OLD.version IS NOT NEW.version OR OLD.product IS NOT NEW.product
    OR OLD.strength IS NOT NEW.strength OR OLD.dose IS NOT NEW.dose OR OLD.form IS NOT NEW.form OR OLD.route IS NOT NEW.route
    OR OLD.recipients IS NOT NEW.recipients OR OLD.content_mass IS NOT NEW.content_mass OR OLD.shelf_life IS NOT NEW.shelf_life
    OR OLD.shelf_life_reason IS NOT NEW.shelf_life_reason OR OLD.storage IS NOT NEW.storage OR OLD.known_effects IS NOT NEW.known_effects
    OR OLD.list IS NOT NEW.list OR OLD.legal_basis IS NOT NEW.legal_basis OR OLD.risk_class IS NOT NEW.risk_class OR OLD.reserve_units IS NOT NEW.reserve_units
    OR OLD.powder_loss_limit IS NOT NEW.powder_loss_limit OR OLD.unaccounted_limit IS NOT NEW.unaccounted_limit
    OR OLD.shell_loss_limit IS NOT NEW.shell_loss_limit OR OLD.capsule_loss_limit IS NOT NEW.capsule_loss_limit OR OLD.label_warnings IS NOT NEW.label_warnings
    OR OLD.author IS NOT NEW.author OR OLD.authored_at IS NOT NEW.authored_at OR OLD.hold_limit IS NOT NEW.hold_limit)
    BEGIN SELECT RAISE(ABORT, 'EMERGENCY: frozen, and completed by another pharmacist than who approved it'); END;
CREATE TRIGGER formula_component_emergency_insert BEFORE INSERT ON formula_component WHEN EXISTS (SELECT 1 FROM emergency_approval WHERE version = NEW.version) BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_component_emergency_update BEFORE UPDATE ON formula_component WHEN EXISTS (SELECT 1 FROM emergency_approval WHERE version = OLD.version) BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_component_emergency_delete BEFORE DELETE ON formula_component WHEN EXISTS (SELECT 1 FROM emergency_approval WHERE version = OLD.version) BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_step_emergency_insert BEFORE INSERT ON formula_step WHEN EXISTS (SELECT 1 FROM emergency_approval WHERE version = NEW.version) BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_step_emergency_update BEFORE UPDATE ON formula_step WHEN EXISTS (SELECT 1 FROM emergency_approval WHERE version = OLD.version) BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_step_emergency_delete BEFORE DELETE ON formula_step WHEN EXISTS (SELECT 1 FROM emergency_approval WHERE version = OLD.version) BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_control_emergency_insert BEFORE INSERT ON formula_control WHEN EXISTS (SELECT 1 FROM emergency_approval WHERE version = NEW.version) BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_control_emergency_update BEFORE UPDATE ON formula_control WHEN EXISTS (SELECT 1 FROM emergency_approval WHERE version = OLD.version) BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_control_emergency_delete BEFORE DELETE ON formula_control WHEN EXISTS (SELECT 1 FROM emergency_approval WHERE version = OLD.version) BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;

-- One batch is made from it until it is completed.
DROP TRIGGER batch_formula_approved;
CREATE TRIGGER batch_formula_approved BEFORE INSERT ON batch WHEN (SELECT state FROM formula_version WHERE id = NEW.version) <> 'approved'
    AND NOT EXISTS (SELECT 1 FROM emergency_approval e JOIN formula_version v ON v.id = e.version WHERE e.version = NEW.version AND e.withdrawn_at IS NULL AND v.state = 'draft'
        AND NOT EXISTS (SELECT 1 FROM batch b WHERE b.version = e.version AND b.state <> 'cancelled'))
    BEGIN SELECT RAISE(ABORT, 'BATCH: only an approved formula is made, and one batch of one approved in an emergency'); END;

-- Who approved it alone makes nothing of that batch (BPP 1.22, 5.44): a batch planned before the formula was completed.
CREATE TRIGGER weighing_not_by_emergency_approver BEFORE INSERT ON weighing WHEN EXISTS (SELECT 1 FROM batch b JOIN emergency_approval e ON e.version = b.version JOIN formula_version v ON v.id = b.version WHERE b.id = NEW.batch AND (v.approved_at IS NULL OR b.planned_at < v.approved_at) AND e.person = NEW.opened_by)
    BEGIN SELECT RAISE(ABORT, 'EMERGENCY: who approved the formula alone makes nothing of its batch'); END;
CREATE TRIGGER weighing_recorded_not_by_emergency_approver BEFORE UPDATE OF recorded_by ON weighing WHEN OLD.recorded_by IS NOT NEW.recorded_by AND EXISTS (SELECT 1 FROM batch b JOIN emergency_approval e ON e.version = b.version JOIN formula_version v ON v.id = b.version WHERE b.id = NEW.batch AND (v.approved_at IS NULL OR b.planned_at < v.approved_at) AND e.person = NEW.recorded_by)
    BEGIN SELECT RAISE(ABORT, 'EMERGENCY: who approved the formula alone makes nothing of its batch'); END;
CREATE TRIGGER issue_not_by_emergency_approver BEFORE INSERT ON issue WHEN EXISTS (SELECT 1 FROM batch b JOIN emergency_approval e ON e.version = b.version JOIN formula_version v ON v.id = b.version WHERE b.id = NEW.batch AND (v.approved_at IS NULL OR b.planned_at < v.approved_at) AND e.person = NEW.issued_by)
    BEGIN SELECT RAISE(ABORT, 'EMERGENCY: who approved the formula alone makes nothing of its batch'); END;
CREATE TRIGGER step_record_not_by_emergency_approver BEFORE INSERT ON step_record WHEN EXISTS (SELECT 1 FROM batch b JOIN emergency_approval e ON e.version = b.version JOIN formula_version v ON v.id = b.version WHERE b.id = NEW.batch AND (v.approved_at IS NULL OR b.planned_at < v.approved_at) AND e.person = NEW.person)
    BEGIN SELECT RAISE(ABORT, 'EMERGENCY: who approved the formula alone makes nothing of its batch'); END;
CREATE TRIGGER clearance_not_by_emergency_approver BEFORE INSERT ON clearance WHEN EXISTS (SELECT 1 FROM batch b JOIN emergency_approval e ON e.version = b.version JOIN formula_version v ON v.id = b.version WHERE b.id = NEW.batch AND (v.approved_at IS NULL OR b.planned_at < v.approved_at) AND e.person = NEW.person)
    BEGIN SELECT RAISE(ABORT, 'EMERGENCY: who approved the formula alone makes nothing of its batch'); END;
CREATE TRIGGER loss_not_by_emergency_approver BEFORE INSERT ON loss WHEN EXISTS (SELECT 1 FROM batch b JOIN emergency_approval e ON e.version = b.version JOIN formula_version v ON v.id = b.version WHERE b.id = NEW.batch AND (v.approved_at IS NULL OR b.planned_at < v.approved_at) AND e.person = NEW.person)
    BEGIN SELECT RAISE(ABORT, 'EMERGENCY: who approved the formula alone makes nothing of its batch'); END;
CREATE TRIGGER amendment_not_by_emergency_approver BEFORE INSERT ON amendment WHEN NEW.kind <> 'result' AND EXISTS (SELECT 1 FROM batch b JOIN emergency_approval e ON e.version = b.version JOIN formula_version v ON v.id = b.version WHERE b.id = NEW.batch AND (v.approved_at IS NULL OR b.planned_at < v.approved_at) AND e.person = NEW.person)
    BEGIN SELECT RAISE(ABORT, 'EMERGENCY: who approved the formula alone makes nothing of its batch'); END;
