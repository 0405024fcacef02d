-- Which values claims are sought by is told by 'known' alone, so that the index by value is all that counting reads.
CREATE TABLE evidence_2 (
    claim INTEGER NOT NULL REFERENCES claim ON DELETE CASCADE,
    field TEXT NOT NULL,
    nth INTEGER NOT NULL,
    document INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    exact TEXT NOT NULL,
    by TEXT NOT NULL,
    value TEXT,
    known INTEGER,
    lat REAL,
    lon REAL,
    precision INTEGER,
    PRIMARY KEY (claim, field, nth)
) WITHOUT ROWID;
INSERT INTO evidence_2
    SELECT claim, field, nth, document, start, "end", exact, by, value, CASE WHEN sought = 1 THEN known END, lat, lon, precision
    FROM evidence;
DROP TABLE evidence;
ALTER TABLE evidence_2 RENAME TO evidence;
CREATE INDEX evidence_value ON evidence (field, known, value, claim) WHERE known IS NOT NULL;
CREATE INDEX evidence_spot ON evidence (lat, lon, precision, claim) WHERE lat IS NOT NULL;

-- SQLite's own check of the file takes the columns of a key for empty where they stand in another order than the key has them.
CREATE TABLE event_claim_2 (
    document TEXT NOT NULL,
    claim TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    PRIMARY KEY (document, claim, event)
) WITHOUT ROWID;
INSERT INTO event_claim_2 SELECT document, claim, event FROM event_claim;
DROP TABLE event_claim;
ALTER TABLE event_claim_2 RENAME TO event_claim;
CREATE INDEX event_claim_event ON event_claim (event);
