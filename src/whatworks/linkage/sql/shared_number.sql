-- identity: which agencies' records are the same person, by the Police National Computer number that they share.
--
-- A number reads YEAR/SERIAL and a check letter. Case, spaces and hyphens do not count; the year has four digits (of
-- two-digit years, 40-99 are 19.. and 00-39 are 20..) and the serial seven. Any other text that holds a digit from 1
-- to 9 is compared as it stands, so that an agency's own shared number can serve. All else (empty, "N/K", zeros only)
-- is no number: the record then stands for itself, method "unlinked".
WITH cleaned AS (
  SELECT
    source_id,
    source_line,
    organisation_id,
    person_id,
    UPPER(REPLACE(REPLACE(TRIM(pnc_id), ' ', ''), '-', '')) AS number
  FROM person
),
split AS (
  SELECT
    *,
    CASE WHEN POSITION('/' IN number) > 0 THEN SUBSTRING(number, 1, POSITION('/' IN number) - 1) END AS year_part,
    CASE WHEN POSITION('/' IN number) > 0 THEN SUBSTRING(number, POSITION('/' IN number) + 1) END AS serial_part
  FROM cleaned
),
known AS (
  SELECT
    *,
    REGEXP_MATCHES(number, '[1-9]') AS is_known,
    COALESCE(REGEXP_MATCHES(number, '^([0-9]{2}|[0-9]{4})/[0-9]{1,7}[A-Z]$'), FALSE) AS is_police_number
  FROM split
)
SELECT
  source_id,
  source_line,
  organisation_id,
  person_id,
  CASE
    WHEN NOT COALESCE(is_known, FALSE) THEN organisation_id || ':' || person_id
    WHEN is_police_number
      THEN 'pnc:'
        || CASE WHEN LENGTH(year_part) = 4 THEN '' WHEN year_part >= '40' THEN '19' ELSE '20' END
        || year_part || '/' || LPAD(serial_part, 8, '0')
    ELSE 'pnc:' || number
  END AS linked_id,
  CASE WHEN COALESCE(is_known, FALSE) THEN 'shared_number' ELSE 'unlinked' END AS method,
  CAST(1 AS DOUBLE) AS probability
FROM known
