-- Schema 1. Instants are UTC, RFC 3339 with six decimals; dates of the world are EDTF.

CREATE TABLE runs (
    run      INTEGER PRIMARY KEY,
    started  TEXT NOT NULL,
    program  TEXT NOT NULL,
    model    TEXT NOT NULL,
    data     TEXT NOT NULL
) STRICT;

CREATE TABLE documents (
    doc        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL,
    version    INTEGER NOT NULL,              -- 1, 2 ...: the same id with another text
    hash       TEXT NOT NULL UNIQUE,          -- SHA-256 of the text
    text       TEXT NOT NULL,
    title      TEXT,
    published  TEXT,
    publisher  TEXT,
    uri        TEXT,
    fetched    TEXT,
    recorded   TEXT NOT NULL,
    run        INTEGER NOT NULL REFERENCES runs,
    UNIQUE (id, version)
) STRICT;

CREATE TABLE claims (
    row             INTEGER PRIMARY KEY,
    id              TEXT NOT NULL,            -- from the content: a second reading gives the same
    doc             INTEGER NOT NULL REFERENCES documents,
    ordinal         INTEGER NOT NULL,         -- place in the document's list
    span_start      INTEGER NOT NULL CHECK (span_start >= 0),
    span_end        INTEGER NOT NULL CHECK (span_end > span_start),
    quote           TEXT NOT NULL,
    family          TEXT NOT NULL CHECK (family IN ('standing', 'event')),
    predicate       TEXT NOT NULL,
    subject_id      TEXT, subject_label TEXT, subject_mention TEXT, subject_country TEXT, subject_kind TEXT,
    object_id       TEXT, object_label  TEXT, object_mention  TEXT, object_country  TEXT, object_kind  TEXT,
    phase           TEXT CHECK (phase IN ('begins', 'ends', 'holds')),
    polarity        TEXT NOT NULL CHECK (polarity IN ('yes', 'no')),
    modality        TEXT NOT NULL CHECK (modality IN
                        ('asserted', 'possible', 'predicted', 'intended', 'demanded', 'conditional')),
    by_id           TEXT, by_label TEXT, by_mention TEXT, by_country TEXT, by_kind TEXT,  -- NULL = the author
    when_edtf       TEXT NOT NULL,            -- '' = the text gives no date
    when_from       TEXT,                     -- first and last day when_edtf may mean; NULL = open or unknown
    when_until      TEXT,
    value           TEXT NOT NULL CHECK (json_valid(value)),
    said            TEXT NOT NULL,
    frame           TEXT NOT NULL,
    confidence      REAL NOT NULL,
    run             INTEGER NOT NULL REFERENCES runs,
    recorded_from   TEXT NOT NULL,
    recorded_to     TEXT                      -- NULL = the ledger still holds it
) STRICT;

CREATE UNIQUE INDEX claims_open ON claims (id) WHERE recorded_to IS NULL;
CREATE INDEX claims_id ON claims (id);
CREATE INDEX claims_doc ON claims (doc, ordinal);
CREATE INDEX claims_subject ON claims (subject_id, predicate);
CREATE INDEX claims_object ON claims (object_id, predicate);
CREATE INDEX claims_predicate ON claims (predicate, when_from);

CREATE TABLE actors (
    id        TEXT PRIMARY KEY,
    label     TEXT NOT NULL,
    kind      TEXT NOT NULL,
    country   TEXT,
    recorded  TEXT NOT NULL
) STRICT;

CREATE TABLE names (                          -- what documents called them
    key    TEXT NOT NULL,                     -- lower case, without "the" and punctuation
    actor  TEXT NOT NULL REFERENCES actors,
    name   TEXT NOT NULL,
    PRIMARY KEY (key, actor)
) STRICT;

CREATE TABLE judgements (                     -- of identity: the last one on a pair counts
    row       INTEGER PRIMARY KEY,
    recorded  TEXT NOT NULL,
    a         TEXT NOT NULL,
    b         TEXT NOT NULL CHECK (a < b),
    verdict   TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'open')),
    by        TEXT NOT NULL,
    note      TEXT NOT NULL
) STRICT;

CREATE INDEX judgements_pair ON judgements (a, b);

CREATE TABLE reviews (                        -- of a claim: the last one counts
    row         INTEGER PRIMARY KEY,
    recorded    TEXT NOT NULL,
    claim       TEXT NOT NULL,
    verdict     TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'correct', 'open')),
    correction  TEXT NOT NULL CHECK (json_valid(correction)),
    by          TEXT NOT NULL,
    note        TEXT NOT NULL
) STRICT;

CREATE INDEX reviews_claim ON reviews (claim);

-- A quote is in the text, letter for letter. (substr() ends at a NUL, so texts that hold one are left to the program.)
CREATE TRIGGER claims_quote BEFORE INSERT ON claims
WHEN (SELECT substr(text, NEW.span_start + 1, NEW.span_end - NEW.span_start) IS NOT NEW.quote
             AND instr(text, char(0)) = 0 FROM documents WHERE doc = NEW.doc)
BEGIN SELECT RAISE(ABORT, 'the quote is not at its span of the text'); END;

-- Nothing is overwritten.
CREATE TRIGGER claims_close BEFORE UPDATE ON claims
WHEN OLD.recorded_to IS NOT NULL OR NEW.recorded_to IS NULL OR NEW.recorded_to < OLD.recorded_from
BEGIN SELECT RAISE(ABORT, 'claims are append-only: an update may only close recorded_to, once'); END;

CREATE TRIGGER claims_edit BEFORE UPDATE OF
    row, id, doc, ordinal, span_start, span_end, quote, family, predicate,
    subject_id, subject_label, subject_mention, subject_country, subject_kind,
    object_id, object_label, object_mention, object_country, object_kind,
    phase, polarity, modality, by_id, by_label, by_mention, by_country, by_kind,
    when_edtf, when_from, when_until, value, said, frame, confidence, run, recorded_from
ON claims
BEGIN SELECT RAISE(ABORT, 'claims are append-only: an update may only close recorded_to, once'); END;

CREATE TRIGGER claims_delete BEFORE DELETE ON claims
BEGIN SELECT RAISE(ABORT, 'claims are append-only'); END;
CREATE TRIGGER documents_update BEFORE UPDATE ON documents
BEGIN SELECT RAISE(ABORT, 'documents are append-only'); END;
CREATE TRIGGER documents_delete BEFORE DELETE ON documents
BEGIN SELECT RAISE(ABORT, 'documents are append-only'); END;
CREATE TRIGGER runs_update BEFORE UPDATE ON runs
BEGIN SELECT RAISE(ABORT, 'runs are append-only'); END;
CREATE TRIGGER runs_delete BEFORE DELETE ON runs
BEGIN SELECT RAISE(ABORT, 'runs are append-only'); END;
CREATE TRIGGER actors_update BEFORE UPDATE ON actors
BEGIN SELECT RAISE(ABORT, 'actors are append-only'); END;
CREATE TRIGGER actors_delete BEFORE DELETE ON actors
BEGIN SELECT RAISE(ABORT, 'actors are append-only'); END;
CREATE TRIGGER names_update BEFORE UPDATE ON names
BEGIN SELECT RAISE(ABORT, 'names are append-only'); END;
CREATE TRIGGER names_delete BEFORE DELETE ON names
BEGIN SELECT RAISE(ABORT, 'names are append-only'); END;
CREATE TRIGGER judgements_update BEFORE UPDATE ON judgements
BEGIN SELECT RAISE(ABORT, 'judgements are append-only: write another'); END;
CREATE TRIGGER judgements_delete BEFORE DELETE ON judgements
BEGIN SELECT RAISE(ABORT, 'judgements are append-only: write another'); END;
CREATE TRIGGER reviews_update BEFORE UPDATE ON reviews
BEGIN SELECT RAISE(ABORT, 'reviews are append-only: write another'); END;
CREATE TRIGGER reviews_delete BEFORE DELETE ON reviews
BEGIN SELECT RAISE(ABORT, 'reviews are append-only: write another'); END;
