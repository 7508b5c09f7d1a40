-- death: on which day, and how many days after its index date, a unit's person died.
--
-- The day is that of the agency trusted first, then in alphabetical order. A death recorded before the index date is a
-- wrong record, since a person cannot be released or sentenced after it, and is left out.
WITH ranked AS (
  SELECT
    u.unit,
    u.index_date,
    p.died_on,
    ROW_NUMBER() OVER (
      PARTITION BY u.unit ORDER BY COALESCE(t.place, 1000), p.organisation_id, p.person_id
    ) AS choice
  FROM measured_unit AS u
  JOIN linked_person AS i ON i.linked_id = u.linked_id
  JOIN person AS p ON p.organisation_id = i.organisation_id AND p.person_id = i.person_id
  LEFT JOIN preference AS t ON t.field = 'died_on' AND t.organisation_id = p.organisation_id
  WHERE p.died_on IS NOT NULL AND p.died_on >= u.index_date
)
SELECT unit, died_on, DATE_DIFF('day', index_date, died_on) AS days
FROM ranked
WHERE choice = 1
