-- list_history: everybody's times on one list as agencies sent them, with the day of death that any agency holds.
SELECT
  e.organisation_id,
  e.person_id,
  e.borough,
  e.entered_on,
  e.left_on,
  CAST(e.leave_reason AS VARCHAR) AS leave_reason,
  e.rule_version,
  d.died_on
FROM list_entry AS e
LEFT JOIN identity AS i ON i.organisation_id = e.organisation_id AND i.person_id = e.person_id
LEFT JOIN (
  SELECT n.linked_id, MIN(p.died_on) AS died_on
  FROM person AS p
  JOIN identity AS n ON n.organisation_id = p.organisation_id AND n.person_id = p.person_id
  GROUP BY n.linked_id
) AS d ON d.linked_id = i.linked_id
WHERE e.list_name = $name
ORDER BY e.organisation_id, e.list_entry_id
