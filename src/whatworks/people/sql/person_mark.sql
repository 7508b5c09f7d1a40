-- person_mark: of people asked about the latest date of birth, the day of death, sex and ethnic group that agencies hold.
SELECT
  i.linked_id,
  MAX(p.date_of_birth) AS born,
  MIN(p.died_on) AS died_on,
  MIN(CASE WHEN p.sex <> 'unknown' THEN p.sex END) AS sex,
  MIN(p.ethnicity) AS ethnicity
FROM person AS p
JOIN identity AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
WHERE EXISTS (SELECT 1 FROM asked_person AS m WHERE m.linked_id = i.linked_id)
GROUP BY i.linked_id
