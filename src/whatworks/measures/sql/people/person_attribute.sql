-- person_attribute: date of birth, sex and ethnic group of the cohort's people, each from the agency trusted first.
--
-- The order of trust is the partnership's (`preference`); agencies not named come after, in alphabetical order.
-- "unknown" is no answer.
WITH answer AS (
  SELECT i.linked_id, p.organisation_id, p.person_id, 'date_of_birth' AS field, CAST(p.date_of_birth AS VARCHAR) AS value
  FROM person AS p
  JOIN linked_person AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
  WHERE i.linked_id IN (SELECT linked_id FROM cohort)
  UNION ALL
  SELECT i.linked_id, p.organisation_id, p.person_id, 'sex', NULLIF(p.sex, 'unknown')
  FROM person AS p
  JOIN linked_person AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
  WHERE i.linked_id IN (SELECT linked_id FROM cohort)
  UNION ALL
  SELECT i.linked_id, p.organisation_id, p.person_id, 'ethnicity', p.ethnicity
  FROM person AS p
  JOIN linked_person AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
  WHERE i.linked_id IN (SELECT linked_id FROM cohort)
),
ranked AS (
  SELECT
    a.linked_id,
    a.field,
    a.value,
    ROW_NUMBER() OVER (
      PARTITION BY a.linked_id, a.field ORDER BY COALESCE(t.place, 1000), a.organisation_id, a.person_id
    ) AS choice
  FROM answer AS a
  LEFT JOIN preference AS t ON t.field = a.field AND t.organisation_id = a.organisation_id
  WHERE a.value IS NOT NULL
)
SELECT
  linked_id,
  field,
  value
FROM ranked
WHERE choice = 1
