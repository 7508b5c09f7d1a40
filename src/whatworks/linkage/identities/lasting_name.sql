-- lasting_name: what a person is known by whatever their linked number is, of the people in `asked_person`.
SELECT
  i.linked_id,
  COALESCE(MIN('pnc:' || n.pnc), MIN(i.organisation_id || ':' || i.person_id)) AS name
FROM identity AS i
JOIN asked_person AS a ON a.linked_id = i.linked_id
LEFT JOIN checked_number AS n ON n.organisation_id = i.organisation_id AND n.person_id = i.person_id
GROUP BY i.linked_id
