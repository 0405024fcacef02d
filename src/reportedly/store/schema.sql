-- The store, version 5. Offsets are Unicode code points, half-open, into document.text.
-- The audit of a whole store is one query that must return nothing:
--   SELECT * FROM evidence JOIN document ON document.key = evidence.document
--   WHERE exact <> substr(document.text, start + 1, "end" - start);

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE run (key INTEGER PRIMARY KEY, id TEXT NOT NULL, record TEXT NOT NULL UNIQUE);

CREATE TABLE document (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    identity TEXT NOT NULL UNIQUE,      -- what makes it the same document: its text, and its address or publisher and day
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    url TEXT,
    address TEXT,                       -- the url as addresses are compared: texts of one address are versions
    publisher TEXT,
    published TEXT,
    language TEXT,
    title TEXT,
    fetched TEXT,
    run INTEGER NOT NULL REFERENCES run,
    claims INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    current INTEGER NOT NULL DEFAULT 1,
    stored TEXT NOT NULL,
    discrepancies TEXT NOT NULL,
    record TEXT NOT NULL,               -- the Document as JSON, without its text
    text TEXT NOT NULL                  -- last: a look at the columns before it does not read it
);
CREATE INDEX document_run ON document (run);
CREATE INDEX document_sha256 ON document (sha256);
CREATE INDEX document_address ON document (address, version) WHERE address IS NOT NULL;

-- What claims are sought by; claim_record has the claims themselves, so that a look over all of these reads little.
CREATE TABLE claim (
    key INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    id TEXT NOT NULL,
    current INTEGER NOT NULL,
    repeats INTEGER NOT NULL,
    type TEXT,
    modes TEXT NOT NULL,                -- each between spaces
    certainty TEXT NOT NULL,
    status TEXT NOT NULL,
    polarity TEXT NOT NULL,
    source_kind TEXT NOT NULL,          -- of who commits to it: the last of the chain, else the outlet
    language TEXT,
    publisher TEXT,
    published TEXT,
    earliest TEXT,                      -- of all anchored times together; latest '9999' where one is open
    latest TEXT,
    -- Of these a claim may have several, each between char(31): a canonical name, or where there is none the words as they are compared,
    -- each between char(30).
    actors TEXT NOT NULL DEFAULT '',
    recipients TEXT NOT NULL DEFAULT '',
    sources TEXT NOT NULL DEFAULT '',
    places TEXT NOT NULL DEFAULT '',
    counted TEXT NOT NULL DEFAULT '',   -- the kinds of its quantities
    -- Its places that are points, 'lat lon' each, a space between; and the box around them.
    spots TEXT NOT NULL DEFAULT '',
    south REAL,
    north REAL,
    west REAL,
    east REAL,
    acled TEXT,
    countries TEXT NOT NULL DEFAULT ''  -- of its places, each between spaces
);
CREATE INDEX claim_document ON claim (document);

CREATE TABLE claim_record (claim INTEGER PRIMARY KEY REFERENCES claim ON DELETE CASCADE, record TEXT NOT NULL);

-- The two tables above hold claims as people left them. Of reports that were judged the machine's stand here, as JSON.
CREATE TABLE machine (
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    at INTEGER NOT NULL,                -- how many changes there were when a judgement last changed its claims
    claims TEXT NOT NULL,
    keys TEXT NOT NULL,                 -- of the rows they had
    discrepancies TEXT NOT NULL,
    judgements TEXT NOT NULL            -- the ids of those that the claims of the document are the outcome of
);
CREATE INDEX machine_at ON machine (at);

-- One flat row a leaf. 'path' is where it stands in the claim: content, actors[0], chain[1].cue, quantities[0].noun.
CREATE VIEW evidence AS
SELECT
    claim.document AS document,
    claim.key AS claim,
    substr(leaf.fullkey, 3) AS path,
    json_extract(leaf.value, '$.start') AS start,
    json_extract(leaf.value, '$.end') AS "end",
    json_extract(leaf.value, '$.exact') AS exact,
    json_extract(leaf.value, '$.by') AS by,
    json_extract(leaf.value, '$.name') AS name
FROM claim
JOIN claim_record ON claim_record.claim = claim.key
JOIN json_tree(claim_record.record) AS leaf ON leaf.type = 'object' AND json_type(leaf.value, '$.exact') = 'text';

-- Words made alike (folding.py); a row has the key of its document.
CREATE VIRTUAL TABLE words USING fts5 (forms, others, content = '', tokenize = 'ascii');

-- What became of each unit of input.
CREATE TABLE unit (
    key INTEGER PRIMARY KEY,
    source TEXT,
    part TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('stored', 'duplicate', 'refused', 'forgotten')),
    document TEXT,
    name TEXT NOT NULL,
    reason TEXT NOT NULL,
    cure TEXT NOT NULL,
    UNIQUE (source, part)
);
CREATE INDEX unit_document ON unit (document) WHERE document IS NOT NULL;

-- The hash of what is not to come back.
CREATE TABLE forgotten (sha256 TEXT PRIMARY KEY, day TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE judgement (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document TEXT,
    claim TEXT,
    event TEXT,
    who TEXT NOT NULL,
    made TEXT NOT NULL,
    verdict TEXT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX judgement_document ON judgement (document);
CREATE TRIGGER judgement_stays BEFORE UPDATE ON judgement
BEGIN SELECT RAISE (ABORT, 'judgements are never changed'); END;
CREATE TRIGGER judgement_goes BEFORE DELETE ON judgement WHEN NOT EXISTS (SELECT 1 FROM meta WHERE name = 'forgetting')
BEGIN SELECT RAISE (ABORT, 'judgements are removed with their document alone'); END;

CREATE TABLE event (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record TEXT NOT NULL);
CREATE TABLE event_claim (
    document TEXT NOT NULL,
    claim TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    PRIMARY KEY (document, claim, event)
) WITHOUT ROWID;
CREATE INDEX event_claim_event ON event_claim (event);
