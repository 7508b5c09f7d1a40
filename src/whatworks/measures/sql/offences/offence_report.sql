-- offence_report: every agency's record of an offence, with the person it belongs to and the case that it names.
--
-- case_ref: the reference without regard to case, spaces, "/", "-" or "."; null where it names no case. An arrest summons
-- or case number holds several offences, so it never makes two records of one agency one.
-- known_on: when the agency wrote it down; where it does not say, the first of charge, sanction, commission that it has.
SELECT
  i.linked_id,
  o.organisation_id,
  o.offence_id,
  CASE WHEN u.case_ref IS NULL THEN TRANSLATE(UPPER(o.offence_ref), ' /-.', '') END AS case_ref,
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
LEFT JOIN unusable_reference AS u ON u.case_ref = TRANSLATE(UPPER(o.offence_ref), ' /-.', '')
