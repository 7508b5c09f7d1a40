-- incident_suspect: each person suspected in a report, by linked number where there is one; victims stand apart.
SELECT
  p.organisation_id,
  p.incident_id,
  COALESCE(i.linked_id, p.organisation_id || '/' || p.person_id) AS person
FROM incident_person AS p
LEFT JOIN identity AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
WHERE p.role = 'suspect'
ORDER BY p.organisation_id, p.incident_id, p.person_id
