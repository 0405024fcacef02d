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
