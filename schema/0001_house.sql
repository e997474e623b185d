-- The house: installation, site, people, journal, documents. Days are TEXT YYYY-MM-DD; instants are TEXT
-- YYYY-MM-DDTHH:MM:SS.mmmZ in UTC; decimals are TEXT with a point, digits as entered; masses are INTEGER nanograms,
-- money INTEGER micro-euro. Triggers only forbid: they never write and never read the clock.

-- One row, made with the database and never changed.
CREATE TABLE installation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    identifier TEXT NOT NULL CHECK (length(identifier) = 32), -- random, hexadecimal: tells two databases apart
    rehearsal INTEGER NOT NULL CHECK (rehearsal IN (0, 1)),   -- 1: training, demonstration, test; for ever
    created TEXT NOT NULL                                     -- instant
) STRICT;
CREATE TRIGGER installation_stays BEFORE UPDATE ON installation BEGIN SELECT RAISE(ABORT, 'HOUSE: the installation never changes'); END;
CREATE TRIGGER installation_is_kept BEFORE DELETE ON installation BEGIN SELECT RAISE(ABORT, 'HOUSE: the installation is kept'); END;

-- The pharmacy whose name stands on every label and page (CSP R.5121-146-2, R.5125-45). One row.
CREATE TABLE site (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL CHECK (length(name) > 0),         -- of the establishment
    pharmacy TEXT NOT NULL CHECK (length(pharmacy) > 0), -- as it names itself
    address TEXT NOT NULL CHECK (length(address) > 0),
    telephone TEXT,
    language TEXT NOT NULL CHECK (language IN ('fr', 'en')), -- of labels and certificates
    zone TEXT NOT NULL,                                      -- IANA name, for example Europe/Paris
    host TEXT NOT NULL                                       -- address inside QR codes, upper case, without HTTPS://
) STRICT;
CREATE TRIGGER site_is_kept BEFORE DELETE ON site BEGIN SELECT RAISE(ABORT, 'HOUSE: the site is kept'); END;

-- Every address that the site's QR codes ever carried: earlier ones stay known.
CREATE TABLE site_host (
    id INTEGER PRIMARY KEY,
    host TEXT NOT NULL UNIQUE,
    since TEXT NOT NULL -- instant
) STRICT;
CREATE TRIGGER site_host_stays BEFORE UPDATE ON site_host BEGIN SELECT RAISE(ABORT, 'HOUSE: an address stays as printed'); END;
CREATE TRIGGER site_host_is_kept BEFORE DELETE ON site_host BEGIN SELECT RAISE(ABORT, 'HOUSE: an address stays known'); END;

-- What the site decides once and journals, for example controller-may-release.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Public keys of the installation; the private key lies beside the database, never in it.
CREATE TABLE signing_key (
    id INTEGER PRIMARY KEY,
    public_key TEXT NOT NULL UNIQUE CHECK (length(public_key) = 64), -- Ed25519, hexadecimal
    since TEXT NOT NULL                                              -- instant
) STRICT;
CREATE TRIGGER signing_key_stays BEFORE UPDATE ON signing_key BEGIN SELECT RAISE(ABORT, 'HOUSE: a key stays'); END;
CREATE TRIGGER signing_key_is_kept BEFORE DELETE ON signing_key BEGIN SELECT RAISE(ABORT, 'HOUSE: a key is kept'); END;

-- Personal accounts; an identifier is never given again, not even after the person has left (21 CFR 11.100).
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    identifier TEXT NOT NULL UNIQUE CHECK (length(identifier) BETWEEN 2 AND 40),
    name TEXT NOT NULL CHECK (length(name) > 0),             -- as printed beside a signature
    professional_number TEXT,                                -- RPPS, where there is one
    language TEXT NOT NULL CHECK (language IN ('fr', 'en')), -- of the screen
    password_digest TEXT,                                    -- SHA-256 of the secret row, so that replay can check it
    password_first INTEGER NOT NULL CHECK (password_first IN (0, 1)), -- 1: somebody else gave it; its owner sets their own before anything else
    ended TEXT                                               -- instant from which the account is closed
) STRICT;
CREATE TRIGGER person_identifier_stays BEFORE UPDATE OF id, identifier ON person BEGIN SELECT RAISE(ABORT, 'PERSON: an identifier never changes'); END;
CREATE TRIGGER person_is_kept BEFORE DELETE ON person BEGIN SELECT RAISE(ABORT, 'PERSON: an account is ended, never deleted'); END;

-- Secret: never in the journal.
CREATE TABLE person_secret (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    password TEXT NOT NULL -- Argon2id string of libsodium
) STRICT;

-- Who may do what, from when to when, and who granted it.
CREATE TABLE habilitation (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('administrator', 'technician', 'control-technician', 'pharmacist',
        'control-pharmacist', 'dispensing-pharmacist', 'pharmacist-in-charge', 'resident', 'auditor')),
    starts TEXT NOT NULL,                                   -- first day
    ends TEXT NOT NULL CHECK (ends >= starts),              -- last day
    delegation TEXT CHECK (role <> 'resident' OR length(delegation) > 0), -- who delegates what, dated; due for a resident
    granted_by INTEGER NOT NULL REFERENCES person (id),
    granted_at TEXT NOT NULL
) STRICT;
CREATE INDEX habilitation_of_person ON habilitation (person);
CREATE TRIGGER habilitation_stays BEFORE UPDATE ON habilitation WHEN OLD.id IS NOT NEW.id OR OLD.person IS NOT NEW.person
    OR OLD.role IS NOT NEW.role OR OLD.starts IS NOT NEW.starts OR OLD.granted_by IS NOT NEW.granted_by
    OR NEW.ends > OLD.ends BEGIN SELECT RAISE(ABORT, 'PERSON: a habilitation may only be shortened'); END;
CREATE TRIGGER habilitation_is_kept BEFORE DELETE ON habilitation BEGIN SELECT RAISE(ABORT, 'PERSON: a habilitation is kept'); END;

-- What happened without being an act that somebody asked for: near misses, failed sign-ins and signatures, a clock that
-- jumped. A row stays for ever.
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('failed-sign-in', 'failed-signature', 'wrong-container', 'clock-jump', 'clock-confirmed', 'forged-code',
        'restore-confirmed',  -- subject: SEQUENCE:HEAD of the past that was lost, or of the last document whose witness was
        'password-reset')),   -- person: the administrator; subject: whose password it was
    person TEXT,   -- identifier as given
    subject TEXT,  -- number of the thing concerned
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX event_of_kind ON event (kind, at);
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'HOUSE: an event stays'); END;
CREATE TRIGGER event_is_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'HOUSE: an event is kept'); END;

-- Passing: failures in a row per person, for the lock-out.
CREATE TABLE sign_in_counter (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    failures INTEGER NOT NULL,
    locked_until TEXT
) STRICT;

-- Passing: wall clock and running clock at the last act, to see a jump.
CREATE TABLE clock_mark (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    boot TEXT NOT NULL,
    running_milliseconds INTEGER NOT NULL,
    wall_milliseconds INTEGER NOT NULL
) STRICT;

-- Bytes stored once by their SHA-256: documents issued, raw documents of the laboratory, certificates, templates,
-- the frozen formula of a batch. The journal records them by digest only.
CREATE TABLE content (
    digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
    type TEXT NOT NULL, -- media type
    size INTEGER NOT NULL CHECK (size = length(bytes)),
    bytes BLOB NOT NULL
) STRICT;
CREATE TRIGGER content_stays BEFORE UPDATE ON content BEGIN SELECT RAISE(ABORT, 'HOUSE: a content stays'); END;
CREATE TRIGGER content_is_kept BEFORE DELETE ON content BEGIN SELECT RAISE(ABORT, 'HOUSE: a content is kept'); END;

-- The journal: one row an act, in the order in which they happened. Not replayed into itself.
CREATE TABLE journal (
    sequence INTEGER PRIMARY KEY,
    at TEXT NOT NULL,            -- instant
    zone TEXT NOT NULL,          -- the site's zone at that instant
    person TEXT,                 -- identifier; NULL: the system
    workstation TEXT NOT NULL,
    program TEXT NOT NULL,       -- version
    schema_version INTEGER NOT NULL,
    template_version TEXT NOT NULL,
    act TEXT NOT NULL,
    key TEXT,                    -- the caller's, for an act that happens once
    inputs TEXT NOT NULL,        -- JSON, secrets never
    reason TEXT,
    meaning TEXT,                -- of the signature, where one was due
    signed_digest TEXT,          -- SHA-256 of what was signed
    answer TEXT NOT NULL,        -- JSON, as the caller got it
    changes BLOB NOT NULL,       -- row changes in the format of store/changes.h
    leaf BLOB NOT NULL CHECK (length(leaf) = 32) -- RFC 9162 leaf hash of the entry's canonical bytes
) STRICT;
CREATE UNIQUE INDEX journal_key ON journal (person, key) WHERE key IS NOT NULL;
CREATE INDEX journal_act ON journal (act, sequence);
CREATE TRIGGER journal_stays BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'JOURNAL: an entry stays'); END;
CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'JOURNAL: an entry is kept'); END;
CREATE TRIGGER journal_is_gapless BEFORE INSERT ON journal WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM journal)
    BEGIN SELECT RAISE(ABORT, 'JOURNAL: the next entry has the next sequence'); END;

-- Things that an entry concerns.
CREATE TABLE journal_subject (
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    sequence INTEGER NOT NULL REFERENCES journal (sequence),
    PRIMARY KEY (kind, number, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_subject_of_entry ON journal_subject (sequence);
CREATE TRIGGER journal_subject_stays BEFORE UPDATE ON journal_subject BEGIN SELECT RAISE(ABORT, 'JOURNAL: a subject stays'); END;
CREATE TRIGGER journal_subject_is_kept BEFORE DELETE ON journal_subject BEGIN SELECT RAISE(ABORT, 'JOURNAL: a subject is kept'); END;

-- Inner nodes of the hash tree whose leaves are complete (RFC 9162 2.1): level 1 holds pairs of leaves.
CREATE TABLE journal_node (
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 62),
    position INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER journal_node_stays BEFORE UPDATE ON journal_node BEGIN SELECT RAISE(ABORT, 'JOURNAL: a node stays'); END;
CREATE TRIGGER journal_node_is_kept BEFORE DELETE ON journal_node BEGIN SELECT RAISE(ABORT, 'JOURNAL: a node is kept'); END;

-- Wording and layout as this site changed them; the newest approved version replaces the one compiled in.
CREATE TABLE template (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,                                  -- file name, for example bottle-label.fr.layout
    version INTEGER NOT NULL CHECK (version > 0),
    content TEXT NOT NULL REFERENCES content (digest),
    imported_by INTEGER NOT NULL REFERENCES person (id),
    imported_at TEXT NOT NULL,
    approved_by INTEGER REFERENCES person (id) CHECK (approved_by IS NULL OR approved_by <> imported_by),
    approved_at TEXT,
    withdrawn_by INTEGER REFERENCES person (id),         -- the version approved before it, or the one compiled in, is in force again
    withdrawn_at TEXT,
    withdrawn_reason TEXT,
    UNIQUE (name, version),
    CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
    CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL) AND (withdrawn_by IS NULL) = (withdrawn_reason IS NULL))
) STRICT;
CREATE TRIGGER template_stays BEFORE UPDATE ON template WHEN OLD.withdrawn_by IS NOT NULL OR OLD.name IS NOT NEW.name
    OR OLD.version IS NOT NEW.version OR OLD.content IS NOT NEW.content OR OLD.imported_by IS NOT NEW.imported_by
    OR (OLD.approved_by IS NOT NULL AND (OLD.approved_by IS NOT NEW.approved_by OR OLD.approved_at IS NOT NEW.approved_at))
    BEGIN SELECT RAISE(ABORT, 'TEMPLATE: an approved version stays'); END;
CREATE TRIGGER template_is_kept BEFORE DELETE ON template BEGIN SELECT RAISE(ABORT, 'TEMPLATE: a version is kept'); END;

-- Every document that left the program: its bytes for ever.
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,              -- for example C26-0001
    kind TEXT NOT NULL,                       -- certificate-of-analysis, batch-record, bottle-label, ...
    subject_kind TEXT NOT NULL,
    subject TEXT NOT NULL,                    -- number of what it is about
    issue INTEGER NOT NULL CHECK (issue > 0), -- 1, 2, ... of the same kind for the same subject
    reason TEXT CHECK (issue = 1 OR length(reason) > 0), -- due for a further issue
    replaces INTEGER REFERENCES document (id),
    pages INTEGER NOT NULL CHECK (pages > 0),
    language TEXT NOT NULL,
    template TEXT NOT NULL,                   -- name and version of the layout
    drawn_from INTEGER NOT NULL,              -- journal sequence of the state that it shows
    head TEXT NOT NULL,                       -- head of the hash tree at that sequence, hexadecimal
    data_digest TEXT NOT NULL,                -- SHA-256 of the content (the answer tree) that it shows
    code TEXT,                                -- text of its QR code; NULL for labels, which have one each
    bytes TEXT NOT NULL REFERENCES content (digest),
    issued_by INTEGER NOT NULL REFERENCES person (id),
    issued_at TEXT NOT NULL,
    meaning TEXT,                             -- of the signature it carries, where it is a signed one
    UNIQUE (kind, subject_kind, subject, issue)
) STRICT;
CREATE INDEX document_of_subject ON document (subject_kind, subject);
CREATE INDEX document_replaced ON document (replaces);
CREATE TRIGGER document_stays BEFORE UPDATE ON document BEGIN SELECT RAISE(ABORT, 'DOCUMENT: a document issued stays'); END;
CREATE TRIGGER document_is_kept BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'DOCUMENT: a document issued is kept'); END;
