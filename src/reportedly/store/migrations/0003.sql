-- What claims are sought by stands in their own rows, and evidence is a view of the claims themselves: storing writes a third of the rows.
ALTER TABLE claim ADD COLUMN actors TEXT NOT NULL DEFAULT '';
ALTER TABLE claim ADD COLUMN recipients TEXT NOT NULL DEFAULT '';
ALTER TABLE claim ADD COLUMN sources TEXT NOT NULL DEFAULT '';
ALTER TABLE claim ADD COLUMN places TEXT NOT NULL DEFAULT '';
ALTER TABLE claim ADD COLUMN counted TEXT NOT NULL DEFAULT '';
ALTER TABLE claim ADD COLUMN spots TEXT NOT NULL DEFAULT '';
ALTER TABLE claim ADD COLUMN south REAL;
ALTER TABLE claim ADD COLUMN north REAL;
ALTER TABLE claim ADD COLUMN west REAL;
ALTER TABLE claim ADD COLUMN east REAL;
UPDATE claim SET
    actors = coalesce((
        SELECT char(31) || group_concat(
            CASE known WHEN 0 THEN char(30) || replace(value, ' ', char(30)) || char(30) ELSE value END, char(31)
        ) || char(31) FROM evidence WHERE evidence.claim = claim.key AND field = 'actors' AND known IS NOT NULL
    ), ''),
    recipients = coalesce((
        SELECT char(31) || group_concat(
            CASE known WHEN 0 THEN char(30) || replace(value, ' ', char(30)) || char(30) ELSE value END, char(31)
        ) || char(31) FROM evidence WHERE evidence.claim = claim.key AND field = 'recipients' AND known IS NOT NULL
    ), ''),
    sources = coalesce((
        SELECT char(31) || group_concat(
            CASE known WHEN 0 THEN char(30) || replace(value, ' ', char(30)) || char(30) ELSE value END, char(31)
        ) || char(31) FROM evidence WHERE evidence.claim = claim.key AND field = 'source' AND known IS NOT NULL
    ), ''),
    places = coalesce((
        SELECT char(31) || group_concat(
            CASE known WHEN 0 THEN char(30) || replace(value, ' ', char(30)) || char(30) ELSE value END, char(31)
        ) || char(31) FROM evidence WHERE evidence.claim = claim.key AND field = 'places' AND known IS NOT NULL
    ), ''),
    counted = coalesce((
        SELECT char(31) || group_concat(
            CASE known WHEN 0 THEN char(30) || replace(value, ' ', char(30)) || char(30) ELSE value END, char(31)
        ) || char(31) FROM evidence WHERE evidence.claim = claim.key AND field = 'quantities' AND known IS NOT NULL
    ), ''),
    spots = coalesce((SELECT group_concat(lat || ' ' || lon, ' ') FROM evidence WHERE evidence.claim = claim.key AND lat IS NOT NULL AND precision <= 4), ''),
    south = (SELECT min(lat) FROM evidence WHERE evidence.claim = claim.key AND lat IS NOT NULL AND precision <= 4),
    north = (SELECT max(lat) FROM evidence WHERE evidence.claim = claim.key AND lat IS NOT NULL AND precision <= 4),
    west = (SELECT min(lon) FROM evidence WHERE evidence.claim = claim.key AND lat IS NOT NULL AND precision <= 4),
    east = (SELECT max(lon) FROM evidence WHERE evidence.claim = claim.key AND lat IS NOT NULL AND precision <= 4);
DROP TABLE evidence;
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
