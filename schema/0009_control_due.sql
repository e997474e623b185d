-- Controls that a formula asks for after the release of a batch, each with the last day of its result (BPP 6.68). The release writes
-- them: its day and the frozen formula are then known. Past the day, without a verified result that complies, everybody is told that
-- the batch is on hold; that is computed from here (src/store/standing.h), never stored.
CREATE TABLE control_due (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (id),
    control INTEGER NOT NULL REFERENCES formula_control (id),
    last_day TEXT NOT NULL CHECK (length(last_day) = 10), -- of the site's calendar: the day of release + the control's days
    UNIQUE (batch, control)
) STRICT;
CREATE INDEX control_due_day ON control_due (last_day);
CREATE TRIGGER control_due_after_release BEFORE INSERT ON control_due WHEN (SELECT state FROM batch WHERE id = NEW.batch) <> 'released'
    OR (SELECT within_days FROM formula_control WHERE id = NEW.control) IS NULL
    OR (SELECT version FROM formula_control WHERE id = NEW.control) <> (SELECT version FROM batch WHERE id = NEW.batch)
    BEGIN SELECT RAISE(ABORT, 'CONTROL: due after the release of a batch by its own formula'); END;
CREATE TRIGGER control_due_stays BEFORE UPDATE ON control_due BEGIN SELECT RAISE(ABORT, 'CONTROL: what is due stays due'); END;
CREATE TRIGGER control_due_is_kept BEFORE DELETE ON control_due BEGIN SELECT RAISE(ABORT, 'CONTROL: what is due is kept'); END;
