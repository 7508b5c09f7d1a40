-- odd_person: people whose records hardly belong to one person, with what is odd; one row for each oddity.
SELECT i.linked_id, 'two sexes' AS oddity
FROM identity AS i
JOIN person AS p ON p.organisation_id = i.organisation_id AND p.person_id = i.person_id
WHERE p.sex IN ('female', 'male')
GROUP BY i.linked_id
HAVING COUNT(DISTINCT p.sex) > 1
UNION ALL
SELECT i.linked_id, 'births fifteen years apart or more' AS oddity
FROM identity AS i
JOIN person AS p ON p.organisation_id = i.organisation_id AND p.person_id = i.person_id
GROUP BY i.linked_id
HAVING MAX(EXTRACT(YEAR FROM p.date_of_birth)) - MIN(EXTRACT(YEAR FROM p.date_of_birth)) >= 15
UNION ALL
SELECT i.linked_id, 'two PNC numbers' AS oddity
FROM identity AS i
JOIN checked_number AS n ON n.organisation_id = i.organisation_id AND n.person_id = i.person_id
GROUP BY i.linked_id
HAVING COUNT(DISTINCT n.pnc) > 1
UNION ALL
SELECT i.linked_id, 'four records of one agency or more' AS oddity
FROM identity AS i
GROUP BY i.linked_id, i.organisation_id
HAVING COUNT(*) > 3
