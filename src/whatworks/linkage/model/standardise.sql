-- standardise: each agency's record of a person in the form in which two records are compared. `name_form` holds each name as
-- written and as compared. Whether a number names anybody is asked later, of all records that hold it.
--
-- A date of birth is a text YYYYMMDD. A postcode has neither spaces nor small letters; its sector is without the last two
-- characters, its district without the last three. ZZ99 and words for no fixed home stand for no postcode. Other and unknown
-- sex are not compared. Where there is no forename, `Surname, Forename` in the surname's column is both.
WITH written AS (
  SELECT
    p.organisation_id,
    p.person_id,
    CASE
      WHEN p.forename IS NULL AND POSITION(',' IN p.surname) > 0
        THEN SUBSTRING(p.surname, POSITION(',' IN p.surname) + 1)
      ELSE p.forename
    END AS forename,
    CASE
      WHEN p.forename IS NULL AND POSITION(',' IN p.surname) > 0
        THEN SUBSTRING(p.surname, 1, POSITION(',' IN p.surname) - 1)
      ELSE p.surname
    END AS surname,
    p.date_of_birth,
    p.sex,
    REGEXP_REPLACE(UPPER(COALESCE(p.postcode, '')), '[^A-Z0-9]', '', 'g') AS code
  FROM person AS p
),
addressed AS (
  SELECT
    *,
    CASE WHEN NOT code LIKE 'ZZ99%' AND REGEXP_MATCHES(code, '^[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}$') THEN code END AS postcode
  FROM written
)
SELECT
  a.organisation_id AS organisation,
  a.person_id,
  f.whole AS forename,
  s.whole AS surname,
  f.root AS forename_root,
  f.sound AS forename_sound,
  s.sound AS surname_sound,
  f.whole || ' ' || s.whole AS full_name,
  CASE
    WHEN f.whole IS NOT NULL AND s.whole IS NOT NULL THEN ARRAY_TO_STRING(LIST_SORT(LIST_CONCAT(f.parts, s.parts)), ' ')
  END AS name_parts,
  STRFTIME(a.date_of_birth, '%Y%m%d') AS born,
  CASE WHEN a.sex IN ('female', 'male') THEN a.sex END AS sex,
  a.postcode,
  SUBSTRING(a.postcode, 1, LENGTH(a.postcode) - 2) AS postcode_sector,
  SUBSTRING(a.postcode, 1, LENGTH(a.postcode) - 3) AS postcode_district,
  n.pnc,
  n.prison_no,
  n.crn_no,
  c.initials,
  c.pnc AS pnc_checked,
  c.prison_no AS prison_no_checked,
  c.crn_no AS crn_no_checked
FROM addressed AS a
LEFT JOIN name_form AS f ON f.written = a.forename
LEFT JOIN name_form AS s ON s.written = a.surname
LEFT JOIN number_as_written AS n ON n.organisation_id = a.organisation_id AND n.person_id = a.person_id
LEFT JOIN number_in_form AS c ON c.organisation_id = a.organisation_id AND c.person_id = a.person_id
