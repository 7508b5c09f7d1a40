-- index_referral: where follow-up starts with a scheme, the offence that led to the referral. It belongs to what came
-- before, so it never counts, even if its recorded day lies on or after the start.
SELECT DISTINCT w.unit, p.offence_ref AS offence_key
FROM measure_window AS w
JOIN identity AS i ON i.linked_id = w.linked_id
JOIN participation AS p
  ON p.organisation_id = i.organisation_id AND p.person_id = i.person_id AND p.started_on = w.index_date
WHERE p.offence_ref IS NOT NULL AND COALESCE(w.kind = 'participation_start', TRUE)
