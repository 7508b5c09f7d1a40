-- death: how many days after its index date a unit's person died, and whether within the follow-up.
--
-- The day is that of the agency trusted first, then in alphabetical order. A death recorded before the index date is a
-- wrong record, since a person cannot be released or sentenced after it, and is left out.
WITH ranked AS (
  SELECT
    w.unit,
    w.index_date,
    w.ends_1y,
    w.ends_2y,
    p.died_on,
    ROW_NUMBER() OVER (
      PARTITION BY w.unit ORDER BY COALESCE(t.place, 1000), p.organisation_id, p.person_id
    ) AS choice
  FROM measure_window AS w
  JOIN linked_person AS i ON i.linked_id = w.linked_id
  JOIN person AS p ON p.organisation_id = i.organisation_id AND p.person_id = i.person_id
  LEFT JOIN preference AS t ON t.field = 'died_on' AND t.organisation_id = p.organisation_id
  WHERE p.died_on IS NOT NULL AND p.died_on >= w.index_date
)
SELECT
  unit,
  DATE_DIFF('day', index_date, died_on) AS days,
  died_on < ends_1y AS within_1y,
  died_on < ends_2y AS within_2y
FROM ranked
WHERE choice = 1
