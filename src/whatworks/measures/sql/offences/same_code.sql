-- same_code: kinds of offences that agencies put into different groups though person, case, day and code are the same.
SELECT linked_id, case_ref, committed_from, offence_code, COALESCE(MIN(offence_group), 'unknown') AS kind
FROM offence_report
WHERE case_ref IS NOT NULL AND offence_code IS NOT NULL
GROUP BY linked_id, case_ref, committed_from, offence_code
HAVING MIN(organisation_id) <> MAX(organisation_id)
  AND MIN(COALESCE(offence_group, 'unknown')) <> MAX(COALESCE(offence_group, 'unknown'))
