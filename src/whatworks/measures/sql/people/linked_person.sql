-- linked_person: who a record is, and how far its agency is believed about what was proved.
--
-- standing: 0 the conviction record, 1 a court, 2 any other agency; the lower is believed first.
-- proving: whether the agency can prove reoffending: the conviction record, and courts.
SELECT
  i.organisation_id,
  i.person_id,
  i.linked_id,
  COALESCE(p.standing, 2) AS standing,
  p.organisation_id IS NOT NULL AS proving
FROM identity AS i
LEFT JOIN proving_organisation AS p ON p.organisation_id = i.organisation_id
