-- index_referral: where follow-up starts with a scheme, the case that led to the referral. Its offences belong to what came
-- before, so they never count, even if their recorded day lies on or after the start.
SELECT DISTINCT w.unit, TRANSLATE(UPPER(p.offence_ref), ' /-.', '') AS case_ref
FROM measured_unit AS w
JOIN identity AS i ON i.linked_id = w.linked_id
JOIN participation AS p
  ON p.organisation_id = i.organisation_id AND p.person_id = i.person_id AND p.started_on = w.index_date
LEFT JOIN unusable_reference AS u ON u.case_ref = TRANSLATE(UPPER(p.offence_ref), ' /-.', '')
WHERE p.offence_ref IS NOT NULL AND u.case_ref IS NULL AND COALESCE(w.kind = 'participation_start', TRUE)
