-- What waits for somebody, found without reading what is over: the home page asks for it at every sign-in.

CREATE INDEX lot_of_state ON lot (state, limit_day);
CREATE INDEX lot_recalled ON lot (recalled_at) WHERE recalled_at IS NOT NULL;
CREATE INDEX request_waiting ON request (received_at) WHERE state = 'received';
CREATE INDEX batch_of_expiry ON batch (state, expiry);
CREATE INDEX batch_held ON batch (state) WHERE held = 1;
CREATE INDEX deviation_waiting ON deviation (opened_at) WHERE state = 'open';
CREATE INDEX result_waiting ON result (opened_at) WHERE state IN ('open', 'closed');
CREATE INDEX label_waiting ON label (kind, batch, subject) WHERE state = 'printed';
CREATE INDEX dispensing_waiting ON dispensing (confirmed_at) WHERE state IN ('confirmed', 'checked');

-- What dispensings took of a batch, read from the index alone: for what is left of it, here and in dispensing_never_more.
CREATE INDEX dispensing_taken ON dispensing (batch, units) WHERE state <> 'cancelled';
