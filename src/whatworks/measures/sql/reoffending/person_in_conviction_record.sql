-- person_in_conviction_record: the people whose reoffending the conviction record could show.
SELECT DISTINCT i.linked_id
FROM identity AS i
CROSS JOIN setting AS s
WHERE i.organisation_id = s.conviction_record
