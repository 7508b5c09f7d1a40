-- record_group: what each record of a person says of the groups for which links are judged apart, in the order of the records.
--
-- Age is counted in whole years on the day of the latest extract. A postcode that begins with ZZ99, or that says so in words,
-- stands for no fixed home. Who is in the scheme is whoever has a participation with any agency's scheme that was started.
WITH today AS (
  SELECT MAX(as_at) AS day
  FROM source
),
taken_part AS (
  SELECT DISTINCT organisation_id, person_id
  FROM participation
  WHERE started_on IS NOT NULL
),
described AS (
  SELECT
    p.organisation_id,
    p.person_id,
    CASE WHEN p.sex IN ('female', 'male') THEN p.sex END AS sex,
    NULLIF(TRIM(p.ethnicity), '') AS ethnicity,
    EXTRACT(YEAR FROM t.day) - EXTRACT(YEAR FROM p.date_of_birth)
      - CASE
        WHEN EXTRACT(MONTH FROM t.day) * 100 + EXTRACT(DAY FROM t.day)
          < EXTRACT(MONTH FROM p.date_of_birth) * 100 + EXTRACT(DAY FROM p.date_of_birth)
        THEN 1
        ELSE 0
      END AS age,
    REGEXP_REPLACE(UPPER(COALESCE(p.postcode, '')), '[^A-Z0-9]', '', 'g') AS code,
    CASE WHEN k.person_id IS NOT NULL THEN 'scheme' ELSE 'not in a scheme' END AS scheme
  FROM person AS p
  CROSS JOIN today AS t
  LEFT JOIN taken_part AS k ON k.organisation_id = p.organisation_id AND k.person_id = p.person_id
)
SELECT
  organisation_id,
  person_id,
  sex,
  CASE
    WHEN age < 18 THEN 'under 18'
    WHEN age < 25 THEN '18 to 24'
    WHEN age < 40 THEN '25 to 39'
    WHEN age >= 40 THEN '40 and over'
  END AS age_band,
  ethnicity,
  CASE
    WHEN code LIKE 'ZZ99%' OR code IN ('NFA', 'NOFIXEDABODE', 'NOFIXEDADDRESS', 'HOMELESS') THEN 'no fixed home'
    WHEN code <> '' THEN 'fixed home'
  END AS home,
  scheme
FROM described
ORDER BY organisation_id, person_id
