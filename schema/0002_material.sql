-- Raw materials for pharmaceutical use (BPP 5.26: capsule shells too), where they come from, their stock, and the
-- equipment that weighs them.

CREATE TABLE material (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('active-substance', 'excipient', 'capsule-shell', 'packaging-article')),
    unit TEXT NOT NULL CHECK (unit IN ('mass', 'count')),
    cas TEXT,                  -- CAS registry number, check digit verified
    quality TEXT,              -- monograph or grade, for example Ph. Eur. 0316
    capsule_size TEXT CHECK (kind = 'capsule-shell' OR capsule_size IS NULL),
    capsule_volume INTEGER CHECK (capsule_volume IS NULL OR capsule_volume > 0), -- nanolitres, closed body
    density TEXT,              -- bulk density in g/mL
    storage TEXT,
    hazard TEXT,               -- CLP codes, for example H302 H315
    known_effect INTEGER NOT NULL DEFAULT 0 CHECK (known_effect IN (0, 1)), -- excipient with known effect
    list TEXT CHECK (list IN ('I', 'II', 'none')), -- of poisonous substances, CSP R.5132-1
    CHECK ((kind IN ('active-substance', 'excipient')) = (unit = 'mass'))
) STRICT;
CREATE TRIGGER material_stays BEFORE UPDATE OF id, code, kind, unit ON material BEGIN SELECT RAISE(ABORT, 'MATERIAL: identity and unit stay'); END;
CREATE TRIGGER material_is_kept BEFORE DELETE ON material BEGIN SELECT RAISE(ABORT, 'MATERIAL: a material is kept'); END;

CREATE TABLE supplier (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    category TEXT NOT NULL CHECK (category IN ('A', 'B', 'C')), -- provenance, BPP 6.36 to 6.50
    qualified_on TEXT,
    qualified_until TEXT CHECK (qualified_until IS NULL OR qualified_until >= qualified_on),
    qualification TEXT,                                         -- reference of the file
    qualified_by INTEGER REFERENCES person (id)
) STRICT;
CREATE TRIGGER supplier_stays BEFORE UPDATE OF id, code ON supplier BEGIN SELECT RAISE(ABORT, 'SUPPLIER: a code stays'); END;
CREATE TRIGGER supplier_is_kept BEFORE DELETE ON supplier BEGIN SELECT RAISE(ABORT, 'SUPPLIER: a supplier is kept'); END;

-- A delivery's lot with its internal order number (BPP 6.32). Quantities in nanograms or units, as the material says.
CREATE TABLE lot (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,                     -- internal order number, for example MP26-0003
    material INTEGER NOT NULL REFERENCES material (id),
    supplier INTEGER NOT NULL REFERENCES supplier (id),
    manufacturer TEXT NOT NULL,                      -- original manufacturer, name and address
    supplier_lot TEXT NOT NULL CHECK (length(supplier_lot) > 0),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    price INTEGER NOT NULL CHECK (price >= 0),       -- paid for the whole quantity
    received_on TEXT NOT NULL,
    received_by INTEGER NOT NULL REFERENCES person (id),
    limit_kind TEXT CHECK (limit_kind IN ('expiry', 'retest')),
    limit_day TEXT,                                  -- end of that day
    certificate TEXT REFERENCES content (digest),    -- supplier's certificate of analysis, unmodified
    certificate_reference TEXT,
    state TEXT NOT NULL CHECK (state IN ('quarantine', 'accepted', 'refused', 'recalled', 'destroyed')),
    assay TEXT,                                      -- percent, fixed at acceptance
    assay_basis TEXT CHECK (assay_basis IN ('as-is', 'anhydrous', 'dried')),
    water TEXT,                                      -- percent: water or loss on drying
    correction_source TEXT,                          -- where assay, basis and water come from
    own_control TEXT,                                -- reference of the own control, due for category C
    decided_by INTEGER REFERENCES person (id),
    decided_at TEXT,
    decision_reason TEXT,
    CHECK ((limit_kind IS NULL) = (limit_day IS NULL)),
    CHECK (state <> 'accepted' OR (limit_day IS NOT NULL AND decided_by IS NOT NULL)), -- BPP 6.53
    CHECK ((assay IS NULL) = (assay_basis IS NULL)),
    CHECK (assay_basis IS NULL OR assay_basis = 'as-is' OR water IS NOT NULL),
    UNIQUE (material, supplier, supplier_lot, received_on)
) STRICT;
CREATE INDEX lot_of_material ON lot (material, state, limit_day);
CREATE TRIGGER lot_starts_in_quarantine BEFORE INSERT ON lot WHEN NEW.state <> 'quarantine' BEGIN SELECT RAISE(ABORT, 'LOT: a lot arrives in quarantine'); END;
CREATE TRIGGER lot_stays BEFORE UPDATE ON lot WHEN OLD.id IS NOT NEW.id OR OLD.number IS NOT NEW.number OR OLD.material IS NOT NEW.material
    OR OLD.supplier IS NOT NEW.supplier OR OLD.supplier_lot IS NOT NEW.supplier_lot OR OLD.quantity IS NOT NEW.quantity
    OR OLD.price IS NOT NEW.price OR OLD.received_on IS NOT NEW.received_on OR OLD.limit_kind IS NOT NEW.limit_kind
    OR ((OLD.limit_day IS NOT NEW.limit_day OR (OLD.state <> 'quarantine' AND (OLD.assay IS NOT NEW.assay OR OLD.assay_basis IS NOT NEW.assay_basis
    OR OLD.water IS NOT NEW.water))) AND NOT EXISTS (SELECT 1 FROM lot_retest r WHERE r.lot = OLD.id AND r.former_day = OLD.limit_day AND r.limit_day = NEW.limit_day
    AND r.assay IS NEW.assay AND r.assay_basis IS NEW.assay_basis AND r.water IS NEW.water))
    BEGIN SELECT RAISE(ABORT, 'LOT: what was received or decided stays'); END;
CREATE TRIGGER lot_state BEFORE UPDATE OF state ON lot WHEN OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN
    ('quarantine>accepted', 'quarantine>refused', 'quarantine>recalled', 'accepted>recalled', 'accepted>destroyed',
     'refused>destroyed', 'recalled>destroyed') BEGIN SELECT RAISE(ABORT, 'LOT: no such change of state'); END;
CREATE TRIGGER lot_is_kept BEFORE DELETE ON lot BEGIN SELECT RAISE(ABORT, 'LOT: a lot is kept'); END;

-- A lot accepted again after the full control that its retest date asked for (BPP 6.54): a further decision, with what was in force
-- before it. The lot has what is in force now; who first accepted it stays there.
CREATE TABLE lot_retest (
    id INTEGER PRIMARY KEY,
    lot INTEGER NOT NULL REFERENCES lot (id),
    limit_day TEXT NOT NULL,            -- the new retest date
    assay TEXT,                         -- these five as in lot, fixed anew
    assay_basis TEXT,
    water TEXT,
    correction_source TEXT,
    own_control TEXT,
    former_day TEXT NOT NULL CHECK (limit_day > former_day),
    former_assay TEXT,                  -- and these as they were
    former_basis TEXT,
    former_water TEXT,
    former_source TEXT,
    former_control TEXT,
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX lot_retest_of_lot ON lot_retest (lot);
CREATE TRIGGER lot_retest_of_accepted BEFORE INSERT ON lot_retest WHEN NOT EXISTS (SELECT 1 FROM lot WHERE id = NEW.lot AND state = 'accepted' AND limit_kind = 'retest'
    AND limit_day = NEW.former_day) OR NOT EXISTS (SELECT 1 FROM lot_test t WHERE t.lot = NEW.lot AND t.at > coalesce((SELECT max(at) FROM lot_retest WHERE lot = NEW.lot),
    (SELECT decided_at FROM lot WHERE id = NEW.lot))) BEGIN SELECT RAISE(ABORT, 'LOT: a retest date moves after a full control (BPP 6.54)'); END;
CREATE TRIGGER lot_retest_stays BEFORE UPDATE ON lot_retest BEGIN SELECT RAISE(ABORT, 'LOT: a decision stays'); END;
CREATE TRIGGER lot_retest_is_kept BEFORE DELETE ON lot_retest BEGIN SELECT RAISE(ABORT, 'LOT: a decision is kept'); END;

-- Own control of a lot, at reception or at its retest date: one test, its result and conclusion.
CREATE TABLE lot_test (
    id INTEGER PRIMARY KEY,
    lot INTEGER NOT NULL REFERENCES lot (id),
    test TEXT NOT NULL,
    method TEXT NOT NULL,
    result TEXT NOT NULL,                                     -- as the laboratory states it
    conforms INTEGER NOT NULL CHECK (conforms IN (0, 1)),
    raw_document TEXT REFERENCES content (digest),
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX lot_test_of_lot ON lot_test (lot);
CREATE TRIGGER lot_test_stays BEFORE UPDATE ON lot_test BEGIN SELECT RAISE(ABORT, 'LOT: a test result stays'); END;
CREATE TRIGGER lot_test_is_kept BEFORE DELETE ON lot_test BEGIN SELECT RAISE(ABORT, 'LOT: a test result is kept'); END;

-- Containers of a lot, n of N; the container's code is what is scanned. Its stock is the sum of its movements.
CREATE TABLE container (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,                 -- for example MP26-0003/1
    lot INTEGER NOT NULL REFERENCES lot (id),
    rank INTEGER NOT NULL CHECK (rank > 0),
    containers INTEGER NOT NULL CHECK (containers >= rank),
    location TEXT,
    opened_on TEXT,
    end_of_use TEXT,                             -- where opening shortens the shelf life (BPP 5.31)
    UNIQUE (lot, rank)
) STRICT;
CREATE TRIGGER container_stays BEFORE UPDATE ON container WHEN OLD.id IS NOT NEW.id OR OLD.number IS NOT NEW.number OR OLD.lot IS NOT NEW.lot
    OR OLD.rank IS NOT NEW.rank OR (OLD.opened_on IS NOT NULL AND OLD.opened_on IS NOT NEW.opened_on)
    BEGIN SELECT RAISE(ABORT, 'CONTAINER: identity and opening stay'); END;
CREATE TRIGGER container_is_kept BEFORE DELETE ON container BEGIN SELECT RAISE(ABORT, 'CONTAINER: a container is kept'); END;

-- Stock by container: what came in and what went out, for ever; never a balance that could drift.
CREATE TABLE movement (
    id INTEGER PRIMARY KEY,
    container INTEGER NOT NULL REFERENCES container (id),
    kind TEXT NOT NULL CHECK (kind IN ('receipt', 'control-sample', 'retained-sample', 'weighing', 'issue', 'return', 'count', 'destruction')),
    quantity INTEGER NOT NULL CHECK (quantity <> 0), -- in the unit of the material; out is negative
    batch INTEGER REFERENCES batch (id),
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    reason TEXT,
    second_person INTEGER REFERENCES person (id), -- who verified it, of a count
    CHECK ((kind = 'count') = (second_person IS NOT NULL)),
    CHECK (second_person IS NULL OR (second_person <> person AND length(reason) > 0)),
    CHECK ((kind IN ('weighing', 'issue')) <= (batch IS NOT NULL)),
    CHECK ((quantity > 0) = (kind IN ('receipt', 'return')) OR kind = 'count')
) STRICT;
CREATE INDEX movement_of_container ON movement (container, batch, quantity);
CREATE INDEX movement_of_batch ON movement (batch, container) WHERE batch IS NOT NULL;
-- What a balance showed is recorded as it was read: a weighing may show that a container held more than its movements say.
CREATE TRIGGER movement_never_below_zero BEFORE INSERT ON movement WHEN NEW.quantity < 0 AND NEW.kind <> 'weighing' AND NEW.quantity +
    (SELECT coalesce(sum(quantity), 0) FROM movement WHERE container = NEW.container) < 0
    BEGIN SELECT RAISE(ABORT, 'STOCK: a container never holds less than nothing'); END;
CREATE TRIGGER movement_only_of_accepted BEFORE INSERT ON movement WHEN NEW.kind IN ('weighing', 'issue') AND
    (SELECT lot.state FROM container JOIN lot ON lot.id = container.lot WHERE container.id = NEW.container) <> 'accepted'
    BEGIN SELECT RAISE(ABORT, 'STOCK: only an accepted lot is used (BPP 5.09)'); END;
CREATE TRIGGER movement_stays BEFORE UPDATE ON movement BEGIN SELECT RAISE(ABORT, 'STOCK: a movement stays'); END;
CREATE TRIGGER movement_is_kept BEFORE DELETE ON movement BEGIN SELECT RAISE(ABORT, 'STOCK: a movement is kept'); END;

-- What somebody counted or weighed in a container: it changes the stock only once another person has read the same (BPP 5.12).
CREATE TABLE stock_count (
    id INTEGER PRIMARY KEY,
    container INTEGER NOT NULL REFERENCES container (id),
    quantity INTEGER NOT NULL CHECK (quantity >= 0), -- found, in the unit of the material
    calculated INTEGER NOT NULL,                     -- sum of the movements when it was counted
    reason TEXT NOT NULL CHECK (length(reason) > 0),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'verified', 'replaced')), -- replaced: counted again before it was verified
    counted_by INTEGER NOT NULL REFERENCES person (id),
    counted_at TEXT NOT NULL,
    verified_by INTEGER REFERENCES person (id) CHECK (verified_by IS NULL OR verified_by <> counted_by),
    verified_at TEXT,
    CHECK ((state = 'verified') = (verified_by IS NOT NULL)),
    CHECK ((verified_by IS NULL) = (verified_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX stock_count_proposed ON stock_count (container) WHERE state = 'proposed';
CREATE TRIGGER stock_count_starts_proposed BEFORE INSERT ON stock_count WHEN NEW.state <> 'proposed' BEGIN SELECT RAISE(ABORT, 'STOCK: a count is first proposed'); END;
CREATE TRIGGER stock_count_of_kept BEFORE INSERT ON stock_count WHEN (SELECT lot.state FROM container JOIN lot ON lot.id = container.lot
    WHERE container.id = NEW.container) IN ('refused', 'destroyed') BEGIN SELECT RAISE(ABORT, 'STOCK: a refused or destroyed lot is not counted'); END;
CREATE TRIGGER stock_count_never_above BEFORE INSERT ON stock_count WHEN NEW.quantity > (SELECT coalesce(sum(quantity), 0) FROM movement
    WHERE container = NEW.container AND kind = 'receipt') BEGIN SELECT RAISE(ABORT, 'STOCK: a container never holds more than was received in it'); END;
CREATE TRIGGER stock_count_stays BEFORE UPDATE ON stock_count WHEN OLD.state <> 'proposed' OR OLD.container IS NOT NEW.container OR OLD.quantity IS NOT NEW.quantity
    OR OLD.calculated IS NOT NEW.calculated OR OLD.reason IS NOT NEW.reason OR OLD.counted_by IS NOT NEW.counted_by OR OLD.counted_at IS NOT NEW.counted_at
    BEGIN SELECT RAISE(ABORT, 'STOCK: a count stays'); END;
CREATE TRIGGER stock_count_is_kept BEFORE DELETE ON stock_count BEGIN SELECT RAISE(ABORT, 'STOCK: a count is kept'); END;
CREATE TRIGGER movement_of_verified_count BEFORE INSERT ON movement WHEN NEW.kind = 'count' AND NOT EXISTS (SELECT 1 FROM stock_count c WHERE c.container = NEW.container
    AND c.state = 'verified' AND c.counted_by = NEW.person AND c.verified_by = NEW.second_person AND c.verified_at = NEW.at
    AND NEW.quantity = c.quantity - (SELECT coalesce(sum(quantity), 0) FROM movement WHERE container = NEW.container))
    BEGIN SELECT RAISE(ABORT, 'STOCK: a count changes the stock once another person has verified it'); END;

CREATE TABLE equipment (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('balance', 'hood', 'capsule-filler', 'chromatograph', 'disintegration-tester', 'other')),
    readability INTEGER CHECK (readability > 0),       -- nanograms
    repeatability INTEGER CHECK (repeatability > 0),   -- standard deviation, nanograms
    minimum INTEGER CHECK (minimum > 0),               -- minimum mass, nanograms
    capacity INTEGER CHECK (capacity > 0),             -- nanograms
    control_weight INTEGER CHECK (control_weight > 0 AND control_weight <= capacity), -- of the check of the day, nominal, nanograms
    control_tolerance INTEGER CHECK (control_tolerance > 0 AND control_tolerance * 1000 <= control_weight), -- nanograms; at most 0.10 % (USP <41>)
    calibrated_on TEXT,
    calibration_due TEXT,
    calibration_reference TEXT,
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    CHECK (kind <> 'balance' OR (readability IS NOT NULL AND minimum IS NOT NULL AND capacity IS NOT NULL)),
    CHECK ((kind = 'balance') = (control_weight IS NOT NULL AND control_tolerance IS NOT NULL))
) STRICT;
CREATE TRIGGER equipment_stays BEFORE UPDATE OF id, code, kind, readability, control_weight, control_tolerance ON equipment BEGIN SELECT RAISE(ABORT, 'EQUIPMENT: identity stays'); END;
CREATE TRIGGER equipment_is_kept BEFORE DELETE ON equipment BEGIN SELECT RAISE(ABORT, 'EQUIPMENT: an equipment is kept'); END;

-- The check of the day with a control weight.
CREATE TABLE equipment_check (
    id INTEGER PRIMARY KEY,
    equipment INTEGER NOT NULL REFERENCES equipment (id),
    day TEXT NOT NULL,
    weight INTEGER NOT NULL CHECK (weight > 0),       -- nominal control weight, nanograms
    reading INTEGER NOT NULL,                         -- nanograms
    tolerance INTEGER NOT NULL CHECK (tolerance > 0), -- nanograms
    conforms INTEGER NOT NULL CHECK (conforms = (abs(reading - weight) <= tolerance)),
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX equipment_check_of_day ON equipment_check (equipment, day);
CREATE TRIGGER equipment_check_by_its_own BEFORE INSERT ON equipment_check WHEN NOT EXISTS (SELECT 1 FROM equipment WHERE id = NEW.equipment
    AND control_weight = NEW.weight AND control_tolerance = NEW.tolerance) BEGIN SELECT RAISE(ABORT, 'EQUIPMENT: a balance is checked with its own control weight and tolerance'); END;
CREATE TRIGGER equipment_check_stays BEFORE UPDATE ON equipment_check BEGIN SELECT RAISE(ABORT, 'EQUIPMENT: a check stays'); END;
CREATE TRIGGER equipment_check_is_kept BEFORE DELETE ON equipment_check BEGIN SELECT RAISE(ABORT, 'EQUIPMENT: a check is kept'); END;

CREATE TABLE work_area (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
) STRICT;
CREATE TRIGGER work_area_is_kept BEFORE DELETE ON work_area BEGIN SELECT RAISE(ABORT, 'AREA: a work area is kept'); END;
