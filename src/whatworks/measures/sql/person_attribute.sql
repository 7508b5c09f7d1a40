-- person_attribute: date of birth, sex and ethnic group of a person, each from the agency trusted first for it.
--
-- The order of trust is the partnership's (`preference`); agencies not named come after, in alphabetical order.
-- "unknown" is no answer. `disagreeing` says that known answers differ.
WITH answer AS (
  SELECT i.linked_id, p.organisation_id, p.person_id, 'date_of_birth' AS field, CAST(p.date_of_birth AS VARCHAR) AS value
  FROM person AS p
  JOIN identity AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
  UNION ALL
  SELECT i.linked_id, p.organisation_id, p.person_id, 'sex', NULLIF(p.sex, 'unknown')
  FROM person AS p
  JOIN identity AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
  UNION ALL
  SELECT i.linked_id, p.organisation_id, p.person_id, 'ethnicity', p.ethnicity
  FROM person AS p
  JOIN identity AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
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
  MAX(CASE WHEN choice = 1 THEN value END) AS value,
  MIN(value) <> MAX(value) AS disagreeing
FROM ranked
GROUP BY linked_id, field
