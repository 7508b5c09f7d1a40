-- known_record: each agency's record of a person with any contact that counts.
SELECT DISTINCT c.organisation_id, c.person_id
FROM counted_contact AS c
WHERE c.role IN ('offender', 'suspect', 'client')
ORDER BY c.organisation_id, c.person_id
