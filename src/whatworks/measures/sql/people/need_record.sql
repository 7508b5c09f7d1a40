-- need_record: every assessment of a need, with the person assessed. `level` runs from 0 (none) to 3 (high).
SELECT
  i.linked_id,
  n.organisation_id,
  n.need_id,
  n.pathway,
  n.assessed_on,
  COALESCE(n.recorded_on, n.assessed_on) AS recorded_on,
  CASE n.level WHEN 'none' THEN 0 WHEN 'low' THEN 1 WHEN 'medium' THEN 2 WHEN 'high' THEN 3 END AS level,
  n.met_on,
  COALESCE(p.place, 1000) AS place
FROM standing_need AS n
JOIN linked_person AS i ON i.organisation_id = n.organisation_id AND i.person_id = n.person_id
LEFT JOIN preference AS p ON p.field = 'need' AND p.organisation_id = n.organisation_id
