-- offence_record: every agency's record of an offence, with the person it belongs to and the key of the offence.
--
-- Two records are of one offence if they share (person, offence_ref); where a record has no offence_ref, if they share
-- (person, offence_code, committed_from); with neither, a record stands for itself.
-- proving: whether the agency can prove reoffending: the one named as conviction record, and courts.
-- standing: 0 the conviction record, 1 a court, 2 any other; the lower is believed first.
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
  o.committed_from,
  o.charged_on,
  o.sanctioned_on,
  o.sanction,
  p.organisation_id IS NOT NULL AS proving,
  COALESCE(p.standing, 2) AS standing,
  COALESCE(o.recorded_on, o.charged_on, o.sanctioned_on, o.committed_from) AS known_on
FROM offence AS o
JOIN identity AS i ON i.organisation_id = o.organisation_id AND i.person_id = o.person_id
LEFT JOIN proving_organisation AS p ON p.organisation_id = o.organisation_id
