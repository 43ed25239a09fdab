-- The copy register, version 1, for SQLite. What a row means is said in bulletin/model/register.py and
-- bulletin/register/chain.py. The rules stand here a second time, so that nothing else that opens the file can break them.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE step ( -- STEPS of bulletin/model/register.py; before is '' where nobody has assigned the number
    kind TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (kind, before)
) STRICT;

CREATE TABLE correctable (
    kind TEXT PRIMARY KEY
) STRICT;

CREATE TABLE event (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    step INTEGER NOT NULL CHECK (step > 0),
    request TEXT NOT NULL CHECK (request <> ''),
    actor TEXT NOT NULL CHECK (actor <> ''),
    day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    at TEXT NOT NULL CHECK (at <> ''),
    issue TEXT NOT NULL CHECK (issue <> ''),
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 99999999),
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    holder TEXT NOT NULL,
    route TEXT NOT NULL,
    due TEXT NOT NULL CHECK (due = '' OR due GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    witnesses TEXT NOT NULL, -- a name a line
    note TEXT NOT NULL,
    file TEXT NOT NULL CHECK (file = '' OR (length(file) = 64 AND file NOT GLOB '*[^0-9a-f]*')),
    source TEXT NOT NULL CHECK (source = '' OR (length(source) = 64 AND source NOT GLOB '*[^0-9a-f]*')),
    marks TEXT NOT NULL,
    state TEXT NOT NULL,
    piece INTEGER NOT NULL CHECK (piece >= 0),
    previous TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
    UNIQUE (issue, number, step),
    UNIQUE (request, issue, number),
    CONSTRAINT holder_is_said CHECK (holder <> ''),
    CONSTRAINT reason_is_said CHECK (
        kind NOT IN ('reprinted', 'voided', 'lost', 'withdrawn', 'corrected') OR note <> ''
    ),
    CONSTRAINT file_is_said CHECK ((kind IN ('printed', 'reprinted')) = (file <> '')),
    CONSTRAINT source_is_printed CHECK (source = '' OR file <> ''),
    CONSTRAINT two_witnesses CHECK ( -- of a destruction, and wherever two are named
        (kind <> 'destroyed' AND instr(witnesses, char(10)) = 0)
        OR (
            instr(witnesses, char(10)) > 1
            AND substr(witnesses, 1, instr(witnesses, char(10)) - 1) <> actor
            AND substr(witnesses, instr(witnesses, char(10)) + 1) NOT IN (
                '', actor, substr(witnesses, 1, instr(witnesses, char(10)) - 1)
            )
        )
    )
) STRICT;

CREATE INDEX event_holder ON event (holder);

CREATE TABLE head ( -- the last event, so that one taken away from the end, or added by hand, is noticed
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;

INSERT INTO head VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TRIGGER event_follows BEFORE INSERT ON event
BEGIN
    SELECT RAISE(ABORT, 'seq is not the next')
    WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event);

    SELECT RAISE(ABORT, 'previous is not the hash of the last event')
    WHERE NEW.previous IS NOT coalesce(
        (SELECT hash FROM event WHERE seq = NEW.seq - 1), '0000000000000000000000000000000000000000000000000000000000000000'
    );

    SELECT RAISE(ABORT, 'step is not the next of this copy')
    WHERE NEW.step IS NOT (
        SELECT coalesce(max(step), 0) + 1 FROM event WHERE issue = NEW.issue AND number = NEW.number
    );

    SELECT RAISE(ABORT, 'this may not happen to a copy in that state')
    WHERE NEW.kind <> 'corrected' AND NEW.state IS NOT (
        SELECT after FROM step WHERE kind = NEW.kind AND before = coalesce(
            (SELECT state FROM event WHERE issue = NEW.issue AND number = NEW.number AND step = NEW.step - 1), ''
        )
    );

    SELECT RAISE(ABORT, 'this cannot be corrected, or not so')
    WHERE NEW.kind = 'corrected' AND NOT EXISTS (
        -- wrong is what is in force: the last event at which as many were open as are now, where a correction closes one
        SELECT 1 FROM event AS wrong
        JOIN event AS before
            ON before.issue = wrong.issue AND before.number = wrong.number AND before.step = wrong.step - 1
        WHERE wrong.issue = NEW.issue AND wrong.number = NEW.number AND wrong.step = (
            SELECT max(opened.step) FROM event AS opened
            WHERE opened.issue = NEW.issue AND opened.number = NEW.number AND opened.kind <> 'corrected' AND (
                SELECT sum(CASE kind WHEN 'corrected' THEN -1 ELSE 1 END) FROM event
                WHERE issue = NEW.issue AND number = NEW.number AND step <= opened.step
            ) = (
                SELECT sum(CASE kind WHEN 'corrected' THEN -1 ELSE 1 END) FROM event
                WHERE issue = NEW.issue AND number = NEW.number
            )
        )
            AND wrong.kind IN (SELECT kind FROM correctable) AND before.state = NEW.state
            AND (wrong.kind <> 'destroyed' OR instr(NEW.witnesses, char(10)) > 0)
    );
END;

CREATE TRIGGER event_not_changed BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'events are never changed');
END;

CREATE TRIGGER event_not_deleted BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'events are never deleted');
END;

CREATE TRIGGER head_goes_on BEFORE UPDATE ON head
WHEN NEW.seq <= OLD.seq
    OR NEW.seq IS NOT (SELECT max(seq) FROM event)
    OR NEW.hash IS NOT (SELECT hash FROM event WHERE seq = NEW.seq)
BEGIN
    SELECT RAISE(ABORT, 'the head follows the events');
END;

CREATE TRIGGER head_not_deleted BEFORE DELETE ON head
BEGIN
    SELECT RAISE(ABORT, 'the head is never deleted');
END;

CREATE TRIGGER key_not_changed BEFORE UPDATE ON meta WHEN OLD.name IN ('check_key', 'name')
BEGIN
    SELECT RAISE(ABORT, 'the key of printed codes and the name are never changed');
END;

CREATE TRIGGER meta_not_deleted BEFORE DELETE ON meta
BEGIN
    SELECT RAISE(ABORT, 'never deleted');
END;
