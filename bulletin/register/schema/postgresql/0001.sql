-- The copy register, version 1, for PostgreSQL: the same as for SQLite, to the letter where the two allow it.
-- Texts are compared by their bytes (COLLATE "C"), so no change of the system's languages can harm an index. Triggers are
-- ENABLE ALWAYS: session_replication_role does not turn them off.

CREATE TABLE meta (
    name TEXT COLLATE "C" PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE step ( -- STEPS of bulletin/model/register.py; before is '' where nobody has assigned the number
    kind TEXT COLLATE "C" NOT NULL,
    before TEXT COLLATE "C" NOT NULL,
    after TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (kind, before)
);

CREATE TABLE correctable (
    kind TEXT COLLATE "C" PRIMARY KEY
);

CREATE TABLE event (
    seq BIGINT PRIMARY KEY CHECK (seq > 0),
    step INTEGER NOT NULL CHECK (step > 0),
    request TEXT COLLATE "C" NOT NULL CHECK (request <> ''),
    actor TEXT COLLATE "C" NOT NULL CHECK (actor <> ''),
    day TEXT COLLATE "C" NOT NULL CHECK (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    at TEXT COLLATE "C" NOT NULL CHECK (at <> ''),
    issue TEXT COLLATE "C" NOT NULL CHECK (issue <> ''),
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 99999999),
    kind TEXT COLLATE "C" NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    holder TEXT COLLATE "C" NOT NULL,
    route TEXT COLLATE "C" NOT NULL,
    due TEXT COLLATE "C" NOT NULL CHECK (due ~ '^([0-9]{4}-[0-9]{2}-[0-9]{2})?$'),
    witnesses TEXT COLLATE "C" NOT NULL, -- a name a line
    note TEXT COLLATE "C" NOT NULL,
    file TEXT COLLATE "C" NOT NULL CHECK (file ~ '^([0-9a-f]{64})?$'),
    source TEXT COLLATE "C" NOT NULL CHECK (source ~ '^([0-9a-f]{64})?$'),
    marks TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    piece INTEGER NOT NULL CHECK (piece >= 0),
    previous TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$'),
    UNIQUE (issue, number, step),
    UNIQUE (request, issue, number),
    CONSTRAINT holder_is_said CHECK (holder <> ''),
    CONSTRAINT reason_is_said CHECK (
        kind NOT IN ('reprinted', 'voided', 'lost', 'withdrawn', 'corrected') OR note <> ''
    ),
    CONSTRAINT file_is_said CHECK ((kind IN ('printed', 'reprinted')) = (file <> '')),
    CONSTRAINT source_is_printed CHECK (source = '' OR file <> ''),
    CONSTRAINT two_witnesses CHECK ( -- of a destruction, and wherever two are named
        (kind <> 'destroyed' AND position(chr(10) IN witnesses) = 0)
        OR (
            split_part(witnesses, chr(10), 1) NOT IN ('', actor)
            AND split_part(witnesses, chr(10), 2) NOT IN ('', actor, split_part(witnesses, chr(10), 1))
        )
    )
);

CREATE INDEX event_holder ON event (holder);

CREATE TABLE head ( -- the last event, so that one taken away from the end, or added by hand, is noticed
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL
);

INSERT INTO head VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE FUNCTION event_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT coalesce(max(seq), 0) + 1 FROM event) THEN
        RAISE EXCEPTION 'seq is not the next';
    END IF;
    IF NEW.previous IS DISTINCT FROM coalesce(
        (SELECT hash FROM event WHERE seq = NEW.seq - 1), '0000000000000000000000000000000000000000000000000000000000000000'
    ) THEN
        RAISE EXCEPTION 'previous is not the hash of the last event';
    END IF;
    IF NEW.step IS DISTINCT FROM (
        SELECT coalesce(max(step), 0) + 1 FROM event WHERE issue = NEW.issue AND number = NEW.number
    ) THEN
        RAISE EXCEPTION 'step is not the next of this copy';
    END IF;
    IF NEW.kind <> 'corrected' AND NEW.state IS DISTINCT FROM (
        SELECT after FROM step WHERE kind = NEW.kind AND before = coalesce(
            (SELECT state FROM event WHERE issue = NEW.issue AND number = NEW.number AND step = NEW.step - 1), ''
        )
    ) THEN
        RAISE EXCEPTION 'this may not happen to a copy in that state';
    END IF;
    IF NEW.kind = 'corrected' AND NOT EXISTS (
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
            AND (wrong.kind <> 'destroyed' OR position(chr(10) IN NEW.witnesses) > 0)
    ) THEN
        RAISE EXCEPTION 'this cannot be corrected, or not so';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION head_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq <= OLD.seq
        OR NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM event)
        OR NEW.hash IS DISTINCT FROM (SELECT hash FROM event WHERE seq = NEW.seq)
    THEN
        RAISE EXCEPTION 'the head follows the events';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION key_not_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.name IN ('check_key', 'name') THEN
        RAISE EXCEPTION 'the key of printed codes and the name are never changed';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what is registered is never changed or deleted';
END $$;

CREATE TRIGGER event_follows BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION event_follows();
CREATE TRIGGER event_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION never();
CREATE TRIGGER head_goes_on BEFORE UPDATE ON head FOR EACH ROW EXECUTE FUNCTION head_goes_on();
CREATE TRIGGER head_kept BEFORE DELETE OR TRUNCATE ON head FOR EACH STATEMENT EXECUTE FUNCTION never();
CREATE TRIGGER key_not_changed BEFORE UPDATE ON meta FOR EACH ROW EXECUTE FUNCTION key_not_changed();
CREATE TRIGGER meta_kept BEFORE DELETE OR TRUNCATE ON meta FOR EACH STATEMENT EXECUTE FUNCTION never();

ALTER TABLE event ENABLE ALWAYS TRIGGER event_follows;
ALTER TABLE event ENABLE ALWAYS TRIGGER event_kept;
ALTER TABLE head ENABLE ALWAYS TRIGGER head_goes_on;
ALTER TABLE head ENABLE ALWAYS TRIGGER head_kept;
ALTER TABLE meta ENABLE ALWAYS TRIGGER key_not_changed;
ALTER TABLE meta ENABLE ALWAYS TRIGGER meta_kept;
