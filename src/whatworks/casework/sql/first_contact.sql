-- first_contact: each exit (a release, or the end of a provider's order) with the first kept contact on its day or after.
--
-- After the end of an order a contact with the provider that it was with does not count: the next one is to pick up.
SELECT n.unit, MIN(c.contacted_on) AS contacted_on
FROM gate_number AS n
JOIN agency_contact AS c
  ON c.organisation_id = n.organisation_id AND c.person_id = n.person_id AND c.contacted_on >= n.exit_on
WHERE n.leaves IS NULL OR c.provider <> n.leaves
GROUP BY n.unit
