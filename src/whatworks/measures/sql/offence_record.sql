-- offence_record: every agency's record of an offence, with the person it belongs to and the key of the offence.
--
-- Two records are of one offence if they share (person, offence_ref); where a record has no offence_ref, if they share
-- (person, offence_code, committed_from); with neither, a record stands for itself.
-- known_on: when the agency wrote it down; where it does not say, the first of charge, sanction, commission that it has.
SELECT
  i.linked_id,
  o.organisation_id,
  COALESCE(
    o.offence_ref,
    '(code) ' || o.offence_code || ' ' || CAST(o.committed_from AS VARCHAR),
    '(row) ' || o.organisation_id || ' ' || o.offence_id
  ) AS offence_key,
  o.offence_ref,
  o.offence_code,
  o.offence_group,
  o.offence_class,
  o.committed_from,
  o.charged_on,
  o.sanctioned_on,
  o.sanction,
  i.proving,
  i.standing,
  COALESCE(o.recorded_on, o.charged_on, o.sanctioned_on, o.committed_from) AS known_on
FROM offence AS o
JOIN linked_person AS i ON i.organisation_id = o.organisation_id AND i.person_id = o.person_id
