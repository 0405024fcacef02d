-- A store of version 1, as the program of that version made it: its schema, then its rows.
-- The store, version 1. Offsets are Unicode code points, half-open, into document.text.
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
    latest TEXT
);
CREATE INDEX claim_document ON claim (document);

CREATE TABLE claim_record (claim INTEGER PRIMARY KEY REFERENCES claim ON DELETE CASCADE, record TEXT NOT NULL);

-- One flat row a leaf.
CREATE TABLE evidence (
    claim INTEGER NOT NULL REFERENCES claim ON DELETE CASCADE,
    field TEXT NOT NULL,                -- content, trigger, source, cue, antecedent, hedges, actors, recipients, places, ...
    nth INTEGER NOT NULL,
    document INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    exact TEXT NOT NULL,
    by TEXT NOT NULL,
    value TEXT,                         -- the canonical name, the kind of a quantity, the neutral counterpart of a label
    known INTEGER NOT NULL,             -- 0 where who or what it is has no canonical name: value has the words as they are compared
    sought INTEGER,                     -- 1 for values that claims are sought by
    lat REAL,
    lon REAL,
    precision INTEGER,
    PRIMARY KEY (claim, field, nth)
) WITHOUT ROWID;
CREATE INDEX evidence_value ON evidence (field, known, value, claim) WHERE sought = 1;
CREATE INDEX evidence_spot ON evidence (lat, lon, precision, claim) WHERE lat IS NOT NULL;

-- Words made alike (store/folding.py); a row has the key of its document.
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
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    document TEXT NOT NULL,
    claim TEXT NOT NULL,
    PRIMARY KEY (document, claim, event)
) WITHOUT ROWID;
CREATE INDEX event_claim_event ON event_claim (event);

-- rows
INSERT INTO meta VALUES ('changes', '2');
INSERT INTO meta VALUES ('folding', '176639ae2b35cd093aa4b23fb51693030309d4b10f9849a4d67a18c5a511d565');
INSERT INTO run VALUES (1, 'r1', '{"id":"r1","annotator":"rules","version":"1","language":"fr","language_sha256":"0000000000000000000000000000000000000000000000000000000000000000","models":[],"gazetteer":null,"mode":"full"}');
INSERT INTO document VALUES (1, '0368281a299ff495', '0ff32814ff45c9db75f95c8c202ae389d844ff59f7aefd5a782f56b789b45587', '798fb0603429bd6dd5dead41c8d42305b6073ddf0c8726a019987006fe1f9888', 'flita', 'https://example.org/flita', 'example.org/flita', 'AFI', '2015-06-10', 'fr', NULL, NULL, 1, 1, 1, 0, '2026-11-23T00:41:46Z', '[]', '{"id":"0368281a299ff495","name":"flita","text":"","sha256":"798fb0603429bd6dd5dead41c8d42305b6073ddf0c8726a019987006fe1f9888","url":"https://example.org/flita","path":null,"fetched":null,"publisher":{"value":"AFI","found":"given by the user","trust":"given"},"published":{"value":"2015-06-10","found":"given by the user","trust":"given"},"title":null,"language":{"value":"fr","found":"given by the user","trust":"given"},"dates":[],"notes":[],"extra":{}}', 'Selon l''armée syrienne, au moins 12 combattants du Front al-Nosra ont été tués mardi à Flita.');
INSERT INTO document VALUES (2, 'af6871d63ec872bc', 'ede67a38de328eebfaa741ff2b4d42abf99fc0102fed61a4ed43f936fb5bd4be', '6f2e84df67f3353898723e8a2104860db1e078c29a897e9356e6687611226416', 'flita-2', 'https://example.org/flita', 'example.org/flita', NULL, NULL, 'fr', NULL, NULL, 1, 1, 2, 1, '2026-11-23T00:41:46Z', '[]', '{"id":"af6871d63ec872bc","name":"flita-2","text":"","sha256":"6f2e84df67f3353898723e8a2104860db1e078c29a897e9356e6687611226416","url":"https://example.org/flita","path":null,"fetched":null,"publisher":null,"published":null,"title":null,"language":{"value":"fr","found":"given by the user","trust":"given"},"dates":[],"notes":[],"extra":{}}', 'Selon l''armée syrienne, au moins 14 combattants du Front al-Nosra ont été tués mardi à Flita.');
INSERT INTO claim VALUES (1, 1, 'a8f1f157d851', 0, 0, 'ASSAULT', ' firearms ', 'certain', 'happened', 'positive', 'official', 'fr', 'AFI', '2015-06-10', '2015-06-09', '2015-06-09');
INSERT INTO claim VALUES (2, 2, '6ce794c957b1', 1, 0, 'ASSAULT', '  ', 'certain', 'happened', 'positive', 'outlet', 'fr', NULL, NULL, NULL, NULL);
INSERT INTO claim_record VALUES (1, '{"id":"a8f1f157d851","event":null,"content":{"start":24,"end":92,"exact":"au moins 12 combattants du Front al-Nosra ont été tués mardi à Flita"},"chain":[{"source":{"start":6,"end":22,"exact":"l''armée syrienne","by":"test","basis":"stated","reason":""},"cue":{"start":0,"end":5,"exact":"Selon","by":"test","basis":"stated","reason":""},"act":"assert","source_kind":"official","name":"Syrian army","antecedent":null}],"polarity":"positive","certainty":"certain","status":"happened","hedges":[{"start":24,"end":32,"exact":"au moins","by":"test","basis":"stated","reason":""}],"trigger":{"start":74,"end":78,"exact":"tués","by":"test","basis":"stated","reason":"","sense":"death"},"type":"ASSAULT","modes":["firearms"],"territory":null,"weapon":null,"target":null,"acled":null,"codes":[],"actors":[],"recipients":[{"start":36,"end":65,"exact":"combattants du Front al-Nosra","by":"test","basis":"stated","reason":"","name":"al-Nusra Front","kind":"armed-group","identifier":null}],"places":[{"start":87,"end":92,"exact":"Flita","by":"test","basis":"stated","reason":"","lat":33.95,"lon":36.6,"precision":1,"relation":"in","name":"Flita","country":null,"identifier":null,"disputed":null}],"times":[{"start":79,"end":84,"exact":"mardi","by":"test","basis":"stated","reason":"","earliest":"2015-06-09","latest":"2015-06-09","anchored":true,"anchor":null,"granularity":null,"says":null}],"quantities":[{"start":24,"end":35,"exact":"au moins 12","by":"test","basis":"stated","reason":"","kind":"killed","low":12.0,"best":null,"high":null,"unit":null,"unit_inferred":false,"noun":{"start":36,"end":47,"exact":"combattants"},"part_of":null}],"labels":[{"start":36,"end":47,"exact":"combattants","by":"test","basis":"stated","reason":"","of":"al-Nusra Front","neutral":"fighters"}],"by":"rules","repeats":null,"notes":[]}');
INSERT INTO claim_record VALUES (2, '{"id":"6ce794c957b1","event":null,"content":{"start":24,"end":92,"exact":"au moins 14 combattants du Front al-Nosra ont été tués mardi à Flita"},"chain":[],"polarity":"positive","certainty":"certain","status":"happened","hedges":[],"trigger":null,"type":"ASSAULT","modes":[],"territory":null,"weapon":null,"target":null,"acled":null,"codes":[],"actors":[],"recipients":[],"places":[],"times":[],"quantities":[],"labels":[],"by":"rules","repeats":null,"notes":[]}');
INSERT INTO evidence VALUES (1, 'content', 0, 1, 24, 92, 'au moins 12 combattants du Front al-Nosra ont été tués mardi à Flita', '', NULL, 1, NULL, NULL, NULL, NULL);
INSERT INTO evidence VALUES (1, 'cue', 0, 1, 0, 5, 'Selon', 'test', 'assert', 1, NULL, NULL, NULL, NULL);
INSERT INTO evidence VALUES (1, 'hedges', 0, 1, 24, 32, 'au moins', 'test', NULL, 1, NULL, NULL, NULL, NULL);
INSERT INTO evidence VALUES (1, 'labels', 0, 1, 36, 47, 'combattants', 'test', 'fighters', 1, NULL, NULL, NULL, NULL);
INSERT INTO evidence VALUES (1, 'noun', 0, 1, 36, 47, 'combattants', '', NULL, 1, NULL, NULL, NULL, NULL);
INSERT INTO evidence VALUES (1, 'places', 0, 1, 87, 92, 'Flita', 'test', 'Flita', 1, 1, 33.95, 36.6, 1);
INSERT INTO evidence VALUES (1, 'quantities', 0, 1, 24, 35, 'au moins 12', 'test', 'killed', 1, 1, NULL, NULL, NULL);
INSERT INTO evidence VALUES (1, 'recipients', 0, 1, 36, 65, 'combattants du Front al-Nosra', 'test', 'al-Nusra Front', 1, 1, NULL, NULL, NULL);
INSERT INTO evidence VALUES (1, 'source', 0, 1, 6, 22, 'l''armée syrienne', 'test', 'Syrian army', 1, 1, NULL, NULL, NULL);
INSERT INTO evidence VALUES (1, 'times', 0, 1, 79, 84, 'mardi', 'test', NULL, 1, NULL, NULL, NULL, NULL);
INSERT INTO evidence VALUES (1, 'trigger', 0, 1, 74, 78, 'tués', 'test', 'death', 1, NULL, NULL, NULL, NULL);
INSERT INTO evidence VALUES (2, 'content', 0, 2, 24, 92, 'au moins 14 combattants du Front al-Nosra ont été tués mardi à Flita', '', NULL, 1, NULL, NULL, NULL, NULL);
INSERT INTO unit VALUES (1, 'a.txt', '', 'stored', '0368281a299ff495', 'flita', '', '');
INSERT INTO unit VALUES (2, 'b.txt', '', 'stored', 'af6871d63ec872bc', 'flita-2', '', '');
INSERT INTO unit VALUES (3, 'c.txt', '', 'refused', NULL, 'c.txt', 'it holds no text', '');
INSERT INTO judgement VALUES (1, 'j1', '0368281a299ff495', 'a8f1f157d851', NULL, 'ana', '2026-11-23T00:00:00Z', 'accept', '{"id":"j1","who":"ana","when":"2026-11-23T00:00:00Z","target":{"document":"0368281a299ff495","claim":"a8f1f157d851"},"event":null,"path":"","verdict":"accept","replacement":null,"why":"checked","anchor":null,"undoes":null}');
INSERT INTO words (rowid, forms, others) VALUES (1, 'selon armee syrienne au moin 12 combattant du front al nosra ont ete tues mardi a flita', '');
INSERT INTO words (rowid, forms, others) VALUES (2, 'selon armee syrienne au moin 14 combattant du front al nosra ont ete tues mardi a flita', '');
PRAGMA application_id = 1919972452;
PRAGMA user_version = 1;
