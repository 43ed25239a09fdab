-- The log of publication, version 2, for SQLite: a chain of its own beside that of the copies. What a row means is said in
-- bulletin/model/publication_log.py and bulletin/register/publications/chain.py.

CREATE TABLE publication (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    request TEXT NOT NULL CHECK (request <> ''),
    actor TEXT NOT NULL CHECK (actor <> ''),
    day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    at TEXT NOT NULL CHECK (at <> ''),
    act TEXT NOT NULL CHECK (act <> ''),
    target TEXT NOT NULL CHECK (target <> ''),
    release TEXT NOT NULL,
    manifest TEXT NOT NULL CHECK (manifest = '' OR (length(manifest) = 64 AND manifest NOT GLOB '*[^0-9a-f]*')),
    note TEXT NOT NULL,
    put_up TEXT NOT NULL CHECK (put_up GLOB '[[]*]'), -- articles as JSON, in canonical form
    taken_off TEXT NOT NULL CHECK (taken_off GLOB '[[]*]'),
    previous TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
    CONSTRAINT release_is_said CHECK (act NOT IN ('published', 'rolled-back', 'removed') OR release <> ''),
    CONSTRAINT manifest_is_said CHECK (act NOT IN ('published', 'rolled-back') OR manifest <> ''),
    CONSTRAINT withdrawal_is_whole CHECK (act <> 'withdrawn' OR (note <> '' AND put_up = '[]' AND taken_off <> '[]')),
    CONSTRAINT removal_shows_nothing CHECK (act <> 'removed' OR (put_up = '[]' AND taken_off = '[]'))
) STRICT;

CREATE INDEX publication_target ON publication (target);

CREATE INDEX publication_request ON publication (request);

CREATE TABLE publication_head ( -- the last row, so that one taken away from the end, or added by hand, is noticed
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;

INSERT INTO publication_head VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TRIGGER publication_follows BEFORE INSERT ON publication
BEGIN
    SELECT RAISE(ABORT, 'seq is not the next')
    WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM publication);

    SELECT RAISE(ABORT, 'previous is not the hash of the last entry')
    WHERE NEW.previous IS NOT coalesce(
        (SELECT hash FROM publication WHERE seq = NEW.seq - 1),
        '0000000000000000000000000000000000000000000000000000000000000000'
    );
END;

CREATE TRIGGER publication_not_changed BEFORE UPDATE ON publication
BEGIN
    SELECT RAISE(ABORT, 'the log of publication is never changed');
END;

CREATE TRIGGER publication_not_deleted BEFORE DELETE ON publication
BEGIN
    SELECT RAISE(ABORT, 'the log of publication is never deleted');
END;

CREATE TRIGGER publication_head_goes_on BEFORE UPDATE ON publication_head
WHEN NEW.seq <= OLD.seq
    OR NEW.seq IS NOT (SELECT max(seq) FROM publication)
    OR NEW.hash IS NOT (SELECT hash FROM publication WHERE seq = NEW.seq)
BEGIN
    SELECT RAISE(ABORT, 'the head follows the entries');
END;

CREATE TRIGGER publication_head_not_deleted BEFORE DELETE ON publication_head
BEGIN
    SELECT RAISE(ABORT, 'the head is never deleted');
END;
