-- Schema 2: acts on identity that can be undone one by one, grades of sources, which run read what, wider indexes.

CREATE TABLE acts (                           -- on identity; an act that is not undone counts, the last one on a pair
    row       INTEGER PRIMARY KEY,
    recorded  TEXT NOT NULL,
    act       TEXT NOT NULL CHECK (act IN ('merge', 'split', 'open', 'alias', 'retype', 'undo')),
    actor     TEXT NOT NULL,                  -- '' for an undo
    other     TEXT NOT NULL,                  -- the other actor, the further name, the kind; '' for an undo
    undone    INTEGER REFERENCES acts CHECK ((act = 'undo') = (undone IS NOT NULL) AND (undone IS NULL OR undone < row)),
    by        TEXT NOT NULL,
    note      TEXT NOT NULL
) STRICT;

INSERT INTO acts (row, recorded, act, actor, other, undone, by, note)
    SELECT row, recorded, CASE verdict WHEN 'same' THEN 'merge' WHEN 'different' THEN 'split' ELSE 'open' END,
           a, b, NULL, by, note
    FROM judgements ORDER BY row;
DROP TABLE judgements;

CREATE TABLE grades (                         -- Admiralty code; the last one on a publisher or a claim counts
    row        INTEGER PRIMARY KEY,
    recorded   TEXT NOT NULL,
    publisher  TEXT,
    claim      TEXT CHECK ((claim IS NULL) <> (publisher IS NULL)),
    grade      TEXT NOT NULL CHECK (grade = '' OR publisher IS NOT NULL AND grade IN ('A', 'B', 'C', 'D', 'E', 'F')
                                    OR claim IS NOT NULL AND grade IN ('1', '2', '3', '4', '5', '6')),
    by         TEXT NOT NULL,
    note       TEXT NOT NULL
) STRICT;

CREATE TABLE readings (                       -- which run read which document, and when
    row       INTEGER PRIMARY KEY,
    run       INTEGER NOT NULL REFERENCES runs,
    doc       INTEGER NOT NULL REFERENCES documents,
    recorded  TEXT NOT NULL
) STRICT;

INSERT INTO readings (run, doc, recorded)
    SELECT run, doc, min(recorded) FROM (
        SELECT run, doc, recorded FROM documents
        UNION ALL SELECT run, doc, recorded_from FROM claims)
    GROUP BY run, doc ORDER BY min(recorded), doc;

CREATE INDEX readings_run ON readings (run, doc);
CREATE INDEX readings_doc ON readings (doc);

DROP INDEX claims_subject;
DROP INDEX claims_object;
CREATE INDEX claims_subject ON claims (subject_id, object_id);
CREATE INDEX claims_object ON claims (object_id, predicate);
CREATE INDEX claims_subject_acts ON claims (subject_country, object_id) WHERE subject_kind IN ('person', 'body');
CREATE INDEX claims_object_acts ON claims (object_country, subject_id) WHERE object_kind IN ('person', 'body');
CREATE INDEX claims_both_act ON claims (subject_country, object_country)
    WHERE subject_kind IN ('person', 'body') AND object_kind IN ('person', 'body');
CREATE INDEX claims_recorded ON claims (recorded_from);
CREATE INDEX claims_ended ON claims (recorded_to) WHERE recorded_to IS NOT NULL;
CREATE INDEX reviews_corrections ON reviews (claim) WHERE verdict = 'correct';

CREATE TRIGGER acts_update BEFORE UPDATE ON acts
BEGIN SELECT RAISE(ABORT, 'acts are append-only: write another'); END;
CREATE TRIGGER acts_delete BEFORE DELETE ON acts
BEGIN SELECT RAISE(ABORT, 'acts are append-only: write another'); END;
CREATE TRIGGER grades_update BEFORE UPDATE ON grades
BEGIN SELECT RAISE(ABORT, 'grades are append-only: write another'); END;
CREATE TRIGGER grades_delete BEFORE DELETE ON grades
BEGIN SELECT RAISE(ABORT, 'grades are append-only: write another'); END;
CREATE TRIGGER readings_update BEFORE UPDATE ON readings
BEGIN SELECT RAISE(ABORT, 'readings are append-only'); END;
CREATE TRIGGER readings_delete BEFORE DELETE ON readings
BEGIN SELECT RAISE(ABORT, 'readings are append-only'); END;
