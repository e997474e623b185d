-- What is left of a request when the treatment stops after a first delivery: nobody waits for it any more. What was handed over stays.
DROP TRIGGER request_withdrawn;
CREATE TRIGGER request_withdrawn BEFORE UPDATE OF state ON request WHEN NEW.state = 'withdrawn' AND EXISTS (SELECT 1 FROM dispensing WHERE request = NEW.id AND state NOT IN ('cancelled', 'handed-over'))
    BEGIN SELECT RAISE(ABORT, 'REQUEST: capsules are being dispensed for it'); END;
