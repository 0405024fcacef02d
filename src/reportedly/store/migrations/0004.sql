-- Claims are sought by ACLED's sub-event and by country too, as exports always were.
ALTER TABLE claim ADD COLUMN acled TEXT;
ALTER TABLE claim ADD COLUMN countries TEXT NOT NULL DEFAULT '';
UPDATE claim SET
    acled = (SELECT json_extract(record, '$.acled') FROM claim_record WHERE claim_record.claim = claim.key),
    countries = coalesce((
        SELECT ' ' || group_concat(DISTINCT json_extract(place.value, '$.country')) || ' '
        FROM claim_record, json_each(record, '$.places') AS place
        WHERE claim_record.claim = claim.key AND json_extract(place.value, '$.country') IS NOT NULL
    ), '');
UPDATE claim SET countries = replace(countries, ',', ' ');
