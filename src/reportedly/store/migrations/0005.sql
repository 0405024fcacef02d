-- Claims are kept as people left them; of reports that were judged the machine's stand beside them.
CREATE TABLE machine (
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    at INTEGER NOT NULL,                -- how many changes there were when a judgement last changed its claims
    claims TEXT NOT NULL,
    keys TEXT NOT NULL,                 -- of the rows they had
    discrepancies TEXT NOT NULL,
    judgements TEXT NOT NULL            -- the ids of those that the claims of the document are the outcome of
);
CREATE INDEX machine_at ON machine (at);
