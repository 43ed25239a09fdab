-- The log of publication, version 2, for PostgreSQL: the same as for SQLite, to the letter where the two allow it.

CREATE TABLE publication (
    seq BIGINT PRIMARY KEY CHECK (seq > 0),
    request TEXT COLLATE "C" NOT NULL CHECK (request <> ''),
    actor TEXT COLLATE "C" NOT NULL CHECK (actor <> ''),
    day TEXT COLLATE "C" NOT NULL CHECK (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    at TEXT COLLATE "C" NOT NULL CHECK (at <> ''),
    act TEXT COLLATE "C" NOT NULL CHECK (act <> ''),
    target TEXT COLLATE "C" NOT NULL CHECK (target <> ''),
    release TEXT COLLATE "C" NOT NULL,
    manifest TEXT COLLATE "C" NOT NULL CHECK (manifest ~ '^([0-9a-f]{64})?$'),
    note TEXT COLLATE "C" NOT NULL,
    put_up TEXT COLLATE "C" NOT NULL CHECK (put_up LIKE '[%]'), -- articles as JSON, in canonical form
    taken_off TEXT COLLATE "C" NOT NULL CHECK (taken_off LIKE '[%]'),
    previous TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT release_is_said CHECK (act NOT IN ('published', 'rolled-back', 'removed') OR release <> ''),
    CONSTRAINT manifest_is_said CHECK (act NOT IN ('published', 'rolled-back') OR manifest <> ''),
    CONSTRAINT withdrawal_is_whole CHECK (act <> 'withdrawn' OR (note <> '' AND put_up = '[]' AND taken_off <> '[]')),
    CONSTRAINT removal_shows_nothing CHECK (act <> 'removed' OR (put_up = '[]' AND taken_off = '[]'))
);

CREATE INDEX publication_target ON publication (target);

CREATE INDEX publication_request ON publication (request);

CREATE TABLE publication_head ( -- the last row, so that one taken away from the end, or added by hand, is noticed
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL
);

INSERT INTO publication_head VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE FUNCTION publication_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT coalesce(max(seq), 0) + 1 FROM publication) THEN
        RAISE EXCEPTION 'seq is not the next';
    END IF;
    IF NEW.previous IS DISTINCT FROM coalesce(
        (SELECT hash FROM publication WHERE seq = NEW.seq - 1),
        '0000000000000000000000000000000000000000000000000000000000000000'
    ) THEN
        RAISE EXCEPTION 'previous is not the hash of the last entry';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION publication_head_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq <= OLD.seq
        OR NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM publication)
        OR NEW.hash IS DISTINCT FROM (SELECT hash FROM publication WHERE seq = NEW.seq)
    THEN
        RAISE EXCEPTION 'the head follows the entries';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER publication_follows BEFORE INSERT ON publication FOR EACH ROW EXECUTE FUNCTION publication_follows();
CREATE TRIGGER publication_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON publication
FOR EACH STATEMENT EXECUTE FUNCTION never();
CREATE TRIGGER publication_head_goes_on BEFORE UPDATE ON publication_head
FOR EACH ROW EXECUTE FUNCTION publication_head_goes_on();
CREATE TRIGGER publication_head_kept BEFORE DELETE OR TRUNCATE ON publication_head
FOR EACH STATEMENT EXECUTE FUNCTION never();

ALTER TABLE publication ENABLE ALWAYS TRIGGER publication_follows;
ALTER TABLE publication ENABLE ALWAYS TRIGGER publication_kept;
ALTER TABLE publication_head ENABLE ALWAYS TRIGGER publication_head_goes_on;
ALTER TABLE publication_head ENABLE ALWAYS TRIGGER publication_head_kept;
