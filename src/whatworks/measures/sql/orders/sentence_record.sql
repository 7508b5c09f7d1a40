-- sentence_record: every agency's record of a sentence, with the person it belongs to and the case that it names.
SELECT
  i.linked_id,
  s.organisation_id,
  s.sentence_id,
  CASE WHEN u.case_ref IS NULL THEN TRANSLATE(UPPER(s.offence_ref), ' /-.', '') END AS case_ref,
  s.kind,
  s.sentenced_on,
  s.length_days
FROM sentence AS s
JOIN linked_person AS i ON i.organisation_id = s.organisation_id AND i.person_id = s.person_id
LEFT JOIN unusable_reference AS u ON u.case_ref = TRANSLATE(UPPER(s.offence_ref), ' /-.', '')
