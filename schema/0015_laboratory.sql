-- Samples at the laboratory: each is received, and counted again (BPP 6.73 to 6.76). Received is what was drawn, or it is said why not.
CREATE TABLE sample_reception (
    id INTEGER PRIMARY KEY,
    sample INTEGER NOT NULL UNIQUE REFERENCES sample (id),
    units INTEGER NOT NULL CHECK (units >= 0),  -- as counted by the laboratory
    reason TEXT CHECK (length(reason) > 0),     -- of a difference with what was drawn
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    deviation INTEGER REFERENCES deviation (id) -- that opened with a difference
) STRICT;
CREATE TRIGGER sample_reception_counted BEFORE INSERT ON sample_reception WHEN (NEW.units = (SELECT units FROM sample WHERE id = NEW.sample)) <> (NEW.reason IS NULL)
    OR (NEW.units <> (SELECT units FROM sample WHERE id = NEW.sample) AND NEW.deviation IS NULL
        AND (SELECT b.state FROM sample s JOIN batch b ON b.id = s.batch WHERE s.id = NEW.sample) = 'quarantine')
    BEGIN SELECT RAISE(ABORT, 'SAMPLE: as many are received as were drawn, or it is said why, on a deviation'); END;
CREATE TRIGGER sample_reception_closed BEFORE INSERT ON sample_reception WHEN NOT EXISTS (SELECT 1 FROM sample s JOIN batch b ON b.id = s.batch
    WHERE s.id = NEW.sample AND (b.state = 'quarantine' OR (b.state = 'released' AND EXISTS (SELECT 1 FROM formula_control c WHERE c.version = b.version
        AND c.due = 'after-release' AND (instr(',' || s.destinations || ',', ',' || c.code || ',') OR instr(',' || s.destinations || ',', ',' || c.shares || ','))))))
    BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER sample_reception_stays BEFORE UPDATE ON sample_reception BEGIN SELECT RAISE(ABORT, 'SAMPLE: a reception stays'); END;
CREATE TRIGGER sample_reception_is_kept BEFORE DELETE ON sample_reception BEGIN SELECT RAISE(ABORT, 'SAMPLE: a reception is kept'); END;

-- Exits of the retained samples: the register of BPP 6.67, whose entries are the samples themselves.
CREATE TABLE sample_exit (
    id INTEGER PRIMARY KEY,
    sample INTEGER NOT NULL REFERENCES sample (id),
    units INTEGER NOT NULL CHECK (units > 0),
    destination TEXT NOT NULL CHECK (destination IN ('authority', 'complaint', 'destruction')),
    reason TEXT NOT NULL CHECK (length(reason) > 0), -- who asks, for which use; of a destruction its slip
    person INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX sample_exit_of_sample ON sample_exit (sample, units);
CREATE TRIGGER sample_exit_of_reserve BEFORE INSERT ON sample_exit WHEN NOT EXISTS (SELECT 1 FROM sample s JOIN batch b ON b.id = s.batch WHERE s.id = NEW.sample
    AND s.purpose = 'reserve' AND (b.state IN ('released', 'recalled') OR (b.state = 'refused' AND NEW.destination <> 'destruction')))
    BEGIN SELECT RAISE(ABORT, 'SAMPLE: only of the reserve, once the batch is decided'); END;
CREATE TRIGGER sample_exit_never_more BEFORE INSERT ON sample_exit WHEN NEW.units + (SELECT coalesce(sum(units), 0) FROM sample_exit WHERE sample = NEW.sample) >
    (SELECT coalesce((SELECT units FROM sample_reception WHERE sample = s.id), s.units) - s.used FROM sample s WHERE s.id = NEW.sample)
    BEGIN SELECT RAISE(ABORT, 'SAMPLE: no more leaves than is left'); END;
CREATE TRIGGER sample_exit_destruction BEFORE INSERT ON sample_exit WHEN NEW.destination = 'destruction' AND date(substr(NEW.at, 1, 10), '+1 day') <=
    (SELECT date(b.expiry, '+1 year') FROM sample s JOIN batch b ON b.id = s.batch WHERE s.id = NEW.sample)
    BEGIN SELECT RAISE(ABORT, 'SAMPLE: kept until a year after the expiry (BPP 6.66)'); END;
CREATE TRIGGER sample_exit_stays BEFORE UPDATE ON sample_exit BEGIN SELECT RAISE(ABORT, 'SAMPLE: an exit stays'); END;
CREATE TRIGGER sample_exit_is_kept BEFORE DELETE ON sample_exit BEGIN SELECT RAISE(ABORT, 'SAMPLE: an exit is kept'); END;
-- Of the reserve, only what was received and is still there goes to a second stage.
CREATE TRIGGER sample_used_is_there BEFORE UPDATE OF used ON sample WHEN NEW.used > OLD.used AND NEW.used + (SELECT coalesce(sum(units), 0) FROM sample_exit WHERE sample = NEW.id)
    > coalesce((SELECT units FROM sample_reception WHERE sample = NEW.id), 0)
    BEGIN SELECT RAISE(ABORT, 'SAMPLE: only what was received and is left is used'); END;

-- A control entrusted to an outside laboratory: sent, with the day by which the report is due; received, or given up (BPP 7.32).
CREATE TABLE laboratory_order (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,              -- for example L26-0001
    batch INTEGER NOT NULL REFERENCES batch (id),
    control INTEGER NOT NULL REFERENCES formula_control (id),
    sample INTEGER REFERENCES sample (id),    -- that was sent
    laboratory TEXT NOT NULL CHECK (length(laboratory) > 0),
    sent_on TEXT NOT NULL CHECK (length(sent_on) = 10),
    due_on TEXT NOT NULL CHECK (length(due_on) = 10 AND due_on >= sent_on),
    ordered_by INTEGER NOT NULL REFERENCES person (id),
    ordered_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sent', 'received', 'cancelled')),
    received_on TEXT CHECK (received_on >= sent_on), -- day on which the report came
    report TEXT,                              -- its reference
    received_by INTEGER REFERENCES person (id),
    received_at TEXT,
    reason TEXT,                              -- why it was cancelled
    cancelled_by INTEGER REFERENCES person (id),
    cancelled_at TEXT,
    CHECK ((state = 'received') = (received_on IS NOT NULL) AND (state = 'received') = (length(report) > 0 IS TRUE) AND (state = 'received') = (received_by IS NOT NULL)
        AND (state = 'received') = (received_at IS NOT NULL)),
    CHECK ((state = 'cancelled') = (length(reason) > 0 IS TRUE) AND (state = 'cancelled') = (cancelled_by IS NOT NULL) AND (state = 'cancelled') = (cancelled_at IS NOT NULL))
) STRICT;
CREATE INDEX laboratory_order_of_batch ON laboratory_order (batch, control);
CREATE INDEX laboratory_order_awaited ON laboratory_order (due_on) WHERE state = 'sent';
CREATE UNIQUE INDEX laboratory_order_once ON laboratory_order (batch, control) WHERE state = 'sent';
CREATE TRIGGER laboratory_order_starts BEFORE INSERT ON laboratory_order WHEN NEW.state <> 'sent'
    OR (SELECT version FROM formula_control WHERE id = NEW.control) IS NOT (SELECT version FROM batch WHERE id = NEW.batch)
    OR (NEW.sample IS NOT NULL AND (SELECT batch FROM sample WHERE id = NEW.sample) IS NOT NEW.batch)
    OR (NEW.sample IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sample_reception WHERE sample = NEW.sample))
    OR EXISTS (SELECT 1 FROM result WHERE batch = NEW.batch AND control = NEW.control AND state <> 'invalidated')
    OR EXISTS (SELECT 1 FROM laboratory_order o WHERE o.batch = NEW.batch AND o.control = NEW.control AND o.state = 'received' AND NOT EXISTS (SELECT 1 FROM result WHERE laboratory_order = o.id))
    BEGIN SELECT RAISE(ABORT, 'ORDER: of a control of this formula without result, on a sample received'); END;
CREATE TRIGGER laboratory_order_closed BEFORE INSERT ON laboratory_order WHEN (SELECT state FROM batch WHERE id = NEW.batch) <> 'quarantine'
    AND NOT ((SELECT state FROM batch WHERE id = NEW.batch) = 'released' AND (SELECT due FROM formula_control WHERE id = NEW.control) = 'after-release')
    AND NOT ((SELECT state FROM batch WHERE id = NEW.batch) = 'in-preparation' AND (SELECT due FROM formula_control WHERE id = NEW.control) = 'in-process')
    BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER laboratory_order_stays BEFORE UPDATE ON laboratory_order WHEN OLD.state <> 'sent' OR OLD.number IS NOT NEW.number OR OLD.batch IS NOT NEW.batch OR OLD.control IS NOT NEW.control
    OR OLD.sample IS NOT NEW.sample OR OLD.laboratory IS NOT NEW.laboratory OR OLD.sent_on IS NOT NEW.sent_on OR OLD.due_on IS NOT NEW.due_on OR OLD.ordered_by IS NOT NEW.ordered_by
    OR OLD.ordered_at IS NOT NEW.ordered_at BEGIN SELECT RAISE(ABORT, 'ORDER: what was ordered stays'); END;
CREATE TRIGGER laboratory_order_is_kept BEFORE DELETE ON laboratory_order BEGIN SELECT RAISE(ABORT, 'ORDER: it is kept'); END;

-- The worksheet of a result.
ALTER TABLE result ADD COLUMN chromatographic_column TEXT;                    -- serial number
ALTER TABLE result ADD COLUMN standard_expiry TEXT CHECK (length(standard_expiry) = 10); -- of the reference standard, the last day
ALTER TABLE result ADD COLUMN suitability TEXT CHECK (length(suitability) > 0); -- of the system, as found before the analysis (Ph. Eur. 2.2.46)
ALTER TABLE result ADD COLUMN analyst INTEGER REFERENCES person (id);         -- who analysed; NULL: somebody of an outside laboratory, or not told
ALTER TABLE result ADD COLUMN laboratory_order INTEGER REFERENCES laboratory_order (id); -- by which an outside laboratory was asked for it
CREATE UNIQUE INDEX result_of_order ON result (laboratory_order) WHERE laboratory_order IS NOT NULL;
CREATE TRIGGER result_of_received_sample BEFORE INSERT ON result WHEN EXISTS (SELECT 1 FROM formula_control c JOIN sample s ON s.batch = NEW.batch WHERE c.id = NEW.control
    AND c.due <> 'in-process' AND s.purpose = 'control' AND (instr(',' || s.destinations || ',', ',' || c.code || ',') OR instr(',' || s.destinations || ',', ',' || c.shares || ','))
    AND NOT EXISTS (SELECT 1 FROM sample_reception WHERE sample = s.id)) BEGIN SELECT RAISE(ABORT, 'RESULT: the laboratory has not received the sample'); END;
CREATE TRIGGER result_standard BEFORE INSERT ON result WHEN NEW.standard_expiry < NEW.analysed_on
    OR (NEW.standard_expiry IS NULL AND (SELECT needs_standard FROM formula_control WHERE id = NEW.control) = 1)
    BEGIN SELECT RAISE(ABORT, 'RESULT: a reference standard is used until its expiry'); END;
CREATE TRIGGER result_suitability BEFORE INSERT ON result WHEN NEW.suitability IS NULL AND (SELECT kind FROM equipment WHERE id = NEW.equipment) = 'chromatograph'
    BEGIN SELECT RAISE(ABORT, 'RESULT: the suitability of a chromatographic system is recorded'); END;
CREATE TRIGGER result_after_order BEFORE INSERT ON result WHEN EXISTS (SELECT 1 FROM laboratory_order WHERE batch = NEW.batch AND control = NEW.control AND state = 'sent')
    OR (NEW.laboratory_order IS NOT NULL AND NOT EXISTS (SELECT 1 FROM laboratory_order WHERE id = NEW.laboratory_order AND batch = NEW.batch AND control = NEW.control AND state = 'received'
        AND laboratory IS NEW.laboratory)) BEGIN SELECT RAISE(ABORT, 'ORDER: the report of an order comes before its result'); END;
CREATE TRIGGER result_worksheet_stays BEFORE UPDATE ON result WHEN OLD.chromatographic_column IS NOT NEW.chromatographic_column OR OLD.standard_expiry IS NOT NEW.standard_expiry
    OR OLD.suitability IS NOT NEW.suitability OR OLD.analyst IS NOT NEW.analyst OR OLD.laboratory_order IS NOT NEW.laboratory_order OR OLD.equipment IS NOT NEW.equipment
    OR OLD.reference_standard IS NOT NEW.reference_standard OR OLD.laboratory IS NOT NEW.laboratory OR OLD.analysed_on IS NOT NEW.analysed_on
    BEGIN SELECT RAISE(ABORT, 'RESULT: the worksheet stays'); END;
CREATE TRIGGER result_verified_by_another BEFORE UPDATE OF verified_by ON result WHEN NEW.verified_by = NEW.analyst BEGIN SELECT RAISE(ABORT, 'RESULT: another person verifies than who analysed'); END;

-- A result out of specification is investigated: a hypothesis, what was found, a pharmacist's conclusion. Only an error of the laboratory that
-- was shown lets the result be set aside; then the control is done again, and the first result stays (BPP 5.03, 6.68; EU GMP 6.35).
CREATE TABLE investigation (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,              -- for example I26-0001
    batch INTEGER NOT NULL REFERENCES batch (id),
    result INTEGER NOT NULL REFERENCES result (id),
    hypothesis TEXT NOT NULL CHECK (length(hypothesis) > 0),
    opened_by INTEGER NOT NULL REFERENCES person (id),
    opened_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'concluded')),
    conclusion TEXT CHECK (conclusion IN ('laboratory-error', 'confirmed', 'inconclusive')),
    evidence TEXT CHECK (length(evidence) > 0), -- what the conclusion rests on
    concluded_by INTEGER REFERENCES person (id),
    concluded_at TEXT,
    meaning TEXT,                             -- of the signature
    CHECK ((state = 'concluded') = (conclusion IS NOT NULL) AND (state = 'concluded') = (evidence IS NOT NULL) AND (state = 'concluded') = (concluded_by IS NOT NULL)
        AND (state = 'concluded') = (concluded_at IS NOT NULL) AND (state = 'concluded') = (meaning IS NOT NULL))
) STRICT;
CREATE INDEX investigation_of_batch ON investigation (batch);
CREATE INDEX investigation_of_result ON investigation (result);
CREATE UNIQUE INDEX investigation_under_way ON investigation (result) WHERE state = 'open';
CREATE TRIGGER investigation_starts BEFORE INSERT ON investigation WHEN NEW.state <> 'open' OR NOT EXISTS (SELECT 1 FROM result WHERE id = NEW.result AND batch = NEW.batch
    AND state IN ('closed', 'verified') AND verdict = 'does not comply') OR EXISTS (SELECT 1 FROM investigation i JOIN result r ON r.id = i.result WHERE i.result = NEW.result
    AND i.conclusion IN ('laboratory-error', 'confirmed') AND NOT EXISTS (SELECT 1 FROM amendment a WHERE a.batch = r.batch AND a.kind = 'result' AND a.subject = r.number AND a.at > i.concluded_at))
    BEGIN SELECT RAISE(ABORT, 'INVESTIGATION: of a result that does not comply, until it is explained'); END;
CREATE TRIGGER investigation_closed BEFORE INSERT ON investigation WHEN (SELECT state FROM batch WHERE id = NEW.batch) NOT IN ('in-preparation', 'quarantine')
    AND NOT ((SELECT state FROM batch WHERE id = NEW.batch) = 'released' AND (SELECT c.due FROM result r JOIN formula_control c ON c.id = r.control WHERE r.id = NEW.result) = 'after-release')
    BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
CREATE TRIGGER investigation_by_another BEFORE UPDATE OF concluded_by ON investigation WHEN EXISTS (SELECT 1 FROM result WHERE id = OLD.result AND (entered_by = NEW.concluded_by OR analyst = NEW.concluded_by))
    OR EXISTS (SELECT 1 FROM result_value WHERE result = OLD.result AND entered_by = NEW.concluded_by)
    BEGIN SELECT RAISE(ABORT, 'INVESTIGATION: another person concludes than who analysed or entered the result'); END;
CREATE TRIGGER investigation_stays BEFORE UPDATE ON investigation WHEN OLD.state = 'concluded' OR OLD.number IS NOT NEW.number OR OLD.batch IS NOT NEW.batch OR OLD.result IS NOT NEW.result
    OR OLD.hypothesis IS NOT NEW.hypothesis OR OLD.opened_by IS NOT NEW.opened_by OR OLD.opened_at IS NOT NEW.opened_at
    BEGIN SELECT RAISE(ABORT, 'INVESTIGATION: it stays'); END;
CREATE TRIGGER investigation_is_kept BEFORE DELETE ON investigation BEGIN SELECT RAISE(ABORT, 'INVESTIGATION: it is kept'); END;
CREATE TRIGGER result_invalidated_after_investigation BEFORE UPDATE OF state ON result WHEN NEW.state = 'invalidated' AND OLD.state IN ('closed', 'verified') AND OLD.verdict = 'does not comply'
    AND NOT EXISTS (SELECT 1 FROM investigation i WHERE i.result = OLD.id AND i.conclusion = 'laboratory-error' AND NOT EXISTS (SELECT 1 FROM amendment a
        WHERE a.batch = OLD.batch AND a.kind = 'result' AND a.subject = OLD.number AND a.at > i.concluded_at))
    BEGIN SELECT RAISE(ABORT, 'INVESTIGATION: a result that does not comply is set aside once an error of the laboratory is shown'); END;
CREATE TRIGGER batch_release_needs_investigations BEFORE UPDATE OF state ON batch WHEN NEW.state = 'released' AND OLD.state <> 'released'
    AND EXISTS (SELECT 1 FROM investigation WHERE batch = NEW.id AND state = 'open') BEGIN SELECT RAISE(ABORT, 'BATCH: something still blocks the release'); END;

-- What went wrong with a control that is due after the release is a deviation of its own, opened and decided then: else a result in error could
-- never be set aside, nor an amendment that turns it be decided.
DROP TRIGGER deviation_closed_insert;
CREATE TRIGGER deviation_closed_insert BEFORE INSERT ON deviation WHEN (SELECT state FROM batch WHERE id = NEW.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed')
    AND NOT ((SELECT state FROM batch WHERE id = NEW.batch) = 'released' AND EXISTS (SELECT 1 FROM result r JOIN formula_control c ON c.id = r.control
        WHERE r.batch = NEW.batch AND r.number = NEW.subject AND c.due = 'after-release'))
    BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
DROP TRIGGER deviation_closed_update;
CREATE TRIGGER deviation_closed_update BEFORE UPDATE ON deviation WHEN (SELECT state FROM batch WHERE id = OLD.batch) IN ('released', 'recalled', 'refused', 'cancelled', 'abandoned', 'destroyed')
    AND NOT ((SELECT state FROM batch WHERE id = OLD.batch) = 'released' AND EXISTS (SELECT 1 FROM result r JOIN formula_control c ON c.id = r.control
        WHERE r.batch = OLD.batch AND r.number = OLD.subject AND c.due = 'after-release'))
    BEGIN SELECT RAISE(ABORT, 'BATCH: after the decision the record is closed (BPP 4.42)'); END;
