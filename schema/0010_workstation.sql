-- Declared workstations, badges and PINs. On a workstation, and nowhere else, a badge and its PIN stand in for the password at the bench.

-- A browser that an administrator declared, standing in it (EU GMP Annex 11, 12.1; 21 CFR 11.10(h)).
CREATE TABLE workstation (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),      -- as it stands in the journal, for example PAILLASSE-1
    place TEXT NOT NULL CHECK (length(place) > 0),                 -- where it stands
    token_digest TEXT NOT NULL UNIQUE CHECK (length(token_digest) = 64), -- SHA-256 of the token in its cookie, which is kept nowhere
    declared_by INTEGER NOT NULL REFERENCES person (id),
    declared_at TEXT NOT NULL,                                     -- instant
    withdrawn_by INTEGER REFERENCES person (id),
    withdrawn_at TEXT,                                             -- instant
    withdrawn_reason TEXT,
    CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL) AND (withdrawn_by IS NULL) = (withdrawn_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX workstation_in_use ON workstation (name) WHERE withdrawn_at IS NULL;
CREATE TRIGGER workstation_stays BEFORE UPDATE ON workstation WHEN OLD.withdrawn_at IS NOT NULL OR OLD.name IS NOT NEW.name OR OLD.place IS NOT NEW.place
    OR OLD.token_digest IS NOT NEW.token_digest OR OLD.declared_by IS NOT NEW.declared_by OR OLD.declared_at IS NOT NEW.declared_at
    BEGIN SELECT RAISE(ABORT, 'WORKSTATION: a declaration stays; it may only be withdrawn'); END;
CREATE TRIGGER workstation_is_kept BEFORE DELETE ON workstation BEGIN SELECT RAISE(ABORT, 'WORKSTATION: a declaration is kept'); END;

-- What a person scans to say who they are; one in use for each (21 CFR 11.300(b) and (c)).
CREATE TABLE badge (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    token_digest TEXT NOT NULL UNIQUE CHECK (length(token_digest) = 64), -- SHA-256 of the token on it, which is kept nowhere
    given_by INTEGER NOT NULL REFERENCES person (id),
    given_at TEXT NOT NULL,                                        -- instant
    withdrawn_by INTEGER REFERENCES person (id),
    withdrawn_at TEXT,                                             -- instant
    withdrawn_reason TEXT,
    CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL) AND (withdrawn_by IS NULL) = (withdrawn_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX badge_in_use ON badge (person) WHERE withdrawn_at IS NULL;
CREATE TRIGGER badge_stays BEFORE UPDATE ON badge WHEN OLD.withdrawn_at IS NOT NULL OR OLD.person IS NOT NEW.person
    OR OLD.token_digest IS NOT NEW.token_digest OR OLD.given_by IS NOT NEW.given_by OR OLD.given_at IS NOT NEW.given_at
    BEGIN SELECT RAISE(ABORT, 'BADGE: a badge stays as given; it may only be withdrawn'); END;
CREATE TRIGGER badge_is_kept BEFORE DELETE ON badge BEGIN SELECT RAISE(ABORT, 'BADGE: a badge is kept'); END;

-- That a person has set a PIN, and when.
CREATE TABLE pin (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    digest TEXT NOT NULL CHECK (length(digest) = 64), -- SHA-256 of the secret row, so that replay can check it
    set_at TEXT NOT NULL                              -- instant
) STRICT;
CREATE TRIGGER pin_is_kept BEFORE DELETE ON pin BEGIN SELECT RAISE(ABORT, 'PERSON: a PIN is replaced, never taken away'); END;

-- Secret: never in the journal.
CREATE TABLE pin_secret (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    pin TEXT NOT NULL -- Argon2id string of libsodium
) STRICT;
