-- person_mark: of people who are asked about the latest date of birth and the day of death that any agency holds.
SELECT i.linked_id, MAX(p.date_of_birth) AS born, MIN(p.died_on) AS died_on
FROM person AS p
JOIN identity AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
WHERE EXISTS (SELECT 1 FROM met_person AS m WHERE m.linked_id = i.linked_id)
GROUP BY i.linked_id
