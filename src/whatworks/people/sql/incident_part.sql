-- incident_part: each person in a report, once a part (victim or suspect), by linked number where there is one.
SELECT DISTINCT
  p.organisation_id,
  p.incident_id,
  p.role,
  COALESCE(i.linked_id, p.organisation_id || '/' || p.person_id) AS person
FROM incident_person AS p
LEFT JOIN identity AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
ORDER BY 1, 2, 3, 4
