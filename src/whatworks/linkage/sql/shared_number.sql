-- identity: which agencies' records are the same person, by the Police National Computer number that they share.
--
-- A number reads YEAR/SERIAL and a check letter. Case, spaces and hyphens do not count, nor does a slash after a year of
-- four digits; the year has four digits (of two-digit years, 40-99 are 19.. and 00-39 are 20..) and the serial seven. The
-- check letter is the one of Z A B C D E F G H J K L M N P Q R T U V W X Y at the place that is left when the last two
-- digits of the year and the serial, read as one number, are divided by 23. All else is not a number, whatever it says:
-- such a record stands for itself, method "unlinked", and `reason` says why. So does every record of a number that stands
-- with several birth dates, unless these differ only in the day, the month or the year, or have day and month changed over.
WITH cleaned AS (
  SELECT
    source_id,
    source_line,
    organisation_id,
    person_id,
    date_of_birth,
    UPPER(REPLACE(REPLACE(TRIM(COALESCE(pnc_id, '')), ' ', ''), '-', '')) AS text
  FROM person
),
slashed AS (
  SELECT
    *,
    CASE
      WHEN REGEXP_MATCHES(text, '^[0-9]{11}[A-Z]$') THEN SUBSTRING(text, 1, 4) || '/' || SUBSTRING(text, 5, 8)
      ELSE text
    END AS number
  FROM cleaned
),
split AS (
  SELECT
    *,
    REGEXP_MATCHES(number, '^([0-9]{2}|[0-9]{4})/[0-9]{1,7}[A-Z]?$') AS is_written,
    REGEXP_MATCHES(number, '[A-Z]$') AS has_letter,
    SUBSTRING(number, 1, POSITION('/' IN number) - 1) AS year_part,
    SUBSTRING(number, POSITION('/' IN number) + 1) AS rest
  FROM slashed
),
parted AS (
  SELECT
    *,
    CASE WHEN is_written THEN SUBSTRING(year_part, LENGTH(year_part) - 1, 2) END AS short_year,
    CASE
      WHEN is_written THEN LPAD(CASE WHEN has_letter THEN SUBSTRING(rest, 1, LENGTH(rest) - 1) ELSE rest END, 7, '0')
    END AS serial
  FROM split
),
checked AS (
  SELECT
    *,
    CASE
      WHEN text = '' THEN 'empty'
      WHEN NOT is_written THEN 'not a PNC number'
      WHEN serial IN ('0000000', '9999999') THEN 'a placeholder'
      WHEN NOT has_letter THEN 'without a check letter'
      WHEN SUBSTRING(rest, LENGTH(rest), 1)
        <> SUBSTRING('ZABCDEFGHJKLMNPQRTUVWXY', CAST(CAST(short_year || serial AS BIGINT) % 23 AS INT) + 1, 1)
        THEN 'with a wrong check letter'
    END AS fault,
    CASE WHEN LENGTH(year_part) = 4 THEN '' WHEN year_part >= '40' THEN '19' ELSE '20' END
      || year_part || '/' || serial || SUBSTRING(rest, LENGTH(rest), 1) AS whole_number
  FROM parted
),
births AS (
  SELECT whole_number, date_of_birth
  FROM checked
  WHERE fault IS NULL AND date_of_birth IS NOT NULL
  GROUP BY whole_number, date_of_birth
),
often AS (
  SELECT whole_number, COUNT(*) AS times
  FROM births
  GROUP BY whole_number
  HAVING COUNT(*) > 1
),
unlike AS (
  SELECT whole_number
  FROM often
  WHERE times > 10
  UNION
  SELECT a.whole_number
  FROM births AS a
  JOIN often AS o ON o.whole_number = a.whole_number AND o.times <= 10
  JOIN births AS b ON b.whole_number = a.whole_number AND a.date_of_birth < b.date_of_birth
  WHERE
    CASE WHEN EXTRACT(YEAR FROM a.date_of_birth) <> EXTRACT(YEAR FROM b.date_of_birth) THEN 1 ELSE 0 END
    + CASE WHEN EXTRACT(MONTH FROM a.date_of_birth) <> EXTRACT(MONTH FROM b.date_of_birth) THEN 1 ELSE 0 END
    + CASE WHEN EXTRACT(DAY FROM a.date_of_birth) <> EXTRACT(DAY FROM b.date_of_birth) THEN 1 ELSE 0 END > 1
    AND NOT (
      EXTRACT(YEAR FROM a.date_of_birth) = EXTRACT(YEAR FROM b.date_of_birth)
      AND EXTRACT(MONTH FROM a.date_of_birth) = EXTRACT(DAY FROM b.date_of_birth)
      AND EXTRACT(DAY FROM a.date_of_birth) = EXTRACT(MONTH FROM b.date_of_birth)
    )
)
SELECT
  c.source_id,
  c.source_line,
  c.organisation_id,
  c.person_id,
  CASE
    WHEN c.fault IS NULL AND u.whole_number IS NULL THEN 'pnc:' || c.whole_number
    ELSE c.organisation_id || ':' || c.person_id
  END AS linked_id,
  CASE WHEN c.fault IS NULL AND u.whole_number IS NULL THEN 'shared_number' ELSE 'unlinked' END AS method,
  CAST(1 AS DOUBLE) AS probability,
  COALESCE(c.fault, CASE WHEN u.whole_number IS NOT NULL THEN 'with several birth dates' END) AS reason
FROM checked AS c
LEFT JOIN unlike AS u ON u.whole_number = c.whole_number AND c.fault IS NULL
