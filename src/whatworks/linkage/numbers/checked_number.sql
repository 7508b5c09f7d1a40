-- checked_number: the numbers of each agency's record of a person that can be relied on to name somebody.
--
-- Case, spaces and hyphens do not count. A PNC number reads YEAR/SERIAL and a check letter, with or without the slash after
-- a year of four digits; of two-digit years 40-99 are 19.. and 00-39 are 20..; the serial has seven digits. The check letter
-- is the one of Z A B C D E F G H J K L M N P Q R T U V W X Y at the place that is left when the last two digits of the year
-- and the serial, read as one number, are divided by 23. A prison number reads A1234BC (before 2007 AB1234), a probation case
-- reference number A123456; where a prison or the probation service numbers people so, its person_id is one. Zeros or nines
-- alone are placeholders. `pnc_fault` says why a record has no PNC number. A number that stands with several birth dates
-- names nobody, unless these differ only in the day, the month or the year, or have day and month changed over; nor does
-- one that stands on more than ten records of one agency, or with names of more than three pairs of initials, in any order.
WITH cleaned AS (
  SELECT
    p.source_id,
    p.source_line,
    p.organisation_id,
    p.person_id,
    p.date_of_birth,
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
),
numbered AS (
  SELECT
    source_id,
    source_line,
    organisation_id,
    person_id,
    date_of_birth,
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
),
births AS (
  SELECT 'pnc' AS kind, pnc AS number, date_of_birth
  FROM numbered
  WHERE pnc IS NOT NULL AND date_of_birth IS NOT NULL
  UNION
  SELECT 'prison' AS kind, prison_no AS number, date_of_birth
  FROM numbered
  WHERE prison_no IS NOT NULL AND date_of_birth IS NOT NULL
  UNION
  SELECT 'crn' AS kind, crn_no AS number, date_of_birth
  FROM numbered
  WHERE crn_no IS NOT NULL AND date_of_birth IS NOT NULL
),
often AS (
  SELECT kind, number, COUNT(*) AS times
  FROM births
  GROUP BY kind, number
  HAVING COUNT(*) > 1
),
unlike AS (
  SELECT kind, number
  FROM often
  WHERE times > 10
  UNION
  SELECT a.kind, a.number
  FROM births AS a
  JOIN often AS o ON o.kind = a.kind AND o.number = a.number AND o.times <= 10
  JOIN births AS b ON b.kind = a.kind AND b.number = a.number AND a.date_of_birth < b.date_of_birth
  WHERE
    CASE WHEN EXTRACT(YEAR FROM a.date_of_birth) <> EXTRACT(YEAR FROM b.date_of_birth) THEN 1 ELSE 0 END
    + CASE WHEN EXTRACT(MONTH FROM a.date_of_birth) <> EXTRACT(MONTH FROM b.date_of_birth) THEN 1 ELSE 0 END
    + CASE WHEN EXTRACT(DAY FROM a.date_of_birth) <> EXTRACT(DAY FROM b.date_of_birth) THEN 1 ELSE 0 END > 1
    AND NOT (
      EXTRACT(YEAR FROM a.date_of_birth) = EXTRACT(YEAR FROM b.date_of_birth)
      AND EXTRACT(MONTH FROM a.date_of_birth) = EXTRACT(DAY FROM b.date_of_birth)
      AND EXTRACT(DAY FROM a.date_of_birth) = EXTRACT(MONTH FROM b.date_of_birth)
    )
),
held AS (
  SELECT 'pnc' AS kind, pnc AS number, organisation_id, initials
  FROM numbered
  WHERE pnc IS NOT NULL
  UNION ALL
  SELECT 'prison' AS kind, prison_no AS number, organisation_id, initials
  FROM numbered
  WHERE prison_no IS NOT NULL
  UNION ALL
  SELECT 'crn' AS kind, crn_no AS number, organisation_id, initials
  FROM numbered
  WHERE crn_no IS NOT NULL
),
crowded AS (
  SELECT DISTINCT kind, number
  FROM (
    SELECT kind, number, organisation_id
    FROM held
    GROUP BY kind, number, organisation_id
    HAVING COUNT(*) > 10
  ) AS many
),
named AS (
  SELECT kind, number
  FROM held
  GROUP BY kind, number
  HAVING COUNT(DISTINCT initials) > 3
)
SELECT
  n.source_id,
  n.source_line,
  n.organisation_id,
  n.person_id,
  CASE WHEN COALESCE(u.number, c.number, m.number) IS NULL THEN n.pnc END AS pnc,
  CASE WHEN COALESCE(up.number, cp.number, mp.number) IS NULL THEN n.prison_no END AS prison_no,
  CASE WHEN COALESCE(uc.number, cc.number, mc.number) IS NULL THEN n.crn_no END AS crn_no,
  CASE
    WHEN n.fault IS NOT NULL THEN n.fault
    WHEN u.number IS NOT NULL THEN 'with several birth dates'
    WHEN c.number IS NOT NULL THEN 'on more than ten records of one agency'
    WHEN m.number IS NOT NULL THEN 'with several names'
  END AS pnc_fault
FROM numbered AS n
LEFT JOIN unlike AS u ON u.kind = 'pnc' AND u.number = n.pnc
LEFT JOIN unlike AS up ON up.kind = 'prison' AND up.number = n.prison_no
LEFT JOIN unlike AS uc ON uc.kind = 'crn' AND uc.number = n.crn_no
LEFT JOIN crowded AS c ON c.kind = 'pnc' AND c.number = n.pnc
LEFT JOIN crowded AS cp ON cp.kind = 'prison' AND cp.number = n.prison_no
LEFT JOIN crowded AS cc ON cc.kind = 'crn' AND cc.number = n.crn_no
LEFT JOIN named AS m ON m.kind = 'pnc' AND m.number = n.pnc
LEFT JOIN named AS mp ON mp.kind = 'prison' AND mp.number = n.prison_no
LEFT JOIN named AS mc ON mc.kind = 'crn' AND mc.number = n.crn_no
