-- number_in_form: the numbers of each agency's record of a person that are whole and have the right check letter.
--
-- Case, spaces and hyphens do not count. A PNC number reads YEAR/SERIAL and a check letter, with or without the slash after
-- a year of four digits; of two-digit years 40-99 are 19.. and 00-39 are 20..; the serial has seven digits. The check letter
-- is the one of Z A B C D E F G H J K L M N P Q R T U V W X Y at the place that is left when the last two digits of the year
-- and the serial, read as one number, are divided by 23. A prison number reads A1234BC (before 2007 AB1234), a probation case
-- reference number A123456; where a prison or the probation service numbers people so, its person_id is one. Zeros or nines
-- alone are placeholders. `fault` says why a record has no PNC number; `initials` are those of both names, in any order.
WITH cleaned AS (
  SELECT
    p.organisation_id,
    p.person_id,
    REGEXP_REPLACE(UPPER(STRIP_ACCENTS(p.forename)), '[^A-Z]', '', 'g') AS forename,
    REGEXP_REPLACE(UPPER(STRIP_ACCENTS(p.surname)), '[^A-Z]', '', 'g') AS surname,
    UPPER(REPLACE(REPLACE(TRIM(COALESCE(p.pnc_id, '')), ' ', ''), '-', '')) AS text,
    UPPER(
      REPLACE(REPLACE(COALESCE(p.prison_number, CASE WHEN o.kind = 'prison' THEN p.person_id END), ' ', ''), '-', '')
    ) AS prison_text,
    UPPER(
      REPLACE(REPLACE(COALESCE(p.crn, CASE WHEN o.kind = 'probation' THEN p.person_id END), ' ', ''), '-', '')
    ) AS crn_text
  FROM person AS p
  LEFT JOIN organisation AS o ON o.organisation_id = p.organisation_id
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
)
SELECT
  organisation_id,
  person_id,
  CASE
    WHEN forename <> '' AND surname <> ''
      THEN LEAST(SUBSTRING(forename, 1, 1), SUBSTRING(surname, 1, 1))
        || GREATEST(SUBSTRING(forename, 1, 1), SUBSTRING(surname, 1, 1))
  END AS initials,
  fault,
  CASE WHEN fault IS NULL THEN whole_number END AS pnc,
  CASE
    WHEN REGEXP_MATCHES(prison_text, '^([A-Z][0-9]{4}[A-Z]{2}|[A-Z]{2}[0-9]{4})$')
      AND NOT REGEXP_MATCHES(prison_text, '0000|9999') THEN prison_text
  END AS prison_no,
  CASE
    WHEN REGEXP_MATCHES(crn_text, '^[A-Z][0-9]{6}$') AND NOT REGEXP_MATCHES(crn_text, '000000|999999') THEN crn_text
  END AS crn_no
FROM checked
