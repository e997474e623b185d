-- The orders in which lists are read: a page begins where the one before it ended, found by an index, whatever the length of the
-- list. Every index ends with the row's id by itself, so that what is equal keeps one order too.

CREATE INDEX batch_by_made_on ON batch (made_on);
CREATE INDEX batch_by_expiry ON batch (expiry);
CREATE INDEX batch_on_hold ON batch (held) WHERE held = 1;
CREATE INDEX lot_by_received_on ON lot (received_on);
CREATE INDEX lot_by_limit_day ON lot (limit_day);
CREATE INDEX request_by_prescribed_on ON request (prescribed_on);
CREATE INDEX request_of_state ON request (state);
CREATE INDEX dispensing_by_confirmed_at ON dispensing (confirmed_at);
CREATE INDEX dispensing_by_batch ON dispensing (batch);
CREATE INDEX dispensing_of_patient ON dispensing (patient);
CREATE INDEX dispensing_of_state ON dispensing (state);
CREATE INDEX deviation_of_state ON deviation (state);
CREATE INDEX result_of_state ON result (state);
CREATE INDEX document_by_subject ON document (subject);
CREATE INDEX document_of_kind ON document (kind);
CREATE INDEX label_by_subject ON label (subject);
CREATE INDEX label_of_kind ON label (kind);
CREATE INDEX event_by_at ON event (at);
CREATE INDEX journal_by_person ON journal (person);
CREATE INDEX journal_by_at ON journal (at);
