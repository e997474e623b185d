-- The master file of a preparation (BPP 4.30 to 4.35): versions, approved by another person than their author,
-- frozen once approved.

CREATE TABLE formula (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL -- of the preparation
) STRICT;
CREATE TRIGGER formula_stays BEFORE UPDATE ON formula BEGIN SELECT RAISE(ABORT, 'FORMULA: code and name stay'); END;
CREATE TRIGGER formula_is_kept BEFORE DELETE ON formula BEGIN SELECT RAISE(ABORT, 'FORMULA: a formula is kept'); END;

CREATE TABLE formula_version (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,                  -- for example BIR20/1
    formula INTEGER NOT NULL REFERENCES formula (id),
    version INTEGER NOT NULL CHECK (version > 0),
    state TEXT NOT NULL CHECK (state IN ('draft', 'approved', 'withdrawn')),
    product TEXT NOT NULL,                        -- name on labels and certificates
    strength TEXT NOT NULL,                       -- as printed, for example 20 mg
    dose INTEGER NOT NULL CHECK (dose > 0),       -- label claim, nanograms of active a capsule
    form TEXT NOT NULL,                           -- pharmaceutical form, for example gélule
    route TEXT NOT NULL,                          -- of administration
    recipients TEXT,                              -- adultes, enfants, ...
    content_mass INTEGER NOT NULL CHECK (content_mass > dose), -- theoretical mass of a capsule's content, nanograms
    shelf_life INTEGER NOT NULL CHECK (shelf_life BETWEEN 1 AND 3660), -- days from making
    shelf_life_reason TEXT NOT NULL,              -- BPP 6.80
    storage TEXT NOT NULL,
    known_effects TEXT,                           -- excipients with known effect, as printed
    list TEXT NOT NULL CHECK (list IN ('I', 'II', 'none')),
    legal_basis TEXT NOT NULL,                    -- why the preparation is lawful, with the protocol's date
    risk_class TEXT NOT NULL CHECK (risk_class IN ('low', 'medium', 'high')), -- BPP 1.16
    reserve_units INTEGER NOT NULL CHECK (reserve_units >= 0), -- capsules kept for stage 2, then as retained sample
    powder_loss_limit TEXT NOT NULL,              -- percent
    unaccounted_limit TEXT NOT NULL,              -- percent of powder
    shell_loss_limit TEXT NOT NULL,               -- percent of shells not filled
    capsule_loss_limit TEXT NOT NULL,             -- percent of capsules rejected or lost
    label_warnings TEXT,                          -- further sentences on the dispensing label, one a line
    author INTEGER NOT NULL REFERENCES person (id),
    authored_at TEXT NOT NULL,
    approved_by INTEGER REFERENCES person (id),
    approved_at TEXT,
    UNIQUE (formula, version),
    CHECK (approved_by IS NULL OR approved_by <> author),
    CHECK ((state = 'draft') = (approved_by IS NULL))
) STRICT;
CREATE TRIGGER formula_version_starts_as_draft BEFORE INSERT ON formula_version WHEN NEW.state <> 'draft' BEGIN SELECT RAISE(ABORT, 'FORMULA: a version starts as a draft'); END;
CREATE TRIGGER formula_version_frozen BEFORE UPDATE ON formula_version WHEN OLD.state <> 'draft' AND (NEW.state <> 'withdrawn' OR OLD.state <> 'approved'
    OR OLD.dose IS NOT NEW.dose OR OLD.content_mass IS NOT NEW.content_mass OR OLD.product IS NOT NEW.product OR OLD.strength IS NOT NEW.strength
    OR OLD.shelf_life IS NOT NEW.shelf_life OR OLD.author IS NOT NEW.author OR OLD.approved_by IS NOT NEW.approved_by OR OLD.storage IS NOT NEW.storage
    OR OLD.reserve_units IS NOT NEW.reserve_units OR OLD.powder_loss_limit IS NOT NEW.powder_loss_limit OR OLD.list IS NOT NEW.list
    OR OLD.unaccounted_limit IS NOT NEW.unaccounted_limit OR OLD.shell_loss_limit IS NOT NEW.shell_loss_limit OR OLD.capsule_loss_limit IS NOT NEW.capsule_loss_limit
    OR OLD.number IS NOT NEW.number OR OLD.legal_basis IS NOT NEW.legal_basis OR OLD.form IS NOT NEW.form OR OLD.route IS NOT NEW.route
    OR OLD.known_effects IS NOT NEW.known_effects OR OLD.label_warnings IS NOT NEW.label_warnings OR OLD.risk_class IS NOT NEW.risk_class
    OR OLD.recipients IS NOT NEW.recipients OR OLD.shelf_life_reason IS NOT NEW.shelf_life_reason)
    BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_version_is_kept BEFORE DELETE ON formula_version BEGIN SELECT RAISE(ABORT, 'FORMULA: a version is kept'); END;

-- What goes into a capsule, and what it is put into.
CREATE TABLE formula_component (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES formula_version (id),
    rank INTEGER NOT NULL CHECK (rank > 0),
    material INTEGER NOT NULL REFERENCES material (id),
    amount TEXT NOT NULL CHECK (amount IN ('dose', 'fixed', 'quantum-satis', 'count')), -- dose: pure active, corrected by the lot's assay
    per_capsule INTEGER CHECK (per_capsule > 0), -- nanograms or units; of the dose: of pure active
    tolerance TEXT,                              -- percent of the target
    overage TEXT,                                -- percent, justified
    salt_factor TEXT,                            -- mass of the supplied form for one mass of the active as labelled
    density TEXT,                                -- bulk, g/mL, for the fill of the capsule
    UNIQUE (version, rank),
    UNIQUE (version, material),
    CHECK ((amount = 'quantum-satis') = (per_capsule IS NULL) OR amount = 'count'),
    CHECK ((amount = 'count') = (tolerance IS NULL))
) STRICT;

-- Ordered steps with what each must record.
CREATE TABLE formula_step (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES formula_version (id),
    rank INTEGER NOT NULL CHECK (rank > 0),
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    instruction TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('line-clearance', 'weighing', 'operation', 'filling', 'packaging', 'cleaning')),
    entries TEXT, -- what is recorded: one a line, "name: kind unit low..high", for example "duration: decimal min 8..12"
    UNIQUE (version, rank),
    UNIQUE (version, code)
) STRICT;

-- Expected controls with specification, method and when they are due. An empty record can never pass: the verdict of
-- a batch is made against these rows.
CREATE TABLE formula_control (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES formula_version (id),
    rank INTEGER NOT NULL CHECK (rank > 0),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('conformity', 'measurement', 'mass-uniformity', 'dosage-units', 'disintegration', 'microbial-count', 'microbial-absence')),
    method TEXT NOT NULL,             -- with its version
    reference TEXT,                   -- pharmacopoeia section
    specification TEXT NOT NULL,      -- as printed
    limit_text TEXT,                  -- as judged: "95.0 to 105.0", "<= 15.0", "10^3"
    unit TEXT,
    replicates INTEGER NOT NULL CHECK (replicates > 0),
    units INTEGER NOT NULL CHECK (units >= 0), -- capsules sampled for it, counted once with their destinations
    shares TEXT,                      -- code of the control whose capsules it uses
    due TEXT NOT NULL CHECK (due IN ('in-process', 'before-release', 'periodic', 'after-release')),
    every_batches INTEGER CHECK (every_batches > 0),
    within_days INTEGER CHECK (within_days > 0), -- after the release: past them the batch is held until the result is verified
    needs_equipment INTEGER NOT NULL DEFAULT 0 CHECK (needs_equipment IN (0, 1)), -- each result names the equipment that it was measured on
    needs_standard INTEGER NOT NULL DEFAULT 0 CHECK (needs_standard IN (0, 1)),   -- each result names the reference standard's lot
    justification TEXT CHECK (due IN ('in-process', 'before-release') OR length(justification) > 0),
    UNIQUE (version, rank),
    UNIQUE (version, code),
    CHECK ((due = 'after-release') = (within_days IS NOT NULL))
) STRICT;

-- Frozen with their version: nothing added, changed or taken away once it is approved.
CREATE TRIGGER formula_component_frozen_insert BEFORE INSERT ON formula_component WHEN (SELECT state FROM formula_version WHERE id = NEW.version) <> 'draft' BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_component_frozen_update BEFORE UPDATE ON formula_component WHEN (SELECT state FROM formula_version WHERE id = OLD.version) <> 'draft' OR OLD.version IS NOT NEW.version BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_component_frozen_delete BEFORE DELETE ON formula_component WHEN (SELECT state FROM formula_version WHERE id = OLD.version) <> 'draft' BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_step_frozen_insert BEFORE INSERT ON formula_step WHEN (SELECT state FROM formula_version WHERE id = NEW.version) <> 'draft' BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_step_frozen_update BEFORE UPDATE ON formula_step WHEN (SELECT state FROM formula_version WHERE id = OLD.version) <> 'draft' OR OLD.version IS NOT NEW.version BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_step_frozen_delete BEFORE DELETE ON formula_step WHEN (SELECT state FROM formula_version WHERE id = OLD.version) <> 'draft' BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_control_frozen_insert BEFORE INSERT ON formula_control WHEN (SELECT state FROM formula_version WHERE id = NEW.version) <> 'draft' BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_control_frozen_update BEFORE UPDATE ON formula_control WHEN (SELECT state FROM formula_version WHERE id = OLD.version) <> 'draft' OR OLD.version IS NOT NEW.version BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
CREATE TRIGGER formula_control_frozen_delete BEFORE DELETE ON formula_control WHEN (SELECT state FROM formula_version WHERE id = OLD.version) <> 'draft' BEGIN SELECT RAISE(ABORT, 'FORMULA: an approved version is frozen'); END;
