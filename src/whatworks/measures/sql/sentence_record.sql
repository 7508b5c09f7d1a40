-- sentence_record: every agency's record of a sentence, with the person it belongs to.
SELECT
  i.linked_id,
  s.organisation_id,
  s.sentence_id,
  s.offence_ref,
  s.kind,
  s.sentenced_on,
  s.length_days
FROM sentence AS s
JOIN linked_person AS i ON i.organisation_id = s.organisation_id AND i.person_id = s.person_id
