-- first_contact: each exit (a release, or the end of a provider's order) with the first kept contact on its day or after.
--
-- After the end of an order a contact with the provider that it was with does not count: the next one is to pick up.
SELECT e.unit, MIN(c.contacted_on) AS contacted_on
FROM gate_exit AS e
JOIN kept_contact AS c ON c.linked_id = e.linked_id AND c.contacted_on >= e.exit_on
WHERE e.leaves IS NULL OR c.provider <> e.leaves
GROUP BY e.unit
