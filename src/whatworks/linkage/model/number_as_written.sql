-- number_as_written: the numbers on each agency's record of a person, cleaned but not checked, so that a mistyped one can still be
-- seen to be one slip from another.
--
-- Only letters, digits and the slash count. A number that stands in the column of another kind is read by its form: a PNC number
-- is YEAR/SERIAL and a letter (two-digit years 40-99 are 19.., 00-39 are 20..; the serial has seven digits), a prison number
-- A1234BC or AB1234, a case reference number A123456. What has no form is kept where it has four digits that are not all one.
WITH cleaned AS (
  SELECT
    p.organisation_id,
    p.person_id,
    REGEXP_REPLACE(UPPER(COALESCE(p.pnc_id, '')), '[^A-Z0-9/]', '', 'g') AS a,
    REGEXP_REPLACE(UPPER(COALESCE(p.prison_number, '')), '[^A-Z0-9/]', '', 'g') AS b,
    REGEXP_REPLACE(UPPER(COALESCE(p.crn, '')), '[^A-Z0-9/]', '', 'g') AS c,
    CASE
      WHEN o.kind IN ('prison', 'probation') THEN REGEXP_REPLACE(UPPER(p.person_id), '[^A-Z0-9/]', '', 'g') ELSE ''
    END AS own
  FROM person AS p
  LEFT JOIN organisation AS o ON o.organisation_id = p.organisation_id
  WHERE COALESCE(p.pnc_id, p.prison_number, p.crn) IS NOT NULL OR o.kind IN ('prison', 'probation')
),
formed AS (
  SELECT
    *,
    REGEXP_MATCHES(a, '^(([0-9]{2}|[0-9]{4})/[0-9]{1,7}|[0-9]{11})[A-Z]?$') AS a_is_pnc,
    REGEXP_MATCHES(b, '^([0-9]{2}|[0-9]{4})/[0-9]{1,7}[A-Z]$') AS b_is_pnc,
    REGEXP_MATCHES(c, '^([0-9]{2}|[0-9]{4})/[0-9]{1,7}[A-Z]$') AS c_is_pnc,
    REGEXP_MATCHES(a, '^([A-Z][0-9]{4}[A-Z]{2}|[A-Z]{2}[0-9]{4})$') AS a_is_prison,
    REGEXP_MATCHES(b, '^([A-Z][0-9]{4}[A-Z]{2}|[A-Z]{2}[0-9]{4})$') AS b_is_prison,
    REGEXP_MATCHES(c, '^([A-Z][0-9]{4}[A-Z]{2}|[A-Z]{2}[0-9]{4})$') AS c_is_prison,
    REGEXP_MATCHES(own, '^([A-Z][0-9]{4}[A-Z]{2}|[A-Z]{2}[0-9]{4})$') AS own_is_prison,
    REGEXP_MATCHES(a, '^[A-Z][0-9]{6}$') AS a_is_crn,
    REGEXP_MATCHES(b, '^[A-Z][0-9]{6}$') AS b_is_crn,
    REGEXP_MATCHES(c, '^[A-Z][0-9]{6}$') AS c_is_crn,
    REGEXP_MATCHES(own, '^[A-Z][0-9]{6}$') AS own_is_crn
  FROM cleaned
),
placed AS (
  SELECT
    organisation_id,
    person_id,
    CASE
      WHEN a_is_pnc THEN a
      WHEN b_is_pnc THEN b
      WHEN c_is_pnc THEN c
      WHEN NOT a_is_prison AND NOT a_is_crn THEN a
    END AS pnc_text,
    CASE
      WHEN b_is_prison THEN b
      WHEN a_is_prison THEN a
      WHEN c_is_prison THEN c
      WHEN own_is_prison THEN own
      WHEN NOT b_is_pnc AND NOT b_is_crn THEN b
    END AS prison_text,
    CASE
      WHEN c_is_crn THEN c
      WHEN a_is_crn THEN a
      WHEN b_is_crn THEN b
      WHEN own_is_crn THEN own
      WHEN NOT c_is_pnc AND NOT c_is_prison THEN c
    END AS crn_text
  FROM formed
),
slashed AS (
  SELECT
    *,
    CASE
      WHEN REGEXP_MATCHES(pnc_text, '^[0-9]{11}[A-Z]?$') THEN SUBSTRING(pnc_text, 1, 4) || '/' || SUBSTRING(pnc_text, 5)
      ELSE pnc_text
    END AS number
  FROM placed
),
parted AS (
  SELECT
    *,
    REGEXP_MATCHES(number, '^([0-9]{2}|[0-9]{4})/[0-9]{1,7}[A-Z]?$') AS is_formed,
    SUBSTRING(number, 1, POSITION('/' IN number) - 1) AS year_part,
    REGEXP_REPLACE(SUBSTRING(number, POSITION('/' IN number) + 1), '[A-Z]', '', 'g') AS serial,
    CASE WHEN REGEXP_MATCHES(number, '[A-Z]$') THEN SUBSTRING(number, LENGTH(number), 1) ELSE '' END AS letter
  FROM slashed
),
whole AS (
  SELECT
    organisation_id,
    person_id,
    CASE
      WHEN is_formed THEN CASE WHEN LENGTH(year_part) = 4 THEN '' WHEN year_part >= '40' THEN '19' ELSE '20' END
        || year_part || '/' || LPAD(serial, 7, '0') || letter
      ELSE number
    END AS pnc,
    prison_text AS prison_no,
    crn_text AS crn_no
  FROM parted
),
plausible AS (
  SELECT organisation_id, person_id, 'pnc' AS kind, pnc AS number
  FROM whole
  UNION ALL
  SELECT organisation_id, person_id, 'prison_no' AS kind, prison_no AS number
  FROM whole
  UNION ALL
  SELECT organisation_id, person_id, 'crn_no' AS kind, crn_no AS number
  FROM whole
)
SELECT
  organisation_id,
  person_id,
  MAX(CASE WHEN kind = 'pnc' THEN number END) AS pnc,
  MAX(CASE WHEN kind = 'prison_no' THEN number END) AS prison_no,
  MAX(CASE WHEN kind = 'crn_no' THEN number END) AS crn_no
FROM plausible
WHERE
  REGEXP_MATCHES(number, '[0-9].*[0-9].*[0-9].*[0-9]')
  AND NOT REGEXP_MATCHES(number, '(^|[^0-9])(0{4,}|9{4,})([^0-9]|$)')
GROUP BY organisation_id, person_id
