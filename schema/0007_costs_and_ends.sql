-- What the cost sheet tells apart, and how batches and lots ended.

-- Capsule shells are raw materials (BPP 5.26), not articles of packaging: the sheet names each kind for itself.
-- kind: of the material that a line is about; NULL for every other line, and for sheets frozen before this file.
ALTER TABLE cost_line ADD COLUMN kind TEXT CHECK (kind IS NULL OR (part = 'materials' AND kind IN ('active-substance', 'excipient', 'capsule-shell', 'packaging-article')));
